import { mayBeDataTier } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { GatewayAttachmentFact, GatewayFact, PrivateNetworkFact } from "../../../../judge/facts/fact-network.ts";
import { regionOfUrn, tierOf } from "../../../../judge/facts/networks.ts";
import { decide, fail, groundOf, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { type Known, mapKnown, unknown } from "../../../../kernel/known.ts";

/** Where a way out may begin: the proxy's tier, and that of nodes, which Kapsule does not run without one. */
const OUTWARD: readonly (string | undefined)[] = ["dmz", "compute"];

/**
 * Whether hosts of the network can leave by the gateway: as soon as it translates their addresses. That it does not announce the
 * way stops nobody who configures a route by hand.
 */
function leads({ urn }: GatewayAttachmentFact, estate: Estate): Known<boolean> {
  const route = estate.factOf("attachment-route", urn);
  return route === undefined ? unknown("enableMasquerade") : mapKnown(route.masquerade.value, (on) => on === true);
}

interface Way {
  readonly urn: string;
  readonly network: string;
  readonly region: string | undefined;
  readonly tier: Known<string | undefined>;
  readonly assumed: "assumed" | undefined;
}

function judgeEgress(
  egress: GatewayAttachmentFact,
  estate: Estate,
): { readonly results: readonly Result[]; readonly way?: Way } {
  const { urn } = egress;
  const property = egress.network.property;
  const about = { subject: urn, property, want: OUTWARD };
  const out = leads(egress, estate);
  if (out.known && !out.value) {
    return { results: [notApplicable(urn, property, "translates no addresses")] };
  }
  const link = estate.link(egress.network, "private-network");
  if (link.kind === "unknown") return { results: [undecided(about, link.from)] };
  if (link.kind !== "found") return { results: [undecided(about, { property, suppliers: [] })] };
  if (!out.known) return { results: [undecided({ ...about, path: [link.fact.urn] }, out.from)] };
  const tier = tierOf(link.fact.urn, estate);
  const assumed = groundOf(link) === undefined ? undefined : ("assumed" as const);
  const way = { urn, network: link.fact.urn, region: regionOfUrn(link.fact.urn, estate), tier, assumed };
  return {
    results: [decide({ ...about, path: [link.fact.urn], proof: assumed }, tier, (t) => OUTWARD.includes(t))],
    way,
  };
}

/** A network that takes over the VPC's default routes has its neighbour's way out. Data tiers are NET-05's. */
function judgeLearning({ urn, learnsDefaultRoutes }: PrivateNetworkFact, estate: Estate): readonly Result[] {
  const tier = tierOf(urn, estate);
  const { property, value } = learnsDefaultRoutes;
  if (!tier.known || OUTWARD.includes(tier.value) || mayBeDataTier(tier.value)) return [];
  return [decide({ subject: urn, property, want: false }, value, (learns) => learns !== true)];
}

/** Mail is a way out that no proxy sees: the ports of SMTP are closed until a gateway opens them. */
const judgeMail = ({ urn, smtp }: GatewayFact): Result =>
  decide({ subject: urn, property: smtp.property, want: false }, smtp.value, (on) => on !== true);

/** More than one way out of a tier and region is more than one place to filter, and one of them will be forgotten. */
function judgeWays(ways: readonly Way[]): readonly Result[] {
  const first = new Map<string, Way>();
  return ways.flatMap((way) => {
    if (way.region === undefined || !way.tier.known) return [];
    const key = `${way.region} ${way.tier.value}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, way);
    const about = {
      subject: way.urn,
      property: "gatewayId",
      want: "one way out of a tier in a region",
      proof: way.assumed,
    };
    return before === undefined
      ? [pass(about, way.network)]
      : [fail({ ...about, path: [before.urn] }, `a second one beside ${before.urn}`)];
  });
}

export const oneWayOut = rule({
  id: "NET-06",
  title: "one way out of an environment's region and tier, from dmz or the nodes only",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["INT:R22", "INT:R30", "INT:R26", "RCF:7.A.5", "ISO:A.8.12", "ISO:A.8.23", "IR:6.7.2.c"],
  rationale:
    "What leaves by one gateway can be seen and narrowed at one place: the allow-listing proxy for pods, the gateway's address for the " +
    "rest. A gateway translates addresses unless told otherwise. Scaleway's can't be narrowed: nodes reach every address, and verdicts say so.",
  remedy:
    "Attach one NAT gateway to the compute or dmz network of the region, set `enableMasquerade: false` on every other attachment, " +
    "let other tiers leave by the proxy, learn no default routes there, and leave `enableSmtp` off.",
  judge: (estate) => {
    const judged = estate.facts("gateway-attachment").map((egress) => judgeEgress(egress, estate));
    return [
      ...judged.flatMap((j) => j.results),
      ...judgeWays(judged.flatMap((j) => j.way ?? [])),
      ...estate.facts("private-network").flatMap((network) => judgeLearning(network, estate)),
      ...estate.facts("gateway").map(judgeMail),
    ];
  },
});
