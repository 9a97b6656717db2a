import type { RuleId } from "../../policy-packs/bastide/rules/ids.ts";
import { type EstateMutation, refTo, type Target } from "./mutations.ts";
import { T } from "./types.ts";

/** What a walk over every field of an applied state let pass: each weakens one thing that has no resource of its own. */
const vaultKey: Target = [T.bastideKey, "keys-fr-par-pseudo-vault-data"];
const backup: Target = [T.bucket, "domain-cancer-registry-backup"];
const landing: Target = [T.bucket, "domain-pseudo-vault-landing"];
const backupNetwork: Target = [T.network, "network-fr-par-backup"];
const logNetwork: Target = [T.network, "network-fr-par-log"];
const adminHost: Target = [T.server, "bastion-fr-par-admin-host"];
const pat: Target = [T.patRule, "link-fr-par-fr-second-fr-par-pat"];
const vault: Target = [T.policy, "identity-policy-vault"];
const catalogPassword: Target = [T.randomPassword, "secrets-fr-par-platform-catalog-value"];
const customerKey: Target = [T.randomBytes, "secrets-fr-par-customer-cancer-registry-value"];
const stateBucket: Target = [T.bucket, "bootstrap-state"];
const stateEncryption: Target = [T.encryption, "bootstrap-state-encryption"];
const statePolicy: Target = [T.bucketPolicy, "bootstrap-state-policy"];
const auditor: Target = [T.policy, "identity-policy-auditor"];

export const WEAKENED_MUTATIONS: Partial<Readonly<Record<RuleId, readonly EstateMutation[]>>> = {
  "KEY-05": [
    { name: "a key of the vault in software", on: vaultKey, set: { protectionLevel: "software" } },
    { name: "a key of the vault of no level", on: vaultKey, set: { protectionLevel: undefined } },
    { name: "a key of the vault of a level in capitals", on: vaultKey, set: { protectionLevel: "HSM" } },
    { name: "a key of the vault by the official type", on: vaultKey, type: T.key },
    { name: "a database's password of six characters", on: catalogPassword, set: { length: 6 } },
    { name: "a password of no length", on: catalogPassword, set: { length: undefined } },
    { name: "a customer's key of eight bytes", on: customerKey, set: { length: 8 } },
  ],
  "KEY-07": [
    {
      name: "a secret that can be read in the file, whoever is said to have made it",
      on: [T.secretVersion, "secrets-fr-par-airlock-a-version"],
      set: { data: "changed by hand" },
    },
  ],
  "LOC-06": [
    { name: "the state's bucket without versions", on: stateBucket, set: { versioning: undefined } },
    { name: "the state's bucket with versions suspended", on: stateBucket, set: { "versioning.enabled": false } },
    { name: "the state's bucket without encryption", on: stateEncryption, drop: true, blames: stateBucket },
    { name: "the state's bucket under no rule", on: stateEncryption, set: { rules: [] }, blames: stateBucket },
    {
      name: "the state's bucket under the provider's key",
      on: stateEncryption,
      set: { "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm": "AES256" },
      blames: stateBucket,
    },
    { name: "the state's bucket without a policy", on: statePolicy, drop: true, blames: stateBucket },
    {
      name: "a policy of the state for another bucket",
      on: statePolicy,
      set: { bucket: "other" },
      blames: stateBucket,
    },
  ],
  "DR-04": [
    { name: "versions off under a lock", on: backup, set: { versioning: { enabled: false } } },
    { name: "versions off in a landing", on: landing, set: { versioning: { enabled: false } } },
  ],
  "NET-06": [
    { name: "logs that learn the way out", on: logNetwork, set: { enableDefaultRoutePropagation: true } },
    { name: "mail by the NAT", on: [T.gateway, "egress-fr-par-gateway"], set: { enableSmtp: true } },
    { name: "mail by the bastion", on: [T.gateway, "bastion-fr-par-gateway"], set: { enableSmtp: true } },
  ],
  "NET-07": [
    { name: "a listed port into the data tier", on: pat, set: { privateIp: "10.16.64.10" } },
    { name: "a listed port to somebody outside", on: pat, set: { privateIp: "8.8.8.8" } },
    { name: "a listed port to a name", on: pat, set: { privateIp: "router.internal" } },
  ],
  "NET-09": [
    {
      name: "the admin host among the backups",
      on: [T.nic, "bastion-fr-par-admin-host-nic"],
      set: { privateNetworkId: refTo(backupNetwork) },
      blames: adminHost,
    },
    {
      name: "the cluster among the backups",
      on: [T.cluster, "cluster-fr-par"],
      set: { privateNetworkId: refTo(backupNetwork) },
    },
  ],
  "IAM-01": [
    { name: "the vault decrypts with every key", on: vault, set: { "rules.1.condition": undefined } },
    { name: "the auditor decrypts with every key", on: auditor, set: { "rules.1.condition": "" } },
    { name: "a condition that says nothing", on: vault, set: { "rules.1.condition": "true" } },
    { name: "a condition that does not parse", on: vault, set: { "rules.1.condition": "evil(" } },
    { name: "a condition on something else", on: vault, set: { "rules.1.condition": 'request.user_agent == "x"' } },
  ],
};
