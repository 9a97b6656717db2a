import { mayBeDataTier } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { GatewayAttachmentFact, PrivateNetworkFact, RouteFact } from "../../../../judge/facts/fact-network.ts";
import { tierOf, vpcKey } from "../../../../judge/facts/networks.ts";
import { leadsOutside } from "../../../../judge/kit/ranges.ts";
import { decide, fail, groundOf, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { sortedUnique } from "../../../../kernel/order.ts";

/** No gateway serves a data network, whether it pushes a default route today or not. */
function judgeAttachment(attachment: GatewayAttachmentFact, estate: Estate): Result {
  const link = estate.link(attachment.network, "private-network");
  const about = {
    subject: attachment.urn,
    property: attachment.network.property,
    want: "a network of another tier than data",
  };
  if (link.kind === "unknown") return undecided(about, link.from);
  if (link.kind !== "found") return undecided(about, { property: link.property, suppliers: [] });
  const tier = tierOf(link.fact.urn, estate);
  const proved = { ...about, proof: groundOf(link), path: [link.fact.urn] };
  return decide(proved, tier, (t) => !mayBeDataTier(t));
}

function judgePropagation(network: PrivateNetworkFact, estate: Estate): Result {
  const { property, value } = network.learnsDefaultRoutes;
  const tier = tierOf(network.urn, estate);
  if (tier.known && !mayBeDataTier(tier.value)) return notApplicable(network.urn, property, `tier ${tier.value}`);
  const about = { subject: network.urn, property, want: false };
  if (value.known && value.value !== true) return pass(about, false);
  return tier.known ? decide(about, value, (learns) => learns !== true) : undecided(about, tier.from);
}

/** A route out of private space reaches every network of its VPC, so none may stand where a data network does. */
function judgeRoute(route: RouteFact, estate: Estate): Result {
  const link = estate.link(route.vpc, "vpc");
  const key = vpcKey(link);
  const neighbours = estate.facts("private-network").filter((network) => {
    const other = vpcKey(estate.link(network.vpc, "vpc"));
    const tier = tierOf(network.urn, estate);
    const same = key === undefined || other === undefined || key === other;
    return same && (!tier.known || mayBeDataTier(tier.value));
  });
  const { property, value } = route.destination;
  const path = sortedUnique(neighbours.map((n) => n.urn));
  const about = { subject: route.urn, property, want: "a private destination", path, proof: groundOf(link) };
  if (!value.known)
    return path.length === 0
      ? notApplicable(route.urn, property, "no data network in its VPC")
      : undecided(about, value.from);
  const outside = value.value === undefined || leadsOutside(value.value);
  if (!outside) return pass(about, value.value);
  return path.length === 0
    ? notApplicable(route.urn, property, "no data network in its VPC")
    : fail(about, value.value ?? null);
}

export const dataNetworksLearnNoDefaultRoute = rule({
  id: "NET-05",
  title: "a data-tier network learns no default route",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: ["INT:R4", "RCF:7.A.5", "SNC:13.2.b", "EHDS:73.1.b", "ISO:A.8.12", "ISO:A.8.22"],
  rationale:
    "A host without a route out can't send data out, whatever runs on it. A gateway attachment, route propagation or a route to " +
    "public space gives it one; Scaleway filters none of them.",
  remedy:
    "Attach gateways to dmz or compute networks only, leave `enableDefaultRoutePropagation` off, and route private ranges only.",
  judge: (estate) => [
    ...estate.facts("private-network").map((network) => judgePropagation(network, estate)),
    ...estate.facts("gateway-attachment").map((attachment) => judgeAttachment(attachment, estate)),
    ...estate.facts("route").map((route) => judgeRoute(route, estate)),
  ],
});
