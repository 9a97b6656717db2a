import { locksByBucket } from "../../../../judge/facts/bucket-locks.ts";
import { tagAt } from "../../../../judge/facts/classification.ts";
import type { BucketLockFact, BucketVersionsFact } from "../../../../judge/facts/fact-retention.ts";
import { unlessKnown, whereHealth } from "../../../../judge/kit/health.ts";
import { decide, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import type { Known } from "../../../../kernel/known.ts";

const MODES: readonly (string | undefined)[] = ["GOVERNANCE", "COMPLIANCE"];

/** Object lock works on versions only, and the store switches them on with it. */
export function judgeVersions({ urn, versioning, lockable }: BucketVersionsFact): Result {
  const about = { subject: urn, property: versioning.property, want: true };
  const suspended = versioning.value.known && versioning.value.value === false;
  if (!suspended && lockable.value.known && lockable.value.value === true) return pass(about, "by object lock");
  return decide(about, versioning.value, (on) => on === true);
}

const judgeLock = (bucket: string, { urn, mode, days }: BucketLockFact): readonly Result[] => [
  decide({ subject: bucket, property: mode.property, want: MODES, path: [urn] }, mode.value, (it) =>
    MODES.includes(it),
  ),
  decide(
    { subject: bucket, property: days.property, want: "at least 1", path: [urn] },
    days.value,
    (n) => (n ?? 0) >= 1,
  ),
];

/** Backups are locked by default, so that whoever takes the writer's key can't take the backups with it. */
function judgeBackup(
  { urn, lockable }: BucketVersionsFact,
  tier: Known<string | undefined>,
  locks: ReturnType<typeof locksByBucket>,
): readonly Result[] {
  if (tier.known && tier.value !== "backup") return [notApplicable(urn, "lock", `tier ${tier.value ?? "not said"}`)];
  const about = { subject: urn, property: "lock", want: "an object.BucketLockConfiguration" };
  const own = locks.of.get(urn) ?? [];
  const missing = locks.unclear === undefined ? fail(about, "none") : undecided(about, locks.unclear);
  const results = [
    decide({ subject: urn, property: lockable.property, want: true }, lockable.value, (on) => on === true),
    ...(own.length === 0 ? [missing] : own.flatMap((lock) => judgeLock(urn, lock))),
  ];
  return tier.known ? results : unlessKnown(results, tier);
}

export const healthBucketsKeepVersionsAndBackupsAreLocked = rule({
  id: "DR-04",
  title: "health and backup buckets keep versions, and backups are locked",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["RCF:13.3", "IR:4.2.2.d", "SNC:12.5.b", "ISO:A.8.13", "CNILG:17.2"],
  rationale:
    "Ransomware overwrites first and deletes backups next. Versions bring the overwritten object back; a lock keeps the backup from " +
    "being deleted with the key of the job that wrote it. Object lock can only be asked for when the bucket is made.",
  remedy:
    "Set `versioning: { enabled: true }`; for backups make the bucket with `objectLockEnabled: true` and add an " +
    "`object.BucketLockConfiguration` with a mode and days.",
  judge: (estate) => {
    const locks = locksByBucket(estate);
    return estate.facts("bucket-versions").flatMap((fact) => {
      const tier = tagAt(fact.urn, estate, "tier");
      const versions = (): readonly Result[] => [judgeVersions(fact)];
      const isBackup = tier.known && tier.value === "backup";
      return [
        ...(isBackup ? versions() : whereHealth(fact.urn, fact.versioning.property, estate, versions)),
        ...judgeBackup(fact, tier, locks),
      ];
    });
  },
});
