import { SECRET, UNKNOWN } from "../../judge/facts/raw.ts";
import type { EstateMutation, Target } from "./mutations.ts";
import { tagList, tagMap } from "./raw.ts";
import { T } from "./types.ts";

/** Keys, credentials, logs and continuity: mutations of the rehearsal estate, by rule. */
const key: Target = [T.bastideKey, "keys-fr-par-snds-base-data"];
const bucket: Target = [T.bucket, "domain-pmsi-tables"];
const landing: Target = [T.bucket, "domain-snds-base-landing"];
const backup: Target = [T.bucket, "domain-snds-base-backup"];
const backupLock: Target = [T.bucketLock, "domain-snds-base-backup-lock"];
const cluster: Target = [T.cluster, "cluster-fr-par"];
const sshKey: Target = [T.sshKey, "identity-ssh-operator-one"];
const apiKey: Target = [T.apiKey, "identity-key-ingest-a"];
const par = { region: "fr-par" };

export const WEAK_SSH_KEY =
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC+pkBKekZWzWcU0cS1xqzx5/8NfOenFV3m+DHA4lJBlF4M4S55SmliZqPe650pgXnUKKEE8CnqP3G39dnct/miNAy0BWI2km8LXMalqFneiCvw1gtBLHXbqW0vRdHSWkIqnAUGaG7QaiG5mzXRWPOZn4LVGZNGaqj8bsZDTbEW9Q==";

const rotation = (name: string, rotationPeriod: string | typeof UNKNOWN): EstateMutation => ({
  name,
  on: key,
  set: { rotationPolicy: { rotationPeriod } },
});
const expiry = (name: string, expiresAt: string | typeof UNKNOWN | undefined): EstateMutation => ({
  name,
  on: apiKey,
  set: { expiresAt },
});
const user = (name: string, type: string, inputs: Record<string, string>): EstateMutation => ({
  name,
  add: { type, inputs: { tags: tagList(), ...inputs } },
});

export const CUSTODY_MUTATIONS = {
  "KEY-05": [
    { name: "no rotation", on: key, set: { rotationPolicy: undefined } },
    rotation("a rotation each year", "8760h"),
    rotation("an hour too much", "2161h"),
    rotation("an hour too much, in minutes", "129660m"),
    rotation("a rotation in days, which Go does not know", "90d"),
    rotation("an unknown rotation", UNKNOWN),
    { name: "an algorithm of nobody's", on: key, set: { algorithm: "aes_128_gcm" } },
    { name: "an algorithm in capitals", on: key, set: { algorithm: "AES_256_GCM" } },
    { name: "a secret algorithm", on: key, set: { algorithm: SECRET } },
    { name: "a short RSA key", on: key, set: { algorithm: "rsa_oaep_2048_sha256", usage: "asymmetric_encryption" } },
    { name: "a short SSH key", on: sshKey, set: { publicKey: WEAK_SSH_KEY } },
    { name: "a DSA key", on: sshKey, set: { publicKey: "ssh-dss AAAAB3NzaC1kc3MAAAAB" } },
    {
      name: "a key whose line says another kind",
      on: sshKey,
      set: { publicKey: WEAK_SSH_KEY.replace("ssh-rsa", "ssh-ed25519") },
    },
  ],
  "KEY-06": [
    { name: "a key without guard", on: key, set: { unprotected: true } },
    { name: "a key without guard, in text", on: key, set: { unprotected: "true" } },
    { name: "a key that the engine may delete", on: key, unprotected: true },
    { name: "a bucket that goes with its content", on: bucket, set: { forceDestroy: true } },
    { name: "a bucket that the engine may delete", on: bucket, unprotected: true },
    { name: "a cluster that takes its volumes along", on: cluster, set: { deleteAdditionalResources: true } },
    { name: "a cluster of which that is unknown", on: cluster, set: { deleteAdditionalResources: UNKNOWN } },
    { name: "a secret without guard", on: [T.secret, "secrets-fr-par-ingest-a"], set: { protected: undefined } },
    {
      name: "a database that nothing guards",
      add: { type: T.database, inputs: { ...par, nodeType: "DB-DEV-S", tags: tagList("health-pseudo", "data") } },
    },
    {
      name: "a disk of health data",
      add: { type: T.volume, inputs: { zone: "fr-par-1", iops: 5000, tags: tagList("health-pseudo", "data") } },
    },
  ],
  "IAM-02": [
    {
      name: "a grant to a person",
      on: [T.policy, "identity-policy-auditors"],
      set: { groupId: undefined, userId: "u" },
    },
    {
      name: "a grant to somebody unknown",
      on: [T.policy, "identity-policy-auditors"],
      set: { groupId: undefined, userId: UNKNOWN },
    },
    user("a person made here", T.user, { email: "a@b.example", username: "a" }),
    user("a password account of the dashboards", T.grafanaUser, { login: "a", role: "viewer" }),
    { name: "an issuer without TLS", on: cluster, set: { openIdConnectConfig: { issuerUrl: "http://idp.example" } } },
  ],
  "IAM-03": [
    expiry("no end", undefined),
    expiry("an end that is unknown", UNKNOWN),
    expiry("an end in ten years", "2036-11-23T12:00:00Z"),
    expiry("an end in a form that nobody reads alike", "23/11/2026"),
    expiry("an end that is none", "never"),
    { name: "a person's key", on: apiKey, set: { applicationId: undefined, userId: "u" } },
    { name: "a person's key beside an application", on: apiKey, set: { userId: "u" } },
    { name: "nobody's key", on: apiKey, set: { applicationId: undefined } },
  ],
  "DR-04": [
    { name: "no versions", on: bucket, set: { versioning: undefined } },
    { name: "versions off", on: bucket, set: { versioning: { enabled: false } } },
    { name: "versions unknown", on: bucket, set: { versioning: UNKNOWN } },
    { name: "neither versions nor lock", on: landing, set: { versioning: undefined, objectLockEnabled: false } },
    { name: "a backup without lock", on: backupLock, drop: true, blames: backup },
    { name: "a backup that can't be locked", on: backup, set: { objectLockEnabled: undefined } },
    { name: "the lock of another bucket", on: backupLock, set: { bucket: "elsewhere" }, blames: backup },
    {
      name: "a lock without time",
      on: backupLock,
      set: { rule: { defaultRetention: { mode: "GOVERNANCE" } } },
      blames: backup,
    },
    {
      name: "a lock of no mode",
      on: backupLock,
      set: { rule: { defaultRetention: { mode: "governance", days: 30 } } },
      blames: backup,
    },
    {
      name: "a technical backup without versions",
      add: { type: T.bucket, inputs: { name: "m", ...par, tags: tagMap("technical", "backup") } },
    },
  ],
} as const satisfies Readonly<Record<string, readonly EstateMutation[]>>;
