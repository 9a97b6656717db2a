import {
  ANYBODY,
  type BucketAccess,
  type BucketAccesses,
  bucketAccesses,
  whoMay,
} from "../../../../judge/facts/bucket-access.ts";
import { mayHoldHealthData, tagAt } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { NetworkPolicyFact } from "../../../../judge/facts/fact-kubernetes.ts";
import { namespaceLink, type Placed, placed } from "../../../../judge/facts/kubernetes-scope.ts";
import { leadsOutside } from "../../../../judge/kit/ranges.ts";
import { type About, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { PERMIT_LABEL } from "../../../../stacks/transfer.ts";

/** Buckets with their tier and class, read once. */
interface Shelf {
  readonly urn: string;
  readonly tier: string | undefined;
  readonly dataClass: string | undefined;
}

function shelves(estate: Estate): readonly Shelf[] {
  return estate.facts("bucket").map(({ urn }) => {
    const tag = (name: string): string | undefined => {
      const told = tagAt(urn, estate, name);
      return told.known ? told.value : undefined;
    };
    return { urn, tier: tag("tier"), dataClass: tag("data-class") };
  });
}

/** One writer, another reader, nobody else. */
function judgeAirlock(urn: string, access: BucketAccess): readonly Result[] {
  const proof = access.ground;
  const writers = whoMay(access, "s3:PutObject");
  const readers = whoMay(access, "s3:GetObject");
  const base = { subject: urn, path: access.policies, proof };
  const one: About = { ...base, property: "policy.writers", want: "one writer" };
  const other: About = { ...base, property: "policy.readers", want: "a reviewer who is no writer" };
  const apart = readers.length > 0 && !readers.includes(ANYBODY) && readers.every((who) => !writers.includes(who));
  return [
    writers.length === 1 && !writers.includes(ANYBODY) ? pass(one, writers) : fail(one, writers),
    apart ? pass(other, readers) : fail(other, readers),
  ];
}

/** Who writes and who reads the airlocks: everybody who may see what research spaces put out. */
interface Airlocks {
  readonly writers: readonly string[];
  readonly readers: readonly string[];
}

/**
 * Who fills an airlock may write elsewhere only where nobody else reads: in a bucket of a lesser class with a reader of its own,
 * results would be out without review.
 */
function judgeSideways(
  { writers, readers }: Airlocks,
  all: readonly Shelf[],
  accesses: BucketAccesses,
): readonly Result[] {
  return all.flatMap(({ urn, tier, dataClass }) => {
    if (tier === "export" || mayHoldHealthData(dataClass)) return [];
    const access = accesses.to(urn);
    if (!access.known || access.value === undefined) return [];
    const { value } = access;
    const fillers = whoMay(value, "s3:PutObject").filter((who) => writers.includes(who) || who === ANYBODY);
    const others = whoMay(value, "s3:GetObject").filter((who) => !writers.includes(who) && !readers.includes(who));
    const about = {
      subject: urn,
      property: "policy.readers",
      want: "readers who review the airlock, or another writer",
    };
    return fillers.length === 0 || others.length === 0
      ? []
      : [fail({ ...about, path: value.policies, proof: value.ground }, others)];
  });
}

function judgeBuckets(estate: Estate): readonly Result[] {
  const all = shelves(estate);
  const accesses = bucketAccesses(estate);
  const writers = new Set<string>();
  const readers = new Set<string>();
  const airlocks = all
    .filter(({ tier }) => tier === "export")
    .flatMap(({ urn }): readonly Result[] => {
      const about = { subject: urn, property: "policy", want: "a policy with one writer and another reader" };
      const access = accesses.to(urn);
      if (!access.known) return [undecided(about, access.from)];
      if (access.value === undefined) return [fail(about, null)];
      for (const who of whoMay(access.value, "s3:PutObject")) writers.add(who);
      for (const who of whoMay(access.value, "s3:GetObject")) readers.add(who);
      return judgeAirlock(urn, access.value);
    });
  return [...airlocks, ...judgeSideways({ writers: [...writers], readers: [...readers] }, all, accesses)];
}

/** No way out of a research space's namespace to addresses that are not private. */
function judgePolicy({ fact, object }: Placed<NetworkPolicyFact>, estate: Estate): readonly Result[] {
  const link = namespaceLink(object, estate);
  if (link.kind !== "found") return [];
  const labels = link.fact.labels.value;
  const about: About = {
    subject: fact.urn,
    property: fact.egress.property,
    want: "destinations inside, the airlock's among them",
  };
  if (!labels.known) return [undecided(about, labels.from)];
  if (labels.value[PERMIT_LABEL] === undefined) return [];
  if (!fact.egress.value.known) return [undecided(about, fact.egress.value.from)];
  const results = fact.egress.value.value.flatMap(({ at, peers }): readonly Result[] => {
    const mine = { ...about, property: at };
    if (!peers.known) return [undecided(mine, peers.from)];
    if (peers.value.length === 0) return [fail(mine, "everybody")];
    return peers.value.flatMap(({ at: where, cidr }): readonly Result[] => {
      if (!cidr.known) return [undecided({ ...mine, property: where }, cidr.from)];
      return cidr.value !== undefined && leadsOutside(cidr.value)
        ? [fail({ ...mine, property: where }, cidr.value)]
        : [];
    });
  });
  return results.length > 0 ? results : [pass({ ...about, path: [link.fact.urn] }, fact.egress.value.value.length)];
}

export const resultsLeaveByTheAirlock = rule({
  id: "MIG-03",
  title: "results leave research spaces by the airlock alone: one writer, another reviewer, no other grant or route",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "EHDS:73.1.b",
    "EHDS:73.1.c",
    "EHDS:73.1.f",
    "ISO:A.8.12",
    "ISO:A.5.3",
    "ADM:R52",
    "ADM:R57",
    "SNDS24:4.5?",
  ],
  rationale:
    "A research space is as closed as its way out. Who fills the airlock and empties it has no reviewer; who may write where others read, " +
    "or reach an address outside, needs no airlock.",
  remedy:
    "Let one principal write the bucket of tier `export` and another one read it; take the writer's rights on buckets of lesser classes; " +
    "narrow the NetworkPolicies of namespaces with a `permit` label to destinations inside.",
  judge: (estate) => [
    ...judgeBuckets(estate),
    ...placed("network-policy", estate).flatMap((policy) => judgePolicy(policy, estate)),
  ],
});
