import type { Estate } from "../../../../judge/facts/estate.ts";
import type { DatabaseCareFact } from "../../../../judge/facts/fact-retention.ts";
import { whereHealth } from "../../../../judge/kit/health.ts";
import { decide, fail, groundOf, type Result, undecided, weakest } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { mapKnown, type Origin } from "../../../../kernel/known.ts";

/** The nodes of a highly available database share one datacentre; a replica stands beside them unless told otherwise. */
function judgeReplica({ urn }: DatabaseCareFact, estate: Estate): Result {
  const about = { subject: urn, property: "replica", want: "a databases.ReadReplica with sameZone: false" };
  let unclear: Origin | undefined;
  let near: string | undefined;
  for (const replica of estate.facts("database-replica")) {
    const link = estate.link(replica.database, "database-care");
    if (link.kind === "unknown") unclear ??= link.from;
    if (link.kind !== "found" || link.fact.urn !== urn) continue;
    const { value } = replica.sameZone;
    if (!value.known) unclear ??= value.from;
    else if (value.value === false) {
      const proof = weakest(undefined, groundOf(link));
      return decide({ ...about, path: [replica.urn], proof }, value, (same) => same === false);
    } else near = replica.urn;
  }
  if (unclear !== undefined) return undecided(about, unclear);
  return fail(
    { ...about, path: near === undefined ? [] : [near] },
    near === undefined ? "none" : "one in the same zone",
  );
}

const judgeSettings = ({ urn, settings }: DatabaseCareFact): readonly Result[] =>
  settings.map(({ property, value, ok, want }) =>
    decide(
      { subject: urn, property, want },
      ok,
      (good) => good,
      mapKnown(value, (it) => it ?? null),
    ),
  );

export const databasesComeThroughLoss = rule({
  id: "DR-05",
  title:
    "databases with health data keep backups in their region, run on several nodes and have a replica in another zone",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:12.5.a", "SNC:12.5.d", "HDS:28", "IR:4.2.1", "ISO:A.8.13", "ISO:A.8.14"],
  rationale:
    "Backups of a managed database leave its region unless `backupSameRegion` says otherwise, and where they go is not documented: for " +
    "health data that is a question of law, not of taste. High availability is two nodes in one datacentre, and a replica's `sameZone` " +
    "is true by default. Where the backups really lie is for an attestation.",
  remedy:
    "Set `backupSameRegion: true`, `backupScheduleRetention: 8` or more, `isHaCluster: true`, and add a `databases.ReadReplica` with " +
    "`sameZone: false`; for MongoDB a snapshot schedule and three nodes.",
  judge: (estate) =>
    estate
      .facts("database-care")
      .flatMap((fact) =>
        whereHealth(fact.urn, "backup", estate, () => [
          ...judgeSettings(fact),
          ...(fact.needsReplica ? [judgeReplica(fact, estate)] : []),
        ]),
      ),
});
