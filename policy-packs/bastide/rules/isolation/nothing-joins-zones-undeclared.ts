import type { Estate } from "../../../../judge/facts/estate.ts";
import type { JoinFact } from "../../../../judge/facts/fact-edge.ts";
import type { RouteFact } from "../../../../judge/facts/fact-network.ts";
import { rangesOf, regionOfUrn, tierOf } from "../../../../judge/facts/networks.ts";
import type { Ref } from "../../../../judge/facts/reference.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { isWithin } from "../../../../judge/kit/ranges.ts";
import { decide, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { type Known, known, type Origin } from "../../../../kernel/known.ts";
import { sortedUnique } from "../../../../kernel/order.ts";

const WANT = "no join that the flow matrix does not declare";

const judgeJoin = ({ urn, joins, got, how }: JoinFact): Result =>
  decide({ subject: urn, property: joins.property, want: `nothing that ${how}` }, joins.value, (it) => !it, got);

/** Whether a range belongs to the far end of a flow that begins or ends in this region. */
function isFarEnd(destination: string, region: string | undefined, law: Law, estate: Estate): Known<boolean> {
  for (const { from, to } of law.flows) {
    if (from.region === to.region || (from.region !== region && to.region !== region)) continue;
    const far = from.region === region ? to : from;
    const ranges = rangesOf(far.region, far.tier, estate);
    if (!ranges.known) return ranges;
    if (isWithin(destination, ranges.value)) return known(true);
  }
  return known(false);
}

/** A custom route leads where Scaleway would not: only to the far end of a declared flow. */
function judgeRoute({ urn, destination }: RouteFact, law: Law, estate: Estate): Result {
  const { property, value } = destination;
  const about = { subject: urn, property, want: "a range at the far end of a declared flow between regions" };
  if (!value.known) return undecided(about, value.from);
  return decide(about, isFarEnd(value.value ?? "", regionOfUrn(urn, estate), law, estate), (fits) => fits, value);
}

/** The networks of each machine, by its URN, and what can't be told about them. */
function homesOf(
  estate: Estate,
): ReadonlyMap<string, { readonly networks: readonly string[]; readonly unclear: Origin | undefined }> {
  const homes = new Map<string, { networks: string[]; unclear: Origin | undefined }>();
  const add = (urn: string, network: Ref): void => {
    const home = homes.get(urn) ?? { networks: [], unclear: undefined };
    const link = estate.link(network, "private-network");
    if (link.kind === "found") home.networks.push(link.fact.urn);
    else if (link.kind === "outside") home.networks.push(link.id);
    else home.unclear ??= link.kind === "unknown" ? link.from : { property: network.property, suppliers: [] };
    homes.set(urn, home);
  };
  for (const card of estate.facts("network-card")) {
    const server = estate.linkAny(card.server);
    add(server.kind === "found" ? server.fact.urn : card.urn, card.network);
  }
  for (const { urn, networks } of estate.facts("cards")) {
    const own = networks.value;
    if (own.known) for (const network of own.value) add(urn, network);
    else homes.set(urn, { networks: homes.get(urn)?.networks ?? [], unclear: own.from });
  }
  return homes;
}

/** A machine or cluster in a network of another tier than its own carries what it holds, or may do, into that tier. */
function judgeTier(urn: string, network: string, estate: Estate): readonly Result[] {
  const [own, its] = [tierOf(urn, estate), tierOf(network, estate)];
  if (!own.known || !its.known || own.value === undefined || its.value === undefined) return [];
  const about = { subject: urn, property: "tags.tier", want: its.value, path: [network] };
  return [decide(about, own, (tier) => tier === its.value)];
}

function judgeClusters(estate: Estate): readonly Result[] {
  return estate.facts("cluster").flatMap(({ urn, network }) => {
    const link = estate.link(network, "private-network");
    return link.kind === "found" ? judgeTier(urn, link.fact.urn, estate) : [];
  });
}

function judgeHomes(estate: Estate): readonly Result[] {
  return [...homesOf(estate)].flatMap(([urn, { networks, unclear }]): readonly Result[] => {
    const own = sortedUnique(networks);
    const about = { subject: urn, property: "privateNetworks", want: "one private network", path: own };
    if (own.length > 1) return [fail(about, own)];
    if (unclear !== undefined) return [undecided(about, unclear)];
    return [pass(about, own), ...own.flatMap((network) => judgeTier(urn, network, estate))];
  });
}

export const nothingJoinsZonesUndeclared = rule({
  id: "NET-09",
  title: "nothing joins two networks, or a network and the outside, unless a flow declares it",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "RCF:7.A.7",
    "RCF:7.B.1",
    "SNC:13.1.a",
    "SNC:13.2.a",
    "SNC:13.2.b",
    "INT:R8",
    "IR:6.7.2.f",
    "IR:6.7.2.i",
    "IR:6.8.2.b",
  ],
  rationale:
    "ACLs stand between private networks of one VPC. A server with a card in two of them, a peering, a VPN, a partner's link, an ingress " +
    "rule or a route passes beside them, and nobody who reads the flow matrix learns of it. So does a machine that says one tier and stands " +
    "in a network of another.",
  remedy:
    "Remove the join, or declare the flow between regions that needs the route. A join that the matrix can't say needs a waiver: reason, " +
    "owner, approver, end.",
  judge: (estate, law) => {
    const joins = estate.facts("join").map(judgeJoin);
    const found = [
      ...joins,
      ...estate.facts("route").map((route) => judgeRoute(route, law, estate)),
      ...judgeHomes(estate),
      ...judgeClusters(estate),
    ];
    return found.length > 0 ? found : [notApplicable("stack", "", WANT)];
  },
});
