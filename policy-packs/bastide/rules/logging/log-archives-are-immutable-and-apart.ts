import { ANYBODY, type BucketAccesses, bucketAccesses, lets, whoMay } from "../../../../judge/facts/bucket-access.ts";
import { type BucketKeys, bucketKeys } from "../../../../judge/facts/bucket-keys.ts";
import { locksByBucket } from "../../../../judge/facts/bucket-locks.ts";
import { tagAt } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { BucketVersionsFact } from "../../../../judge/facts/fact-retention.ts";
import { type ByProject, projectOf, tagByProject, UNWRITTEN_PROJECT } from "../../../../judge/facts/project.ts";
import { unlessKnown } from "../../../../judge/kit/health.ts";
import { decide, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { known } from "../../../../kernel/known.ts";

/** Everything that is looked up once for all archives. */
interface Around {
  readonly locks: ReturnType<typeof locksByBucket>;
  readonly tiers: ByProject;
  readonly keys: BucketKeys;
  readonly accesses: BucketAccesses;
}

/** Nobody shortens COMPLIANCE, the organisation's owner included; GOVERNANCE yields to whoever has the right. */
function judgeLock({ urn, lockable }: BucketVersionsFact, { locks }: Around): readonly Result[] {
  const about = { subject: urn, property: "lock", want: "COMPLIANCE" };
  const own = locks.of.get(urn) ?? [];
  const missing = locks.unclear === undefined ? fail(about, "none") : undecided(about, locks.unclear);
  return [
    decide({ subject: urn, property: lockable.property, want: true }, lockable.value, (on) => on === true),
    ...(own.length === 0 ? [missing] : []),
    ...own.flatMap((lock) => [
      decide({ ...about, property: lock.mode.property, path: [lock.urn] }, lock.mode.value, (m) => m === "COMPLIANCE"),
      decide(
        { ...about, property: lock.days.property, want: "at least 1", path: [lock.urn] },
        lock.days.value,
        (days) => (days ?? 0) >= 1,
      ),
    ]),
  ];
}

function judgeProject(urn: string, { tiers }: Around, estate: Estate): Result {
  const about = { subject: urn, property: "projectId", want: "a project of logs alone" };
  const resource = estate.resource(urn);
  const project = resource === undefined ? known(UNWRITTEN_PROJECT) : projectOf(resource, estate);
  if (!project.known) return undecided(about, project.from);
  if (project.value === UNWRITTEN_PROJECT) return fail(about, UNWRITTEN_PROJECT);
  const others = [...(tiers.of.get(project.value) ?? [])].filter((tier) => tier !== "log").sort();
  const path = [project.value];
  if (others.length > 0) return fail({ ...about, path }, `also tier ${others.map((t) => t || "not said").join(", ")}`);
  // What has no known project may stand in this one.
  return tiers.unclear.length === 0
    ? pass({ ...about, path }, "logs alone")
    : undecided(about, { property: about.property, suppliers: tiers.unclear.slice(0, 1) });
}

function judgeKey(urn: string, { keys }: Around, estate: Estate): Result {
  const about = { subject: urn, property: "serverSideEncryption", want: "a key of logs alone" };
  const own = keys.of(urn);
  if (!own.known) return undecided(about, own.from);
  const [first] = own.value;
  if (first === undefined || own.value.some(({ key }) => key === undefined)) return fail(about, "no key of its own");
  const shared = [...keys.all].filter(
    ([bucket, theirs]) =>
      bucket !== urn &&
      theirs.known &&
      theirs.value.some(({ key }) => own.value.some((mine) => mine.key === key)) &&
      !isLog(bucket, estate),
  );
  const path = [first.config, ...(first.key === undefined ? [] : [first.key])];
  const proof = own.value.some((key) => key.assumed) ? "assumed" : undefined;
  const [other] = shared;
  return other === undefined
    ? pass({ ...about, path, proof }, first.key)
    : fail({ ...about, path: [...path, other[0]], proof }, "a key that other data use too");
}

function isLog(urn: string, estate: Estate): boolean {
  const tier = tagAt(urn, estate, "tier");
  return tier.known && tier.value === "log";
}

/** Actions by which a record goes away, at once or later. */
const UNDOES = [
  "s3:BypassGovernanceRetention",
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:PutBucketPolicy",
  "s3:PutLifecycleConfiguration",
];

function judgeWriters(urn: string, { accesses }: Around): Result {
  const about = { subject: urn, property: "policy", want: "writers that can't delete" };
  const access = accesses.to(urn);
  if (!access.known) return undecided(about, access.from);
  if (access.value === undefined) return fail(about, "no policy: IAM alone, which can't tell buckets apart");
  const { policies, ground: proof, allows } = access.value;
  const writers = new Set(whoMay(access.value, "s3:PutObject"));
  const both = allows.filter((s) => UNDOES.some((action) => lets(s, action)));
  const bad = both
    .flatMap((s) => (s.inverted ? [ANYBODY] : s.principals))
    .filter((who) => writers.has(who) || who === ANYBODY || writers.has(ANYBODY));
  return bad.length === 0
    ? pass({ ...about, path: policies, proof }, [...writers])
    : fail({ ...about, path: policies, proof }, { writeAndDelete: [...new Set(bad)] });
}

function judgeArchive(fact: BucketVersionsFact, around: Around, estate: Estate): readonly Result[] {
  const tier = tagAt(fact.urn, estate, "tier");
  if (tier.known && tier.value !== "log") return [notApplicable(fact.urn, "lock", `tier ${tier.value ?? "not said"}`)];
  const results = [
    ...judgeLock(fact, around),
    judgeProject(fact.urn, around, estate),
    judgeKey(fact.urn, around, estate),
    judgeWriters(fact.urn, around),
  ];
  return tier.known ? results : unlessKnown(results, tier);
}

/** The audit trail's export must end in such an archive. */
function judgeExport(estate: Estate): readonly Result[] {
  return estate.facts("trail-export").map(({ urn, bucket }) => {
    const about = { subject: urn, property: bucket.property, want: "a bucket of tier log of this estate" };
    const link = estate.link(bucket, "bucket");
    if (link.kind === "unknown") return undecided(about, link.from);
    if (link.kind !== "found") return fail(about, link.kind === "outside" ? link.id : null);
    const proof = link.assumed ? "assumed" : undefined;
    return isLog(link.fact.urn, estate)
      ? pass({ ...about, path: [link.fact.urn], proof }, link.fact.urn)
      : fail({ ...about, path: [link.fact.urn], proof }, "a bucket of another tier");
  });
}

export const logArchivesAreImmutableAndApart = rule({
  id: "OBS-03",
  title:
    "log archives are locked in compliance mode, in a project and under a key of their own, and writers can't delete",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "JRN:R20",
    "JRN:R26",
    "JRN:R26+",
    "JRN:R27",
    "SNC:12.7.a",
    "SNC:12.7.c",
    "RCF:20.6",
    "IR:3.2.5",
    "CNILG:16.3",
    "ISO:A.5.33",
  ],
  rationale:
    "An intruder's next step is the log. Rights in Scaleway go by project and by key, so an archive beside the data falls with the " +
    "data's administrators; GOVERNANCE yields to a right, COMPLIANCE to nobody, not even to you: its days can't be shortened.",
  remedy:
    "Put log buckets (tag `tier=log`) in a project and under a key of their own, with a lock in COMPLIANCE mode, and a policy whose " +
    "writers have `s3:PutObject` and nothing that deletes.",
  judge: (estate) => {
    const around: Around = {
      locks: locksByBucket(estate),
      tiers: tagByProject(estate, "tier"),
      keys: bucketKeys(estate),
      accesses: bucketAccesses(estate),
    };
    return [
      ...estate.facts("bucket-versions").flatMap((fact) => judgeArchive(fact, around, estate)),
      ...judgeExport(estate),
    ];
  },
});
