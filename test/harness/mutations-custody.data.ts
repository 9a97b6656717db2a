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
const bastion: Target = [T.gateway, "bastion-fr-par-gateway"];
const logs: Target = [T.source, "observability-fr-par-logs"];
const alerts: Target = [T.alerts, "observability-fr-par-alerts"];
const bucket2: Target = [T.bucket, "domain-snds-base-tables"];
const archive: Target = [T.bucket, "observability-fr-par-sessions"];
const archivePolicy: Target = [T.bucketPolicy, "observability-fr-par-sessions-policy"];
const logLock: Target = [T.bucketLock, "observability-fr-par-sessions-lock"];
const pool: Target = [T.pool, "cluster-fr-par-general-1"];
const pool3: Target = [T.pool, "cluster-fr-par-general-3"];
const policyOf = (Action: readonly string[]): string =>
  JSON.stringify({
    Version: "2023-04-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { SCW: "application_id:w" },
        Action,
        Resource: ["bastide-rehearsal-observability-fr-par-sessions/*"],
      },
    ],
  });
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

const moved = (on: Target, zone = "fr-par-2") => ({ on, set: { zone }, madeIn: zone });
const lone = (name: string, tags: readonly string[], zone: string | typeof UNKNOWN = "fr-par-1"): EstateMutation => ({
  name,
  add: { type: T.server, inputs: { zone, type: "POP2-2C-8G", tags } },
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
  "IAM-08": [
    { name: "an entrance for everybody", on: bastion, set: { allowedIpRanges: ["0.0.0.0/0"] } },
    {
      name: "an entrance for both halves of everybody",
      on: bastion,
      set: { allowedIpRanges: ["0.0.0.0/1", "128.0.0.0/1"] },
    },
    { name: "an entrance without ranges", on: bastion, set: { allowedIpRanges: undefined } },
    { name: "an entrance with an empty list", on: bastion, set: { allowedIpRanges: [] } },
    { name: "somebody else's range", on: bastion, set: { allowedIpRanges: ["203.0.113.0/28"] } },
    { name: "ranges that are secret", on: bastion, set: { allowedIpRanges: SECRET } },
    {
      name: "a bastion on the gateway of the nodes",
      on: [T.gateway, "egress-fr-par-gateway"],
      set: { bastionEnabled: true, allowedIpRanges: ["192.0.2.0/27"] },
      blames: [T.attachment, "egress-fr-par-gateway-compute"],
    },
    {
      name: "a port mapped to SSH",
      add: { type: T.patRule, inputs: { gatewayId: "g", privateIp: "10.0.0.5", privatePort: 22, publicPort: 2222 } },
    },
    {
      name: "SSH of a group from one address",
      on: [T.group, "cluster-fr-par-sg-1"],
      set: { inboundRules: [{ action: "accept", protocol: "TCP", port: 22, ipRange: "192.0.2.1/32" }] },
    },
    {
      name: "SSH within a range of ports",
      on: [T.group, "cluster-fr-par-sg-1"],
      set: { inboundRules: [{ action: "accept", protocol: "ANY", portRange: "20-30", ipRange: "192.0.2.1/32" }] },
    },
    { name: "one key in two hands", on: sshKey, copy: true },
  ],
  "OBS-02": [
    { name: "no source of logs", on: logs, drop: true, blames: bucket2 },
    { name: "a source of metrics instead", on: logs, set: { type: "metrics" }, blames: bucket2 },
    { name: "a source whose kind is unknown", on: logs, set: { type: UNKNOWN }, blames: cluster },
    { name: "alerts that nobody gets", on: alerts, set: { contactPoints: [] }, blames: cluster },
    { name: "no alert", on: alerts, drop: true, blames: bastion },
    { name: "alerts to somebody unknown", on: alerts, set: { contactPoints: UNKNOWN }, blames: cluster },
    { name: "no audit trail", on: [T.exportJob, "observability-fr-par-export"], drop: true, blames: bucket2 },
    {
      name: "a frontend that writes nothing down",
      add: { type: T.frontend, inputs: { lbId: "l", backendId: "b", inboundPort: 443 } },
    },
    {
      name: "a health bucket in a region that nobody watches",
      add: { type: T.bucket, inputs: { name: "m", region: "nl-ams", tags: tagMap("health-pseudo") } },
    },
  ],
  "OBS-03": [
    { name: "no lock", on: logLock, drop: true, blames: archive },
    { name: "a lock that yields", on: logLock, set: { "rule.defaultRetention.mode": "GOVERNANCE" }, blames: archive },
    { name: "a lock of no days", on: logLock, set: { "rule.defaultRetention.days": 0 }, blames: archive },
    { name: "an archive that can't be locked", on: archive, set: { objectLockEnabled: false } },
    { name: "an archive in the project that says nothing", on: archive, set: { projectId: undefined } },
    { name: "a policy for another bucket", on: archivePolicy, set: { bucket: "elsewhere" }, blames: archive },
    { name: "no key", on: [T.encryption, "observability-fr-par-sessions-encryption"], drop: true, blames: archive },
    {
      name: "a writer that deletes",
      on: archivePolicy,
      set: { policy: policyOf(["s3:PutObject", "s3:DeleteObject"]) },
      blames: archive,
    },
    {
      name: "a writer that may do everything",
      on: archivePolicy,
      set: { policy: policyOf(["s3:*"]) },
      blames: archive,
    },
    {
      name: "a writer that ends the time of its records",
      on: archivePolicy,
      set: { policy: policyOf(["s3:PutObject", "s3:PutLifecycleConfiguration"]) },
      blames: archive,
    },
    {
      name: "an export into a bucket of data",
      on: [T.exportJob, "observability-fr-par-export"],
      set: { "s3.bucket": "bastide-rehearsal-domain-snds-base-tables" },
    },
    {
      name: "an export into a bucket of somebody's",
      on: [T.exportJob, "observability-fr-par-export"],
      set: { "s3.bucket": "elsewhere" },
    },
    {
      name: "data in the project of the logs",
      add: { type: T.bucket, inputs: { name: "m", ...par, tags: tagMap("technical", "log") } },
    },
  ],
  "DR-01": [
    { name: "every pool in one zone", ...moved(pool), and: [moved(pool3)], blames: cluster },
    {
      name: "pools without nodes",
      on: pool,
      set: { size: 0 },
      and: [{ on: pool3, set: { size: 0 } }],
      blames: cluster,
    },
    {
      name: "nodes whose number is unknown",
      on: pool,
      set: { size: UNKNOWN },
      and: [{ on: pool3, set: { size: UNKNOWN } }],
      blames: cluster,
    },
    lone("a lone server of the data tier", tagList("technical", "data")),
    lone("a lone server of no tier", ["owner=o"]),
    {
      name: "a lone Redis",
      add: { type: T.redis, inputs: { zone: "fr-par-1", tags: tagList("technical", "compute") } },
    },
  ],
  G10: [
    { name: "every pool in one zone", ...moved(pool), and: [moved(pool3)], blames: "stack" },
    { name: "the other zone outside the profile", ...moved(pool), and: [moved(pool3, "nl-ams-1")], blames: "stack" },
    { ...lone("a lone server of the data tier", tagList("technical", "data")), blames: "stack" },
    { ...lone("a lone server in a zone that is unknown", tagList("technical", "data"), UNKNOWN), blames: "stack" },
  ],
} as const satisfies Readonly<Record<string, readonly EstateMutation[]>>;
