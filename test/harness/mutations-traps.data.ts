import { type RawValue, UNKNOWN } from "../../judge/facts/raw.ts";
import type { RuleId } from "../../policy-packs/bastide/rules/ids.ts";
import { type EstateMutation, refTo, type Target } from "./mutations.ts";
import { tagList } from "./raw.ts";
import { T } from "./types.ts";

const bucket: Target = [T.bucket, "domain-pmsi-tables"];
const policy: Target = [T.bucketPolicy, "domain-pmsi-tables-policy"];
const encryption: Target = [T.encryption, "domain-pmsi-tables-encryption"];
const dataNetwork: Target = [T.network, "network-fr-par-data"];
const pool: Target = [T.pool, "cluster-fr-par-general-1"];
const cluster: Target = [T.cluster, "cluster-fr-par"];
const controlPlane: Target = [T.aclOf, "cluster-fr-par-acl"];
const acl: Target = [T.acl, "network-fr-par-acl-v4"];
const provider: Target = [T.provider, "scaleway-fr-second"];
const bastion: Target = [T.gateway, "bastion-fr-par-gateway"];
const attachment: Target = [T.attachment, "bastion-fr-par-gateway-admin"];
const vpc: Target = [T.vpc, "network-fr-par-vpc"];
const taint = { key: "k", value: "v", effect: "NoSchedule" };

const set = (name: string, on: Target, values: NonNullable<EstateMutation["set"]>): EstateMutation => ({
  name,
  on,
  set: values,
});
const add = (name: string, type: string, inputs: Readonly<Record<string, RawValue>>): EstateMutation => ({
  name,
  add: { type, inputs },
});
const LB = "scaleway:loadbalancers/loadBalancer:LoadBalancer";
const balancer = (name: string, inputs: Readonly<Record<string, RawValue>>): EstateMutation =>
  add(name, LB, { type: "LB-S", zone: "fr-par-1", tags: tagList("technical", "dmz"), ...inputs });
const keyOf = (name: string, inputs: Readonly<Record<string, RawValue>>): EstateMutation =>
  add(name, T.key, { region: "fr-par", algorithm: "aes_256_gcm", usage: "symmetric_encryption", ...inputs });
const silent = (name: string, type: string, inputs: Readonly<Record<string, RawValue>>): EstateMutation => ({
  name,
  add: { type, inputs, replaceOnChanges: [] },
});
const archive = (name: string, region: string, storageClass: string): EstateMutation =>
  add(name, T.bucket, {
    name: "m",
    region,
    lifecycleRules: [{ enabled: true, transitions: [{ days: 1, storageClass }] }],
  });
const database = (name: string, inputs: Readonly<Record<string, RawValue>>): EstateMutation =>
  add(name, T.database, { region: "fr-par", engine: "PostgreSQL-16", ...inputs });
const token = (name: string, inputs: Readonly<Record<string, RawValue>>): EstateMutation =>
  add(name, "scaleway:observability/token:Token", { region: "fr-par", ...inputs });

