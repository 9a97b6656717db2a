import { bucketKeys } from "../../../../judge/facts/bucket-keys.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { rightsOfWorkload } from "../../../../judge/graph/acting.ts";
import type { Hop } from "../../../../judge/graph/model.ts";
import { reachOutside } from "../../../../judge/graph/pod-reach.ts";
import { pods } from "../../../../judge/graph/pods.ts";
import { reachFrom, wires } from "../../../../judge/graph/reach.ts";
import type { DataRight } from "../../../../judge/graph/right.ts";
import { rightsOf } from "../../../../judge/graph/rights.ts";
import type { Net } from "../../../../judge/graph/topology.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { push } from "../../../../kernel/multimap.ts";
import { verdictOnRights } from "./grips.ts";
import {
  holdsIdentities,
  permitOf,
  type SpaceMember,
  type SpacePod,
  spaceNets,
  spacePods,
  spacePrincipals,
} from "./spaces.ts";
import { verdictOn } from "./witness.ts";

const WANT = "no way to another permit's space or to directly identifying data";

const strange = (estate: Estate, own: string | undefined, target: string): boolean => {
  const other = permitOf(estate, target);
  return (own !== undefined && other !== undefined && other !== own) || holdsIdentities(estate, target);
};

function judgeNet(net: Net, estate: Estate): Result {
  const { arrivals, limits } = reachFrom(estate, net.id);
  const wrong = arrivals.filter(({ to }) => {
    const target = wires(estate).nets.get(to);
    return target !== undefined && strange(estate, net.permit, target.id);
  });
  return verdictOn({ subject: net.id, property: "reach", want: WANT }, wrong, limits, estate);
}

function judgePrincipal({ id, permit }: SpaceMember, rights: readonly DataRight[], estate: Estate): Result {
  const wrong = rights.filter((right) => strange(estate, permit, right.on));
  return verdictOnRights({ subject: id, property: "rights", want: WANT }, wrong);
}

/** A bucket of one permit under a key of another. */
function judgeBucket(bucket: string, permit: string, estate: Estate): Result {
  const keys = bucketKeys(estate).of(bucket);
  const about = { subject: bucket, property: "encryption", want: "no key of another permit" };
  if (!keys.known) return undecided(about, keys.from);
  const wrong = keys.value.find(({ key }) => key !== undefined && strange(estate, permit, key));
  return wrong === undefined
    ? pass(about, "no such key")
    : fail({ ...about, path: [wrong.config, wrong.key ?? ""] }, wrong.key ?? null);
}

const podHop = (hop: Omit<Hop, "kind">): Hop => ({ kind: "pod", ...hop });

/** Pods of one permit that a pod of another one, in the same cluster, may call. */
function judgePod({ pod: to, permit }: SpacePod, others: readonly SpacePod[], estate: Estate): Result {
  const { between, hearsOthers } = pods(estate);
  const callers = hearsOthers(to) ? others.filter((from) => from.permit !== permit) : [];
  const wrong = callers.flatMap(({ pod: from }) => {
    const found = between(from, to);
    if (found === undefined || found.packets.boxes.length === 0) return [];
    const { by, property, ground } = found;
    return [{ path: [podHop({ from: from.id, to: to.id, by, property, ground })], ground }];
  });
  return verdictOn({ subject: to.id, property: "networkPolicy", want: WANT }, wrong, [], estate);
}

/** What a pod reaches beside the pods of its own cluster: networks and other clusters' workloads of another permit. */
function judgeOutside({ pod, permit }: SpacePod, permits: ReadonlyMap<string, string>, estate: Estate): Result {
  const { arrivals, limits } = reachOutside(estate, pod);
  const wrong = arrivals.filter(({ to }) => {
    const other = permits.get(to);
    return other === undefined ? wires(estate).nets.has(to) && strange(estate, permit, to) : other !== permit;
  });
  return verdictOn({ subject: pod.id, property: "reach", want: WANT }, wrong, limits, estate);
}

function judgeAll(estate: Estate, now: string): readonly Result[] {
  const byPrincipal = new Map<string, DataRight[]>();
  for (const right of rightsOf(estate, now)) push(byPrincipal, right.principal, right);
  const workloads = spacePods(estate);
  const neighbours = new Map<string, SpacePod[]>();
  for (const one of workloads) push(neighbours, one.pod.cluster, one);
  const permits = new Map(workloads.map(({ pod, permit }) => [pod.id, permit]));
  return [
    ...spaceNets(estate).map((net) => judgeNet(net, estate)),
    ...spacePrincipals(estate).map((p) => judgePrincipal(p, byPrincipal.get(p.id) ?? [], estate)),
    ...workloads.flatMap((one) => [
      judgePod(one, neighbours.get(one.pod.cluster) ?? [], estate),
      judgeOutside(one, permits, estate),
      judgePrincipal({ id: one.pod.id, permit: one.permit }, rightsOfWorkload(one.pod.id, byPrincipal, estate), estate),
    ]),
    ...estate.facts("bucket").flatMap(({ urn }) => {
      const permit = permitOf(estate, urn);
      return permit === undefined ? [] : [judgeBucket(urn, permit, estate)];
    }),
  ];
}

export const spacesAreApart = rule({
  id: "G8",
  title: "no research space reaches another one or directly identifying data, by network, identity, key or bucket",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: ["EHDS:73.1.a", "EHDS:73.1.d", "EHDS:66.3", "SNC:9.7.a", "GDPR:25.1", "ISO:A.8.3", "ISO:A.8.22"],
  rationale:
    "A permit is given for one question and some data. A group within a group, a secret that holds another's key, a role that reads Secrets or a machine in two " +
    "networks joins what was permitted apart, and two pseudonymised sets together may name a person.",
  remedy:
    "Take away the membership, grant, key or machine that the way names, so that each permit's space has its own and directly identifying data has " +
    "principals that serve nothing else.",
  judge: (estate, _law, now) => judgeAll(estate, now),
});
