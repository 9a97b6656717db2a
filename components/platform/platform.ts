import { getOrganization, getProject, type Output, StackReference } from "@pulumi/pulumi";
import type { EnvironmentSummary } from "../../blueprint/model/common.ts";
import type { PlatformRegionSpec, PlatformSpec } from "../../blueprint/model/platform.ts";
import { type Site, SovereignComponent } from "../component.ts";
import { Named } from "../named.ts";
import { kubernetesProvider } from "./kubernetes-provider.ts";
import { type Foundation, PlatformPart } from "./part.ts";

/** The data platform on the clusters of an environment, from the outputs of its foundation stack. */
export function realisePlatform(
  environment: EnvironmentSummary,
  spec: PlatformSpec,
): Readonly<Record<string, unknown>> {
  const stack = `${environment.name}.foundation`;
  const reference = new StackReference(stack, { name: `${getOrganization()}/${getProject()}/${stack}` });
  const foundation: Foundation = (path) => outputAt(reference, path.split("."));
  for (const region of spec.regions) new PlatformRegion(region, foundation);
  return { regions: spec.regions.map(({ region, role }) => ({ region, role })) };
}

/** One cluster's parts: each after those that it needs. */
class PlatformRegion extends SovereignComponent<{ readonly region: string; readonly role: string }> {
  constructor(spec: PlatformRegionSpec, foundation: Foundation) {
    const provider = kubernetesProvider(spec.region, {
      url: foundation(`regions.${spec.region}.apiserverUrl`),
      ca: foundation(`regions.${spec.region}.clusterCa`),
    });
    super(
      "PlatformRegion",
      `platform-${spec.region}`,
      { region: spec.region, role: spec.role },
      { providers: [provider] },
    );
    const parts = new Map<string, PlatformPart>();
    for (const part of spec.parts) {
      const made = new Named("part", [...parts]);
      const after = part.needs.flatMap((need) => made.get(need).made);
      const site: Site = { ...this.inside, after };
      parts.set(part.key, new PlatformPart(part, foundation, site));
    }
    this.publish({});
  }
}

/** One value in the foundation's outputs, asked for by the name of its output: as a whole they are secret. */
const outputAt = (reference: StackReference, [name = "", ...rest]: readonly string[]): Output<string> =>
  reference.requireOutput(name).apply((value: unknown) => {
    let at = value;
    for (const step of rest) at = typeof at === "object" && at !== null && step in at ? Object(at)[step] : undefined;
    if (typeof at !== "string")
      throw new Error(`the foundation has no output ${[name, ...rest].join(".")}: apply it first`);
    return at;
  });
