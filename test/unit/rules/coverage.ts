import { type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagList, tagMap, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const care = {
  region: "fr-par",
  backupSameRegion: true,
  backupScheduleRetention: 30,
  isHaCluster: true,
  tags: tagList("health-pseudo", "data"),
};
export const database = (over: Record<string, RawValue> = {}) =>
  raw(T.database, "db", { ...care, ...over }, { id: "fr-par/db" });
export const replica = (sameZone: boolean | typeof UNKNOWN | undefined) =>
  raw(T.replica, "r", { instanceId: "fr-par/db", ...(sameZone === undefined ? {} : { sameZone }) });
const db = urnOf(T.database, "db");

export const dr05: RuleCases = {
  passing: [
    {
      name: "backups at home, two nodes, a replica elsewhere",
      resources: [database(), replica(false)],
      on: db,
      property: "replica",
    },
    {
      name: "a document store of three nodes",
      resources: [
        raw(T.mongo, "m", {
          nodeNumber: 3,
          isSnapshotScheduleEnabled: true,
          snapshotScheduleRetentionDays: 30,
          tags: tagList("health-pseudo", "data"),
        }),
      ],
      on: urnOf(T.mongo, "m"),
    },
  ],
  failing: [
    {
      name: "backups wherever they go",
      resources: [raw(T.database, "db", { isHaCluster: true, tags: tagList("health-pseudo", "data") })],
      on: db,
      property: "backupSameRegion",
      got: false,
    },
    {
      name: "no backups",
      resources: [database({ disableBackup: true })],
      on: db,
      property: "disableBackup",
      got: true,
    },
    {
      name: "a replica in the same building",
      resources: [database(), replica(undefined)],
      on: db,
      property: "replica",
      got: "one in the same zone",
    },
  ],
  undecided: [
    {
      name: "a replica whose place is not known",
      resources: [database(), replica(UNKNOWN)],
      on: db,
      property: "replica",
    },
  ],
  notApplicable: [
    {
      name: "a technical database",
      resources: [raw(T.database, "db", { tags: tagList("technical", "data") })],
      on: db,
    },
  ],
  mutations: [
    { of: "backups at home, two nodes, a replica elsewhere", on: db, property: "backupSameRegion", to: undefined },
    {
      of: "backups at home, two nodes, a replica elsewhere",
      on: urnOf(T.replica, "r"),
      property: "sameZone",
      to: undefined,
    },
  ],
};

const backup = raw(T.bucket, "b", { name: "cp", region: "fr-par", tags: tagMap("health-pseudo", "backup") });
const job = (restores: string | typeof UNKNOWN) =>
  raw(T.cronJob, "j", {
    metadata: { name: "restore-test", annotations: { "bastide.dev/restores": restores } },
    spec: { schedule: "0 3 * * 0" },
  });

export const dr07: RuleCases = {
  passing: [{ name: "a job that tries", resources: [backup, job("other cp")], on: backup.urn, proof: "declared" }],
  failing: [
    {
      name: "a backup that nobody restores",
      resources: [backup, job("other")],
      on: backup.urn,
      property: "restore test",
    },
  ],
  undecided: [
    { name: "a job for nobody knows what", resources: [backup, job(UNKNOWN)], on: backup.urn },
    {
      name: "a tier that is not known",
      resources: [raw(T.bucket, "b", { name: "cp", tags: UNKNOWN })],
      on: backup.urn,
    },
  ],
  notApplicable: [
    { name: "a bucket of data", resources: [raw(T.bucket, "b", { name: "cp", tags: tagMap() })], on: backup.urn },
  ],
  mutations: [
    {
      of: "a job that tries",
      on: urnOf(T.cronJob, "j"),
      property: "metadata.annotations",
      to: { "bastide.dev/restores": "other" },
    },
  ],
};

const store = raw(T.bucket, "b", { name: "b", region: "fr-par", tags: tagMap("health-pseudo", "backup") });
const covered = [
  store,
  raw(T.source, "s", { region: "fr-par", type: "logs", retentionDays: 365 }),
  raw(T.key, "k", { region: "fr-par" }, { id: "fr-par/6170" }),
  raw(T.encryption, "e", {
    bucket: "b",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "6170" } }],
  }),
  raw(T.bucketPolicy, "p", { bucket: "b", policy: '{"Version":"2023-04-17","Statement":[]}' }),
];

export const g06: RuleCases = {
  passing: [{ name: "a store with everything", resources: covered, on: store.urn, property: "coverage" }],
  failing: [
    {
      name: "an orphan",
      resources: [raw(T.bucket, "b", { name: "b", region: "fr-par", tags: { "data-class": "health-pseudo" } })],
      on: store.urn,
      property: "coverage",
      got: { without: ["owner", "log source", "encryption", "policy", "backup"] },
    },
    {
      name: "a database on open disks",
      resources: [database({ privateNetwork: { pnId: "n" } })],
      on: db,
      property: "coverage",
      got: { without: ["log source", "encryption", "backup"] },
    },
  ],
  undecided: [
    {
      name: "a key that is not known",
      resources: [...covered.slice(0, 3), raw(T.encryption, "e", { bucket: "b", rules: UNKNOWN }), ...covered.slice(4)],
      on: store.urn,
    },
  ],
  notApplicable: [{ name: "a technical bucket", resources: [raw(T.bucket, "b", { tags: tagMap() })], on: store.urn }],
  mutations: [
    { of: "a store with everything", on: urnOf(T.bucketPolicy, "p"), property: "bucket", to: "x" },
    { of: "a store with everything", on: urnOf(T.source, "s"), property: "type", to: "metrics" },
    { of: "a store with everything", on: store.urn, property: "tags.owner", to: "" },
  ],
};
