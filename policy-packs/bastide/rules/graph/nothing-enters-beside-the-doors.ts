import type { Estate } from "../../../../judge/facts/estate.ts";
import type { Arrival } from "../../../../judge/graph/explore.ts";
import { ELSEWHERE, INTERNET } from "../../../../judge/graph/model.ts";
import { intoPods, intoPodsFromInternet, podsBehindDoors } from "../../../../judge/graph/pod-doors.ts";
import { reachFrom, wires } from "../../../../judge/graph/reach.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { isAnySource, isWithin } from "../../../../judge/kit/ranges.ts";
import type { Result } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { sortedUnique } from "../../../../kernel/order.ts";
import { isEdgePod, isSystemPod } from "./sensitive.ts";
import { verdictOn } from "./witness.ts";

/** SSH bastions that admit named administrators only, by URN. */
function narrowBastions(estate: Estate, law: Law): ReadonlySet<string> {
  const admins = law.adminSources;
  const narrow = wires(estate).doors.filter(
    ({ kind, sources }) =>
      kind === "bastion" &&
      sources?.every((source) => !isAnySource(source) && (admins === null || isWithin(source, admins))) === true,
  );
  return new Set(narrow.map((door) => door.by));
}

/** Networks, machines or services with an address of their own, and pods that a Service opens, that are not the edge. */
function targets(estate: Estate): readonly string[] {
  const { nets, hosts } = wires(estate);
  const inner = [...nets.values()].filter((net) => net.tier !== "dmz").map((net) => net.id);
  const exposed = [...hosts.values()].filter((host) => host.publicBy.length > 0 && host.tier !== "dmz");
  const called = podsBehindDoors(estate).filter((pod) => !isEdgePod(pod) && !isSystemPod(pod, estate));
  return sortedUnique([...inner, ...exposed.map((host) => host.id), ...called.map((pod) => pod.id)]);
}

function judgeAll(estate: Estate, law: Law): readonly Result[] {
  const bastions = narrowBastions(estate, law);
  const walks = [INTERNET, ELSEWHERE].map((source) => reachFrom(estate, source));
  const byTarget = new Map<string, Arrival[]>();
  const found = walks.flatMap((walk) => walk.arrivals);
  const inPods = [...intoPods(estate, found), ...intoPodsFromInternet(estate)];
  for (const arrival of [...found, ...inPods]) {
    if (arrival.path.some((hop) => hop.kind === "bastion" && bastions.has(hop.by))) continue;
    const list = byTarget.get(arrival.to);
    if (list === undefined) byTarget.set(arrival.to, [arrival]);
    else list.push(arrival);
  }
  const limits = walks.flatMap((walk) => walk.limits);
  return targets(estate).map((subject) =>
    verdictOn(
      { subject, property: "reach", want: "no way in but the ports of dmz and the administrators' bastion" },
      byTarget.get(subject) ?? [],
      limits,
      estate,
    ),
  );
}

export const nothingEntersBesideTheDoors = rule({
  id: "G2",
  title: "no way leads in from outside but the ports of dmz and the administrators' bastion",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: ["INT:R2", "INT:R3", "RCF:7.A.6", "SNC:13.2.a", "IR:6.7.2.c", "IR:6.8.2.d", "ISO:A.8.20", "ISO:A.8.22"],
  rationale:
    "A mapped port into a machine of two networks, a load balancer whose servers stand in the data tier, a VPN gateway: each is a " +
    "harmless resource by itself, and together they are an entrance.",
  remedy:
    "Close the hop that should not be there: end mapped ports and load balancers in `dmz`, keep machines there out of other networks, and name the " +
    "bastion's source ranges.",
  judge: (estate, law) => judgeAll(estate, law),
});
