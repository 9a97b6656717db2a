import { mayHoldHealthData } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { rightsOfWorkload } from "../../../../judge/graph/acting.ts";
import { OUTSIDE } from "../../../../judge/graph/members.ts";
import { ELSEWHERE, INTERNET } from "../../../../judge/graph/model.ts";
import type { Pod } from "../../../../judge/graph/pod-contact.ts";
import { reachOutside } from "../../../../judge/graph/pod-reach.ts";
import { reachFrom, wires } from "../../../../judge/graph/reach.ts";
import { ANYONE, type DataRight } from "../../../../judge/graph/right.ts";
import { rightsOf } from "../../../../judge/graph/rights.ts";
import { type Net, tagValue } from "../../../../judge/graph/topology.ts";
import type { Result } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { push } from "../../../../kernel/multimap.ts";
import { verdictOnRights } from "./grips.ts";
import { spaceNets, spacePods, spacePrincipals } from "./spaces.ts";
import { verdictOn } from "./witness.ts";

const isAirlock = (estate: Estate, urn: string): boolean => tagValue(estate, urn, "tier") === "export";

function judgeNet(net: Net, airlock: ReadonlySet<string>, estate: Estate): Result {
  const { arrivals, limits } = reachFrom(estate, net.id, { passingOnly: true, without: airlock });
  const out = arrivals.filter(
    ({ to, path }) =>
      (to === INTERNET || to === ELSEWHERE) &&
      // The NAT that private nodes can't do without; pods are narrowed by their own policies.
      !(net.tier === "compute" && path.every((hop) => hop.kind === "nat") && path[0]?.by !== net.id),
  );
  const about = { subject: net.id, property: "reach", want: "no way out once the airlock is taken away" };
  return verdictOn(about, out, limits, estate);
}

/** A workload's own way out; what it may ask of the proxy is a list of names, and G7's. */
function judgePod(pod: Pod, airlock: ReadonlySet<string>, estate: Estate): Result {
  const { arrivals, limits } = reachOutside(estate, pod, { passingOnly: true, without: airlock });
  const out = arrivals.filter(({ to }) => to === INTERNET || to === ELSEWHERE);
  const want = "no way out once the airlock is taken away";
  return verdictOn({ subject: pod.id, property: "reach", want }, out, limits, estate);
}

/** A person, or a group that persons join elsewhere: what they read they have, since a bucket is reached from everywhere. */
function persons(estate: Estate): readonly string[] {
  const users = estate.facts("principal").filter(({ urn }) => estate.resource(urn)?.canonicalType.endsWith(":User"));
  const joined = estate
    .facts("group")
    .filter(({ external }) => !(external.value.known && external.value.value !== true));
  return [...users, ...joined].map(({ urn }) => urn);
}

const about = (subject: string) => ({
  subject,
  property: "rights",
  want: "no data in the hands of somebody outside but through the airlock",
});

/** Rights by which data leaves, other than through a bucket of the airlock. */
function leaving(rights: readonly DataRight[], isPerson: boolean, estate: Estate): readonly DataRight[] {
  return rights.filter((right) => {
    const carriesOut = right.right === "export" || (isPerson && right.right === "read");
    if (!carriesOut || estate.factOf("bucket", right.on) === undefined) return false;
    if (!mayHoldHealthData(tagValue(estate, right.on, "data-class")) || isAirlock(estate, right.on)) return false;
    return !right.path.some((grip) => isAirlock(estate, grip.to));
  });
}

/** Everybody, and whoever no resource here is: nobody can say that they are not outside. Told at what they read, since they have no resource. */
function judgeStrangers(rights: readonly DataRight[], estate: Estate): readonly Result[] {
  const strange = rights.filter(({ principal }) => principal === ANYONE || principal.startsWith(OUTSIDE));
  const byBucket = new Map<string, DataRight[]>();
  for (const right of leaving(strange, false, estate)) {
    // An application of another stack may be one of our own.
    const sure = right.principal === ANYONE ? right.ground : "unresolved";
    byBucket.set(right.on, [...(byBucket.get(right.on) ?? []), { ...right, ground: sure }]);
  }
  return [...byBucket].map(([bucket, list]) => verdictOnRights(about(bucket), list));
}

function judgeAll(estate: Estate, now: string): readonly Result[] {
  const airlock = new Set([...wires(estate).nets.values()].filter((net) => net.tier === "export").map((net) => net.id));
  const people = new Set(persons(estate));
  const subjects = new Set([...spacePrincipals(estate).map(({ id }) => id), ...people]);
  const byPrincipal = new Map<string, DataRight[]>();
  for (const right of rightsOf(estate, now)) {
    push(byPrincipal, right.principal, right);
  }
  return [
    ...spaceNets(estate).map((net) => judgeNet(net, airlock, estate)),
    ...[...subjects].map((id) =>
      verdictOnRights(about(id), leaving(byPrincipal.get(id) ?? [], people.has(id), estate)),
    ),
    ...spacePods(estate).flatMap(({ pod }) => [
      judgePod(pod, airlock, estate),
      verdictOnRights(about(pod.id), leaving(rightsOfWorkload(pod.id, byPrincipal, estate), false, estate)),
    ]),
    ...judgeStrangers(rightsOf(estate, now), estate),
  ];
}

export const nothingLeavesBesideTheAirlock = rule({
  id: "G9",
  title: "without the airlock no route and no grant leads from a research space to outside",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: ["EHDS:73.1.b", "EHDS:73.1.c", "EHDS:73.1.f", "ISO:A.8.12", "ISO:A.5.3", "SNC:13.2.b"],
  rationale:
    "A bucket is reached from everywhere: who reads it with a credential of their own has taken the data out, and who can write where somebody outside " +
    "reads has found a second exit. The airlock is an exit only while it is the only one.",
  remedy:
    "Give people no read on data: they work inside. Take away writes to buckets that others read, and end every way out in the export tier.",
  judge: (estate, _law, now) => judgeAll(estate, now),
});
