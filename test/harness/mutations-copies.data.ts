import { SECRET, UNKNOWN } from "../../judge/facts/raw.ts";
import type { EstateMutation, Target } from "./mutations.ts";
import { tagList, tagMap } from "./raw.ts";
import { T } from "./types.ts";

/** Copies, keys of each purpose, customer-side encryption and where secrets come from: mutations of the rehearsal estate, by rule. */
const par = { region: "fr-par" };
const source: Target = [T.bucket, "domain-snds-base-tables"];
const backup: Target = [T.bucket, "domain-snds-base-backup"];
const backupPolicy: Target = [T.bucketPolicy, "domain-snds-base-backup-policy"];
const sourcePolicy: Target = [T.bucketPolicy, "domain-snds-base-tables-policy"];
const backupEncryption: Target = [T.encryption, "domain-snds-base-backup-encryption"];

const policyOf = (Action: readonly string[]): string =>
  JSON.stringify({
    Version: "2023-04-17",
    Statement: [{ Effect: "Allow", Principal: { SCW: "application_id:w" }, Action, Resource: ["b/*"] }],
  });
const onCopy = (name: string, set: NonNullable<EstateMutation["set"]>): EstateMutation => ({
  name,
  on: backup,
  set,
  blames: source,
});
const server = (name: string, inputs: NonNullable<EstateMutation["add"]>["inputs"]): EstateMutation => ({
  name,
  add: {
    type: T.server,
    inputs: { zone: "fr-par-1", type: "POP2-2C-8G", tags: tagList("technical", "admin"), ...inputs },
  },
});
const database = (name: string, inputs: NonNullable<EstateMutation["add"]>["inputs"]): EstateMutation => ({
  name,
  add: {
    type: T.database,
    inputs: { ...par, nodeType: "DB-DEV-S", tags: tagList("health-pseudo", "data"), ...inputs },
  },
});

export const COPIES_MUTATIONS = {
  "DR-02": [
    { name: "no copy", on: backup, drop: true, blames: source },
    onCopy("a copy that gives up its tier", { "tags.tier": "data" }),
    onCopy("the copy of another domain", { "tags.domain": "elsewhere" }),
    onCopy("a copy without objective", { "tags.rpo-minutes": undefined }),
    onCopy("an objective that is no number", { "tags.rto-minutes": "soon" }),
    onCopy("a copy in no project of its own", { projectId: undefined }),
    { ...onCopy("a copy in the same region", { region: "fr-par" }), madeIn: "fr-par" },
    { ...onCopy("a copy outside the profile", { region: "nl-ams" }), madeIn: "nl-ams" },
    {
      name: "nobody who carries it over",
      on: backupPolicy,
      set: { policy: policyOf(["s3:GetObject"]) },
      blames: source,
    },
    {
      name: "a carrier who reads nothing",
      on: sourcePolicy,
      set: { policy: policyOf(["s3:PutObject"]) },
      blames: source,
    },
    { name: "a carrier nobody knows", on: backupPolicy, set: { policy: SECRET }, blames: source },
    { name: "a copy under no key", on: backupEncryption, drop: true, blames: source },
    database("a database that nothing copies", {}),
    database("a database copied to nowhere", {
      tags: [...tagList("health-pseudo", "data"), "backup-bucket=elsewhere"],
    }),
  ],
  G3: [
    { name: "no copy", on: backup, drop: true, blames: source },
    { ...onCopy("a copy in the same region", { region: "fr-par" }), madeIn: "fr-par" },
    { ...onCopy("a copy in another country", { region: "nl-ams" }), madeIn: "nl-ams" },
    { name: "a copy under no key", on: backupEncryption, drop: true, blames: source },
    { name: "a carrier nobody knows", on: backupPolicy, set: { policy: SECRET }, blames: source },
  ],
  "KEY-04": [
    {
      name: "logs under the key of data",
      on: [T.bucket, "domain-snds-base-landing"],
      set: { "tags.tier": "log" },
      blames: [T.bastideKey, "keys-fr-par-snds-base-data"],
    },
    {
      name: "a backup under the key of data",
      on: [T.bucket, "domain-snds-base-landing"],
      set: { "tags.tier": "backup" },
      blames: [T.bastideKey, "keys-fr-par-snds-base-data"],
    },
    {
      name: "two permits under one key",
      on: [T.bucket, "domain-snds-base-landing"],
      set: { "tags.permit": "DR-2026-0001" },
      blames: [T.bastideKey, "keys-fr-par-snds-base-data"],
    },
    {
      name: "a bucket whose purpose is unknown",
      on: [T.bucket, "domain-snds-base-landing"],
      set: { tags: UNKNOWN },
      blames: [T.bastideKey, "keys-fr-par-snds-base-data"],
    },
    { name: "a key that is unknown", on: backupEncryption, set: { rules: UNKNOWN }, blames: backup },
  ],
  "KEY-07": [
    database("a password in the program", { password: "correct-horse" }),
    database("a secret password from the configuration", { password: SECRET }),
    database("a write-only password in the program", { passwordWo: "correct-horse" }),
    database("a password from nobody knows where", { password: UNKNOWN }),
    {
      name: "key material in the program",
      add: { type: "scaleway:keymanager/keyMaterial:KeyMaterial", inputs: { keyId: "k", keyMaterial: SECRET } },
    },
    {
      name: "a secret's content in the program",
      add: { type: T.secretVersion, inputs: { secretId: "s", data: "correct-horse" } },
    },
    server("a private key in the user data", { cloudInit: "x\n-----BEGIN OPENSSH PRIVATE KEY-----\nx" }),
    server("a Scaleway secret in the user data", {
      cloudInit: "export SCW_SECRET_KEY=11111111-2222-4333-8444-555555555555",
    }),
    server("a password in the user data", { userData: { "cloud-init": "#cloud-config\npassword: hunter22" } }),
    {
      name: "a password in a container's environment",
      add: {
        type: T.container,
        inputs: {
          namespaceId: "n",
          ...par,
          privacy: "private",
          tags: tagList(),
          environmentVariables: { DB_PASSWORD: "x" },
        },
      },
    },
  ],
  "KEY-02": [
    { name: "no manner", on: source, set: { "tags.customer-encryption": undefined } },
    { name: "a manner of the provider's", on: source, set: { "tags.customer-encryption": "aws:kms" } },
    { name: "nobody who encrypts", on: source, set: { "tags.encrypted-by": undefined } },
    { name: "blanks who encrypt", on: source, set: { "tags.encrypted-by": "  " } },
    { name: "another who encrypts", on: source, set: { "tags.encrypted-by": "identity-app-ingest" } },
    {
      name: "somebody who writes without",
      on: sourcePolicy,
      set: { policy: policyOf(["s3:PutObject"]) },
      blames: source,
    },
    {
      name: "everybody who writes without",
      on: sourcePolicy,
      set: { policy: policyOf(["s3:Put*"]).replace('"SCW":"application_id:w"', '"SCW":"*"') },
      blames: source,
    },
    { name: "a backup of nobody knows what", on: backup, set: { "tags.customer-encryption": undefined } },
    {
      name: "an object in clear",
      add: { type: T.item, inputs: { bucket: "bastide-rehearsal-domain-pmsi-tables", key: "k", content: "x", ...par } },
    },
    {
      name: "a bucket of health data from somebody else",
      add: { type: T.bucket, inputs: { name: "m", ...par, tags: tagMap("health-pseudo") } },
    },
  ],
} as const satisfies Readonly<Record<string, readonly EstateMutation[]>>;
