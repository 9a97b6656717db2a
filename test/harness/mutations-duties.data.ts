import { SECRET, UNKNOWN } from "../../judge/facts/raw.ts";
import type { EstateMutation, Target } from "./mutations.ts";
import { tagList, tagMap } from "./raw.ts";
import { T } from "./types.ts";

/** Duties apart, databases, restores and coverage: mutations of the rehearsal estate, by rule. */
const par = { region: "fr-par" };
const auditors: Target = [T.policy, "identity-policy-auditors"];
const custodians: Target = [T.policy, "identity-policy-key-custodians"];
const broker: Target = [T.policy, "identity-policy-broker"];
const brokerApp: Target = [T.application, "identity-app-broker"];
const source: Target = [T.bucket, "domain-snds-base-tables"];

const sets = (name: string, on: Target, ...permissionSetNames: readonly string[]): EstateMutation => ({
  name,
  on,
  set: { rules: [{ permissionSetNames, projectIds: ["elsewhere"] }] },
});
const RDB = {
  ...par,
  nodeType: "DB-DEV-S",
  backupSameRegion: true,
  backupScheduleRetention: 30,
  isHaCluster: true,
  tags: tagList("health-pseudo", "data"),
};
const database = (name: string, over: NonNullable<EstateMutation["add"]>["inputs"]): EstateMutation => ({
  name,
  add: { type: T.database, inputs: { ...RDB, ...over } },
});
const store = (name: string, tags: NonNullable<EstateMutation["add"]>["inputs"]): EstateMutation => ({
  name,
  add: { type: T.bucket, inputs: { name: "m", ...par, tags } },
});

export const DUTIES_MUTATIONS = {
  "IAM-04": [
    sets("keys and data", auditors, "KeyManagerKeyWrite", "KeyManagerKeyDecrypt"),
    sets("keys and the customers' secrets", auditors, "KeyManagerKeyDelete", "SecretManagerSecretAccess"),
    sets("rights and data", auditors, "IAMPolicyManager", "ObjectStorageReadOnly"),
    sets("logs and administration", auditors, "ObjectStorageObjectsDelete", "KubernetesFullAccess"),
    sets("everything", auditors, "AllProductsFullAccess"),
    {
      name: "keys and data in rules apart",
      on: auditors,
      set: {
        rules: [
          { permissionSetNames: ["KeyManagerKeyWrite"], projectIds: ["elsewhere"] },
          { permissionSetNames: ["KeyManagerKeyDecrypt"], organizationId: "o" },
        ],
      },
    },
    { name: "sets that are secret", on: auditors, set: { rules: SECRET } },
    {
      name: "a health bucket without policy, beside the deployer's keys",
      on: [T.bucketPolicy, "domain-snds-base-tables-policy"],
      drop: true,
      blames: [T.policy, "identity-policy-deployer"],
    },
  ],
  G5: [
    { ...sets("a workload that also keeps keys", broker, "KeyManagerKeyWrite"), blames: brokerApp },
    { ...sets("a workload that also grants", broker, "IAMPolicyManager"), blames: brokerApp },
    {
      name: "both duties for an application of another stack",
      add: {
        type: T.policy,
        inputs: { applicationId: "x", rules: [{ permissionSetNames: ["KeyManagerKeyWrite", "KeyManagerKeyDecrypt"] }] },
      },
    },
    {
      ...sets("two groups that one person may be in", auditors, "KeyManagerKeyDecrypt"),
      blames: [T.iamGroup, "identity-group-auditors"],
    },
    { name: "custodians whose rights are unknown", on: custodians, set: { rules: UNKNOWN }, blames: "stack" },
    {
      name: "who hands out approves",
      on: [T.bucket, "domain-snds-base-tables"],
      set: { "tags.tier": "export" },
      blames: brokerApp,
    },
  ],
  "DR-05": [
    database("no replica", {}),
    database("no backups", { disableBackup: true }),
    database("backups wherever they go", { backupSameRegion: false }),
    database("backups for a day", { backupScheduleRetention: 1 }),
    database("one node", { isHaCluster: false }),
    database("a choice that is unknown", { isHaCluster: UNKNOWN }),
    {
      name: "a document store without snapshots",
      add: { type: T.mongo, inputs: { ...par, nodeNumber: 3, tags: tagList("health-pseudo", "data") } },
    },
  ],
  "DR-07": [
    { name: "a bucket that becomes a backup", on: source, set: { "tags.tier": "backup" } },
    store("a further backup", tagMap("health-pseudo", "backup")),
    store("a technical backup", tagMap("technical", "backup")),
    {
      name: "a backup whose name is unknown",
      add: { type: T.bucket, inputs: { name: UNKNOWN, ...par, tags: tagMap("technical", "backup") } },
    },
  ],
  G6: [
    store("a bucket beside the components", tagMap("health-pseudo")),
    store("a bucket that nobody classed", {}),
    { name: "nobody's bucket", on: source, set: { "tags.owner": undefined } },
    {
      name: "a bucket without key",
      on: [T.encryption, "domain-snds-base-tables-encryption"],
      drop: true,
      blames: source,
    },
    {
      name: "a bucket without policy",
      on: [T.bucketPolicy, "domain-snds-base-tables-policy"],
      drop: true,
      blames: source,
    },
    { name: "a bucket without copy", on: [T.bucket, "domain-snds-base-backup"], drop: true, blames: source },
    { name: "a region without logs", on: [T.source, "observability-fr-par-logs"], drop: true, blames: source },
    database("a database on open disks", {}),
  ],
} as const satisfies Readonly<Record<string, readonly EstateMutation[]>>;
