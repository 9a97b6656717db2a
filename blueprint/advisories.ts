import { crossesRegions, forcedOpenings, linkedRegions } from "../stacks/flows.ts";
import type { PlanContext } from "./context.ts";

/** What every verdict must say although no rule fails: openings and gaps that the platform or the settings leave. */
export function planAdvisories(context: PlanContext): readonly string[] {
  const { settings, regions } = context;
  const loss = settings.regionLoss?.accepted;
  const open = settings.windows.filter((window) => window.phases.some((phase) => phase === settings.phase));
  const named = (what: string, those: readonly { readonly name: string }[]): readonly string[] =>
    those.length === 0 ? [] : [`${what}: ${those.map((region) => region.name).join(", ")}`];
  return [
    "node egress unfiltered",
    "control plane address public, admitted sources only",
    "egress and bastion gateways stand in one zone each",
    "deployer can grant rights",
    ...(loss === undefined ? [] : [`region loss not covered: accepted by ${loss.by} until ${loss.until}`]),
    ...(settings.keys.custody === "hsm" ? [] : [`key custody: ${settings.keys.custody}`]),
    ...(settings.keys.custody === "hsm"
      ? named(
          "HSM-backed keys unverified",
          regions.filter((region) => region.hsmKeys === "unverified"),
        )
      : []),
    ...named(
      "audit trail not exported",
      regions.filter((region) => region.products["audit-trail"] !== "yes"),
    ),
    ...named(
      "products unverified",
      regions.filter((region) => Object.values(region.products).includes("unverified")),
    ),
    ...named(
      "regions declared by the operator, refused by preflight on a public account",
      regions.filter((region) => region.origin === "declared"),
    ),
    ...context.flows
      .filter(crossesRegions)
      .map((flow) => `flow between regions until ${flow.until ?? "further notice"}: ${flow.name}`),
    ...open.map((window) => `egress window until ${window.until}: ${window.name}`),
    // Sealed is not closed: what the platform forces stays open, and is listed with its reason.
    ...(settings.phase === "sealed"
      ? forcedOpenings({ ...settings, linked: linkedRegions(context.flows).length > 0 }).map(
          (opening) =>
            `opening that remains, ${opening.name} (${opening.direction}, ${opening.tier}): ${opening.reason}`,
        )
      : []),
    ...(settings.synthetic ? ["synthetic data only"] : []),
  ];
}
