import type { InstanceArgs as DatabaseArgs, ReadReplicaArgs } from "@pulumiverse/scaleway/databases/index.js";
import type { InstanceArgs as MongoArgs } from "@pulumiverse/scaleway/mongodb/index.js";
import { type Known, mapKnown } from "../../../kernel/known.ts";
import type { DatabaseCareFact } from "../fact-retention.ts";
import { type Decoder, decoder } from "./decoder.ts";

type Setting = DatabaseCareFact["settings"][number];

const setting = <T>(property: string, value: Known<T>, ok: (value: T) => boolean, want: unknown): Setting => ({
  property,
  value,
  ok: mapKnown(value, ok),
  want,
});

/** Days that backups stay: our own parameter, a week of holidays and a day to notice. */
const DAYS = 8;
const enough = (days: number | undefined): boolean => (days ?? 0) >= DAYS;

export const databaseDecoders: readonly Decoder[] = [
  decoder<DatabaseArgs>("scaleway:databases/instance:Instance", (read, { urn }) => [
    {
      kind: "database-care",
      urn,
      settings: [
        setting("disableBackup", read.flag("disableBackup"), (off) => off !== true, false),
        setting("backupScheduleRetention", read.count("backupScheduleRetention"), enough, `at least ${DAYS}`),
        setting("backupSameRegion", read.flag("backupSameRegion"), (same) => same === true, true),
        setting("isHaCluster", read.flag("isHaCluster"), (on) => on === true, true),
      ],
      encrypted: { property: "encryptionAtRest", value: mapKnown(read.flag("encryptionAtRest"), (on) => on === true) },
      needsReplica: true,
    },
  ]),
  decoder<ReadReplicaArgs>("scaleway:databases/readReplica:ReadReplica", (read, { urn }) => [
    {
      kind: "database-replica",
      urn,
      database: read.ref("instanceId"),
      sameZone: { property: "sameZone", value: read.flag("sameZone") },
    },
  ]),
  // Its snapshots stay in its region; three nodes are what the service calls a cluster.
  decoder<MongoArgs>("scaleway:mongodb/instance:Instance", (read, { urn }) => [
    {
      kind: "database-care",
      urn,
      settings: [
        setting("isSnapshotScheduleEnabled", read.flag("isSnapshotScheduleEnabled"), (on) => on === true, true),
        setting(
          "snapshotScheduleRetentionDays",
          read.count("snapshotScheduleRetentionDays"),
          enough,
          `at least ${DAYS}`,
        ),
        setting("nodeNumber", read.count("nodeNumber"), (nodes) => (nodes ?? 0) >= 3, "at least 3"),
      ],
      encrypted: undefined,
      needsReplica: false,
    },
  ]),
];