/** Traps of the provider that an honest estate avoids, walked into one at a time. */
export const TRAP_MUTATIONS = {
  "TRP-01": [
    set("a bucket by its provider", bucket, { region: undefined }),
    set("a pool by its provider", pool, { zone: undefined }),
    set("an empty region", dataNetwork, { region: "" }),
    set("a gateway by its provider", bastion, { zone: null }),
  ],
  "TRP-02": [
    set("no zone", provider, { zone: undefined }),
    set("no region", provider, { region: undefined }),
    set("a zone of Paris", provider, { zone: "fr-par-1" }),
    set("a region for a zone", provider, { zone: "fr-second" }),
    set("a zone that is not known", provider, { zone: UNKNOWN }),
  ],
  "TRP-03": [
    set("a bucket", bucket, { projectId: undefined }),
    set("a policy of a bucket", policy, { projectId: undefined }),
    set("a cluster", cluster, { projectId: "" }),
    set("an API key", [T.apiKey, "bootstrap-key-deployer-a"], { defaultProjectId: undefined }),
  ],
  "TRP-04": [
    { name: "a VPC's ACL", on: acl, unprotected: true, retainOnDelete: false },
    { name: "a VPC's ACL of IPv6", on: [T.acl, "network-fr-par-acl-v6"], unprotected: true, retainOnDelete: false },
    { name: "a cluster's ACL", on: controlPlane, unprotected: true, retainOnDelete: false },
    { name: "a second cluster's ACL", on: controlPlane, copy: true, unprotected: true, retainOnDelete: false },
  ],
  "TRP-05": [
    { name: "an ACL that stays with its VPC", on: acl, replaceOnChanges: [] },
    { name: "an ACL that minds another property", on: acl, replaceOnChanges: ["isIpv6"] },
    { name: "an address", on: ["scaleway:ipam/ip:Ip", "network-fr-par-address-admin-host"], replaceOnChanges: [] },
    silent("an official key", T.key, { algorithm: "aes_256_gcm", usage: "symmetric_encryption", region: "fr-par" }),
    silent("an API key of a person", T.apiKey, { userId: "u" }),
    silent("a VPN", "scaleway:s2svpn/gateway:Gateway", { gatewayType: "VGW-S", privateNetworkId: "n" }),
  ],
  "TRP-06": [
    set("an empty list", bastion, { allowedIpRanges: [] }),
    set("no list", bastion, { allowedIpRanges: undefined }),
    set("everybody", bastion, { allowedIpRanges: ["0.0.0.0/0"] }),
    set("everybody in IPv6", bastion, { allowedIpRanges: ["::/0"] }),
    set("everybody among others", bastion, { allowedIpRanges: ["192.0.2.0/28", "0.0.0.0/1"] }),
    set("ranges that are not known", bastion, { allowedIpRanges: UNKNOWN }),
    set("a second bastion", [T.gateway, "egress-fr-par-gateway"], { bastionEnabled: true }),
  ],
  "TRP-07": [
    balancer("a private load balancer", { assignFlexibleIp: false }),
    balancer("a private load balancer, in text", { assignFlexibleIp: "false" }),
    balancer("an unknown wish", { assignFlexibleIp: UNKNOWN }),
    balancer("a private load balancer with an address", { assignFlexibleIp: false, ipIds: ["fr-par-1/x"] }),
  ],
  "TRP-08": [
    balancer("an address", { ipIds: ["fr-par-1/x"] }),
    balancer("two addresses", { ipIds: ["fr-par-1/x", "fr-par-1/y"] }),
    balancer("an address by the old name", { ipId: "fr-par-1/x" }),
    balancer("addresses that are not known", { ipIds: UNKNOWN }),
  ],
  "TRP-09": [
    set("both", pool, { taints: [taint], startupTaints: [taint] }),
    set("two of each", pool, { taints: [taint, taint], startupTaints: [taint, taint] }),
    set("start-up taints that are not known", pool, { taints: [taint], startupTaints: UNKNOWN }),
    set("taints that are not known", pool, { taints: UNKNOWN, startupTaints: [taint] }),
  ],
  "TRP-10": [
    set("a network that nothing waits for", cluster, { privateNetworkId: refTo([T.network, "network-fr-par-dmz"]) }),
    {
      ...set("a pool of that cluster", cluster, { privateNetworkId: refTo([T.network, "network-fr-par-dmz"]) }),
      blames: pool,
    },
    { name: "a pool that waits for nothing", on: pool, waits: false },
    { name: "a cluster that waits for nothing", on: cluster, waits: false },
  ],
  "TRP-11": [
    set("a network of the default VPC", dataNetwork, { vpcId: undefined }),
    set("an empty VPC", dataNetwork, { vpcId: "" }),
    set("a VPC that is null", dataNetwork, { vpcId: null }),
    set("a cluster without network", cluster, { privateNetworkId: undefined }),
  ],
  "TRP-12": [
    set("a cluster that takes its network along", cluster, { deleteAdditionalResources: true }),
    set("in text", cluster, { deleteAdditionalResources: "true" }),
    set("nobody says", cluster, { deleteAdditionalResources: undefined }),
    set("not known", cluster, { deleteAdditionalResources: UNKNOWN }),
  ],
  "TRP-13": [
    set("a policy by the bucket's id", policy, { bucket: "fr-second/bastide-rehearsal-domain-pmsi-tables" }),
    set("an encryption by name and project", encryption, { bucket: "bastide-rehearsal-domain-pmsi-tables@p" }),
    set("no region", policy, { region: undefined }),
    set("no project", encryption, { projectId: undefined }),
    set("a name that is not known", policy, { bucket: UNKNOWN }),
  ],
  "TRP-14": [
    set("an id with its region", encryption, {
      [`rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId`]: refTo([T.bastideKey, "keys-fr-second-pmsi-data"]),
    }),
    set("a key's name", encryption, {
      "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId": "keys-fr-second-pmsi-data",
    }),
    set("an id in capitals", encryption, {
      "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId": "11111111-2222-4333-8444-ABCDEFABCDEF",
    }),
    set("rules that are not known", encryption, { rules: UNKNOWN }),
  ],
  "TRP-15": [
    keyOf("a date", { rotationPolicy: { rotationPeriod: "720h", nextRotationAt: "2027-01-01T00:00:00Z" } }),
    keyOf("a date that is not known", { rotationPolicy: { rotationPeriod: "720h", nextRotationAt: UNKNOWN } }),
    keyOf("a policy that is not known", { rotationPolicy: UNKNOWN }),
    keyOf("a date alone", { rotationPolicy: { nextRotationAt: "2027-01-01T00:00:00Z" } }),
  ],
  "TRP-16": [
    archive("an archive of the second region", "fr-second", "GLACIER"),
    archive("an archive of Amsterdam", "nl-ams", "GLACIER"),
    archive("an archive in small letters", "fr-second", "glacier"),
    set("a data bucket", bucket, { lifecycleRules: [{ enabled: false, transitions: [{ storageClass: "GLACIER" }] }] }),
  ],
  "TRP-17": [
    database("nobody says", {}),
    database("elsewhere", { backupSameRegion: false }),
    database("in text", { backupSameRegion: "false" }),
    database("not known", { backupSameRegion: UNKNOWN }),
    database("a switch that is not known", { disableBackup: UNKNOWN }),
  ],
  "TRP-18": [
    token("no scopes", {}),
    token("reading only, it seems", { scopes: { queryLogs: true } }),
    token("one of the two", { scopes: { writeLogs: false } }),
    token("scopes that are not known", { scopes: UNKNOWN }),
  ],
  "TRP-19": [
    set("routing off", vpc, { enableRouting: false }),
    set("routing off, in text", vpc, { enableRouting: "false" }),
    set("not known", vpc, { enableRouting: UNKNOWN }),
    add("a second VPC without routing", T.vpc, { region: "fr-par", enableRouting: false }),
  ],
  "TRP-20": [
    set("nothing said", attachment, { ipamConfigs: undefined }),
    set("an empty list", attachment, { ipamConfigs: [] }),
    set("not known", attachment, { ipamConfigs: UNKNOWN }),
    set("null", attachment, { ipamConfigs: null }),
  ],
} as const satisfies Partial<Readonly<Record<RuleId, readonly EstateMutation[]>>>;
