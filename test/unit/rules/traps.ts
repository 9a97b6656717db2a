import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const par = raw(T.provider, "par", { region: "fr-par", zone: "fr-par-1" });
const bucket: RuleCases["notApplicable"] = [{ name: "a project", resources: [raw(T.project, "p")], on: "stack" }];

export const trp01: RuleCases = {
  passing: [
    {
      name: "a region",
      resources: [raw(T.bucket, "b", { region: "fr-par" })],
      on: urnOf(T.bucket, "b"),
      property: "region",
    },
  ],
  failing: [
    {
      name: "a region by the provider",
      resources: [par, raw(T.bucket, "b", { name: "b" }, { provider: par.urn })],
      on: urnOf(T.bucket, "b"),
      property: "region",
      got: "by the provider",
    },
    {
      name: "a pool without zone",
      resources: [raw(T.pool, "p", { region: "fr-par" })],
      on: urnOf(T.pool, "p"),
      property: "zone",
    },
  ],
  undecided: { never: "whether something is written is always seen; what, other rules ask" },
  notApplicable: bucket,
  mutations: [{ of: "a region", on: urnOf(T.bucket, "b"), property: "region", to: "" }],
};

export const trp02: RuleCases = {
  passing: [{ name: "both", resources: [par], on: par.urn, property: "zone" }],
  failing: [
    {
      name: "a region alone",
      resources: [raw(T.provider, "x", { region: "nl-ams" })],
      on: urnOf(T.provider, "x"),
      property: "zone",
    },
    {
      name: "a zone of another region",
      resources: [raw(T.provider, "x", { region: "nl-ams", zone: "fr-par-1" })],
      on: urnOf(T.provider, "x"),
      property: "zone",
      got: { region: "nl-ams", zone: "fr-par-1" },
    },
  ],
  undecided: [
    {
      name: "a region that is not known",
      resources: [raw(T.provider, "x", { region: UNKNOWN, zone: "fr-par-1" })],
      on: urnOf(T.provider, "x"),
    },
  ],
  notApplicable: [
    {
      name: "a provider of another package",
      resources: [raw("pulumi:providers:random", "r")],
      on: urnOf("pulumi:providers:random", "r"),
    },
  ],
  mutations: [
    { of: "both", on: par.urn, property: "zone", to: undefined },
    { of: "both", on: par.urn, property: "zone", to: "fr-par" },
  ],
};

export const trp03: RuleCases = {
  passing: [
    {
      name: "a bucket of a project",
      resources: [raw(T.bucket, "b", { name: "b", projectId: UNKNOWN })],
      on: urnOf(T.bucket, "b"),
      property: "projectId",
    },
    {
      name: "an API key with a default",
      resources: [raw(T.apiKey, "k", { defaultProjectId: "p" })],
      on: urnOf(T.apiKey, "k"),
    },
  ],
  failing: [
    {
      name: "a bucket of nobody's",
      resources: [raw(T.bucket, "b", { name: "b" })],
      on: urnOf(T.bucket, "b"),
      property: "projectId",
    },
    {
      name: "an API key without",
      resources: [raw(T.apiKey, "k", { applicationId: "a" })],
      on: urnOf(T.apiKey, "k"),
      property: "defaultProjectId",
    },
  ],
  undecided: { never: "whether something is written is always seen" },
  notApplicable: [{ name: "a pool, which is its cluster's", resources: [raw(T.pool, "p", { size: 1 })], on: "stack" }],
  mutations: [
    { of: "a bucket of a project", on: urnOf(T.bucket, "b"), property: "projectId", to: undefined },
    { of: "an API key with a default", on: urnOf(T.apiKey, "k"), property: "defaultProjectId", to: "" },
  ],
};

export const trp04: RuleCases = {
  passing: [
    {
      name: "a protected ACL",
      resources: [raw(T.acl, "a", { vpcId: "v" }, { protect: true })],
      on: urnOf(T.acl, "a"),
      property: "protect",
    },
    {
      name: "a protected ACL that stays otherwise",
      resources: [raw(T.acl, "b", { vpcId: "v" }, { protect: true, retainOnDelete: false })],
      on: urnOf(T.acl, "b"),
    },
    {
      name: "a cluster's ACL that stays",
      resources: [raw(T.aclOf, "a", { clusterId: "c" }, { retainOnDelete: true })],
      on: urnOf(T.aclOf, "a"),
    },
  ],
  failing: [
    {
      name: "an ACL like anything else",
      resources: [raw(T.aclOf, "a", { clusterId: "c" }, { retainOnDelete: false })],
      on: urnOf(T.aclOf, "a"),
      property: "protect",
    },
  ],
  undecided: [
    {
      name: "an unprotected ACL at a door that hides the rest",
      resources: [raw(T.acl, "a", { vpcId: "v" })],
      on: urnOf(T.acl, "a"),
    },
  ],
  notApplicable: bucket,
  mutations: [{ of: "a protected ACL that stays otherwise", on: urnOf(T.acl, "b"), property: "$protect", to: false }],
};

const key = (inputs: RawObject, replaceOnChanges?: readonly string[]) =>
  raw(T.key, "k", inputs, replaceOnChanges === undefined ? {} : { replaceOnChanges });

export const trp05: RuleCases = {
  needs: ["replaceOnChanges"],
  passing: [
    {
      name: "an ACL that follows its VPC",
      resources: [raw(T.acl, "a", { vpcId: "v" }, { replaceOnChanges: ["vpcId"] })],
      on: urnOf(T.acl, "a"),
    },
    {
      name: "a key that replaces on anything",
      resources: [key({ algorithm: "a", usage: "u" }, ["*"])],
      on: urnOf(T.key, "k"),
    },
  ],
  failing: [
    {
      name: "a key that keeps its algorithm",
      resources: [key({ algorithm: "a" }, ["usage"])],
      on: urnOf(T.key, "k"),
      property: "algorithm",
    },
    {
      name: "an address that keeps its network",
      resources: [
        raw("scaleway:ipam/ip:Ip", "i", { sources: [{ privateNetworkId: UNKNOWN }] }, { replaceOnChanges: [] }),
      ],
      on: urnOf("scaleway:ipam/ip:Ip", "i"),
      property: "sources",
    },
  ],
  undecided: { never: "a door that hides the option makes the whole rule undecided (KIT-04)" },
  notApplicable: [
    { name: "a key at a door that hides the option", resources: [key({ algorithm: "a" })], on: urnOf(T.key, "k") },
  ],
  mutations: [{ of: "an ACL that follows its VPC", on: urnOf(T.acl, "a"), property: "$replaceOnChanges", to: null }],
};

const bastion = (inputs: RawObject) => [raw(T.gateway, "g", { type: "VPC-GW-S", bastionEnabled: true, ...inputs })];

export const trp06: RuleCases = {
  passing: [
    { name: "named ranges", resources: bastion({ allowedIpRanges: ["192.0.2.0/28"] }), on: urnOf(T.gateway, "g") },
  ],
  failing: [
    {
      name: "an empty list, which is never sent",
      resources: bastion({ allowedIpRanges: [] }),
      on: urnOf(T.gateway, "g"),
      property: "allowedIpRanges",
    },
    { name: "no list", resources: bastion({}), on: urnOf(T.gateway, "g"), property: "allowedIpRanges" },
    {
      name: "everybody",
      resources: bastion({ allowedIpRanges: ["0.0.0.0/0"] }),
      on: urnOf(T.gateway, "g"),
      property: "allowedIpRanges",
    },
    {
      name: "everybody in two halves",
      resources: bastion({ allowedIpRanges: ["0.0.0.0/1", "128.0.0.0/1"] }),
      on: urnOf(T.gateway, "g"),
      property: "allowedIpRanges",
    },
  ],
  undecided: [
    { name: "ranges that are not known", resources: bastion({ allowedIpRanges: UNKNOWN }), on: urnOf(T.gateway, "g") },
    { name: "a switch that is not known", resources: bastion({ bastionEnabled: UNKNOWN }), on: urnOf(T.gateway, "g") },
  ],
  notApplicable: [{ name: "no bastion", resources: bastion({ bastionEnabled: false }), on: urnOf(T.gateway, "g") }],
  mutations: [{ of: "named ranges", on: urnOf(T.gateway, "g"), property: "allowedIpRanges", to: [] }],
};

export const LB = "scaleway:loadbalancers/loadBalancer:LoadBalancer";
export const LBIP = "scaleway:loadbalancers/ip:Ip";

export const trp07: RuleCases = {
  passing: [
    {
      name: "a load balancer that does not claim to be private",
      resources: [raw(LB, "l", { type: "LB-S" })],
      on: urnOf(LB, "l"),
    },
    {
      name: "a backend whose checks are on",
      resources: [raw(T.backend, "b", { ignoreSslServerVerify: false }, { outputs: { ignoreSslServerVerify: false } })],
      on: urnOf(T.backend, "b"),
      property: "ignoreSslServerVerify",
    },
  ],
  failing: [
    {
      name: "a load balancer that claims to be private",
      resources: [raw(LB, "l", { assignFlexibleIp: false })],
      on: urnOf(LB, "l"),
      property: "assignFlexibleIp",
      got: false,
    },
    {
      name: "an SSH key that stays disabled",
      resources: [raw("scaleway:iam/sshKey:SshKey", "k", { disabled: false }, { outputs: { disabled: true } })],
      on: urnOf("scaleway:iam/sshKey:SshKey", "k"),
      property: "disabled",
      door: "state",
    },
  ],
  undecided: [
    { name: "a wish that is not known", resources: [raw(LB, "l", { assignFlexibleIp: UNKNOWN })], on: urnOf(LB, "l") },
  ],
  notApplicable: bucket,
  mutations: [
    {
      of: "a load balancer that does not claim to be private",
      on: urnOf(LB, "l"),
      property: "assignFlexibleIp",
      to: false,
    },
  ],
};

const other = raw(LBIP, "o", {}, { id: "fr-par-1/other", outputs: { ipAddress: "51.15.0.2" } });
export const given = raw(LBIP, "i", {}, { id: "fr-par-1/i", outputs: { ipAddress: "51.15.0.1" } });
export const balancer = (ipAddress: string, ipIds: readonly string[] = ["fr-par-1/i"]) =>
  raw(LB, "l", { type: "LB-S", ipIds }, { outputs: { ipAddress } });

export const trp08: RuleCases = {
  passing: [
    {
      name: "the address that it was given",
      resources: [given, other, balancer("51.15.0.1")],
      on: urnOf(LB, "l"),
      door: "state",
    },
  ],
  failing: [
    {
      name: "an answer that is yet to come",
      resources: [given, raw(LB, "l", { ipIds: ["fr-par-1/i"] })],
      on: urnOf(LB, "l"),
      property: "ipIds",
    },
    {
      name: "another address",
      resources: [given, balancer("51.15.0.9")],
      on: urnOf(LB, "l"),
      property: "ipAddress",
      got: "51.15.0.9",
      door: "state",
    },
  ],
  undecided: [
    {
      name: "an address of another stack",
      resources: [balancer("51.15.0.1", ["fr-par-1/x"])],
      on: urnOf(LB, "l"),
      door: "state",
    },
  ],
  notApplicable: bucket,
  mutations: [{ of: "the address that it was given", on: urnOf(LB, "l"), property: "ipIds", to: ["fr-par-1/other"] }],
};

const taint = { key: "k", value: "v", effect: "NoSchedule" };

export const trp09: RuleCases = {
  passing: [{ name: "taints alone", resources: [raw(T.pool, "p", { taints: [taint] })], on: urnOf(T.pool, "p") }],
  failing: [
    {
      name: "both",
      resources: [raw(T.pool, "p", { taints: [taint], startupTaints: [taint] })],
      on: urnOf(T.pool, "p"),
      property: "startupTaints",
    },
  ],
  undecided: [
    {
      name: "start-up taints that are not known",
      resources: [raw(T.pool, "p", { taints: [taint], startupTaints: UNKNOWN })],
      on: urnOf(T.pool, "p"),
    },
  ],
  notApplicable: bucket,
  mutations: [{ of: "taints alone", on: urnOf(T.pool, "p"), property: "startupTaints", to: [taint] }],
};

export const net = raw(T.network, "n", { region: "fr-par" }, { id: "fr-par/n" });
export const attached = raw(T.attachment, "a", { privateNetworkId: "fr-par/n", gatewayId: "g" });
const second = raw(T.network, "m", { region: "fr-par" }, { id: "fr-par/m" });
const behind = raw(T.attachment, "z", { privateNetworkId: "fr-par/m", gatewayId: "g" });
export const cluster = (network: RawObject[string], waits: boolean) =>
  raw(
    T.cluster,
    "c",
    { privateNetworkId: network },
    { id: "fr-par/c", ...(waits ? { dependsOn: { name: [attached.urn] } } : {}) },
  );

export const trp10: RuleCases = {
  passing: [
    {
      name: "a cluster that waits",
      resources: [net, attached, second, behind, cluster("fr-par/n", true)],
      on: urnOf(T.cluster, "c"),
      property: "dependsOn",
    },
    {
      name: "a pool that waits by its cluster",
      resources: [
        net,
        attached,
        cluster("fr-par/n", true),
        raw(T.pool, "p", { clusterId: "fr-par/c" }, { dependsOn: { clusterId: [urnOf(T.cluster, "c")] } }),
      ],
      on: urnOf(T.pool, "p"),
    },
  ],
  failing: [
    {
      name: "a cluster beside its gateway",
      resources: [net, attached, cluster("fr-par/n", false)],
      on: urnOf(T.cluster, "c"),
      property: "dependsOn",
    },
  ],
  undecided: [
    {
      name: "a network that is not known",
      resources: [net, attached, cluster(UNKNOWN, true)],
      on: urnOf(T.cluster, "c"),
    },
  ],
  notApplicable: [{ name: "no gateway here", resources: [net, cluster("fr-par/n", false)], on: urnOf(T.cluster, "c") }],
  mutations: [{ of: "a cluster that waits", on: urnOf(T.cluster, "c"), property: "privateNetworkId", to: "fr-par/m" }],
};

export const trp11: RuleCases = {
  passing: [
    { name: "a network of a VPC", resources: [raw(T.network, "n", { vpcId: UNKNOWN })], on: urnOf(T.network, "n") },
    {
      name: "a cluster in a network",
      resources: [raw(T.cluster, "c", { privateNetworkId: "n" })],
      on: urnOf(T.cluster, "c"),
    },
  ],
  failing: [
    {
      name: "a network of the default VPC",
      resources: [raw(T.network, "n", { region: "fr-par" })],
      on: urnOf(T.network, "n"),
      property: "vpcId",
    },
    {
      name: "a cluster without network",
      resources: [raw(T.cluster, "c", { cni: "cilium" })],
      on: urnOf(T.cluster, "c"),
      property: "privateNetworkId",
    },
  ],
  undecided: { never: "a reference is there or it is not; where it leads, other rules ask" },
  notApplicable: bucket,
  mutations: [{ of: "a network of a VPC", on: urnOf(T.network, "n"), property: "vpcId", to: undefined }],
};

const single = (
  type: string,
  good: RawObject,
  bad: RawObject,
  unknown: RawObject | undefined,
  property: string,
  path: string,
  to: RawObject[string] | undefined,
): RuleCases => ({
  passing: [{ name: "as it should be", resources: [raw(type, "x", good)], on: urnOf(type, "x") }],
  failing: [{ name: "as it is without thought", resources: [raw(type, "x", bad)], on: urnOf(type, "x"), property }],
  undecided:
    unknown === undefined
      ? { never: "whether something is written is always seen" }
      : [{ name: "a value that is not known", resources: [raw(type, "x", unknown)], on: urnOf(type, "x"), property }],
  notApplicable: bucket,
  mutations: [{ of: "as it should be", on: urnOf(type, "x"), property: path, to }],
});

const TOKEN = "scaleway:observability/token:Token";

export const trp12 = single(
  T.cluster,
  { deleteAdditionalResources: false },
  { deleteAdditionalResources: true },
  { deleteAdditionalResources: UNKNOWN },
  "deleteAdditionalResources",
  "deleteAdditionalResources",
  true,
);
export const trp15 = single(
  T.key,
  { rotationPolicy: { rotationPeriod: "720h" } },
  { rotationPolicy: { rotationPeriod: "720h", nextRotationAt: "2026-12-01T00:00:00Z" } },
  { rotationPolicy: UNKNOWN },
  "rotationPolicy.nextRotationAt",
  "rotationPolicy.nextRotationAt",
  "2026-12-01T00:00:00Z",
);
export const trp17 = single(
  T.database,
  { backupSameRegion: true },
  { engine: "PostgreSQL-16" },
  { backupSameRegion: UNKNOWN },
  "backupSameRegion",
  "backupSameRegion",
  undefined,
);
export const trp18 = single(
  TOKEN,
  { scopes: { writeLogs: false, writeMetrics: false, queryLogs: true } },
  { scopes: { queryLogs: true } },
  { scopes: UNKNOWN },
  "scopes.writeLogs",
  "scopes.writeMetrics",
  undefined,
);
export const trp19 = single(
  T.vpc,
  { region: "fr-par" },
  { enableRouting: false },
  { enableRouting: UNKNOWN },
  "enableRouting",
  "enableRouting",
  false,
);
export const trp20 = single(
  T.attachment,
  { ipamConfigs: [{ pushDefaultRoute: false }] },
  { gatewayId: "g" },
  { ipamConfigs: UNKNOWN },
  "ipamConfigs",
  "ipamConfigs",
  [],
);

const part = (over: RawObject = {}) => [
  raw(T.bucketPolicy, "p", { bucket: "b", policy: "{}", region: "fr-par", projectId: UNKNOWN, ...over }),
];

export const trp13: RuleCases = {
  passing: [{ name: "a policy by name", resources: part(), on: urnOf(T.bucketPolicy, "p"), property: "bucket" }],
  failing: [
    {
      name: "an id",
      resources: part({ bucket: "fr-par/b" }),
      on: urnOf(T.bucketPolicy, "p"),
      property: "bucket",
      got: "fr-par/b",
    },
    { name: "no region", resources: part({ region: null }), on: urnOf(T.bucketPolicy, "p"), property: "region" },
    { name: "no project", resources: part({ projectId: null }), on: urnOf(T.bucketPolicy, "p"), property: "projectId" },
  ],
  undecided: [
    {
      name: "a name that is not known",
      resources: part({ bucket: UNKNOWN }),
      on: urnOf(T.bucketPolicy, "p"),
      property: "bucket",
    },
  ],
  notApplicable: [{ name: "a bucket", resources: [raw(T.bucket, "b", { name: "b" })], on: "stack" }],
  mutations: [{ of: "a policy by name", on: urnOf(T.bucketPolicy, "p"), property: "bucket", to: "fr-par/b@p" }],
};

const ID = "11111111-2222-4333-8444-555555555555";
const encryption = (kmsMasterKeyId: RawObject[string], supplier?: string) =>
  raw(
    T.encryption,
    "e",
    { bucket: "b", rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId } }] },
    supplier === undefined ? {} : { dependsOn: { rules: [supplier] } },
  );
const PATH = "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId";

export const trp14: RuleCases = {
  passing: [
    { name: "a bare id", resources: [encryption(ID)], on: urnOf(T.encryption, "e"), property: PATH },
    {
      name: "an id to come, derived from a key",
      resources: [raw(T.key, "k"), encryption(UNKNOWN, urnOf(T.key, "k"))],
      on: urnOf(T.encryption, "e"),
      proof: "assumed",
    },
  ],
  failing: [
    {
      name: "an id with its region",
      resources: [encryption(`fr-par/${ID}`)],
      on: urnOf(T.encryption, "e"),
      property: PATH,
    },
    {
      name: "a key's name",
      resources: [encryption("my-key")],
      on: urnOf(T.encryption, "e"),
      property: PATH,
      got: "my-key",
    },
  ],
  undecided: [
    {
      name: "an id of nobody knows what",
      resources: [encryption(UNKNOWN)],
      on: urnOf(T.encryption, "e"),
      property: PATH,
    },
  ],
  notApplicable: [{ name: "a bucket", resources: [raw(T.bucket, "b")], on: "stack" }],
  mutations: [
    {
      of: "a bare id",
      on: urnOf(T.encryption, "e"),
      property: "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId",
      to: `fr-par/${ID}`,
    },
  ],
};

const archived = (region: string, lifecycleRules: RawObject[string]) => [
  raw(T.bucket, "b", { region, lifecycleRules }),
];
const glacier = [{ enabled: true, transitions: [{ days: 1, storageClass: "GLACIER" }] }];

export const trp16: RuleCases = {
  passing: [{ name: "an archive in Paris", resources: archived("fr-par", glacier), on: urnOf(T.bucket, "b") }],
  failing: [
    {
      name: "an archive of Amsterdam",
      resources: archived("nl-ams", glacier),
      on: urnOf(T.bucket, "b"),
      property: "lifecycleRules",
    },
    {
      name: "an archived object of Amsterdam",
      resources: [
        raw(T.bucket, "b", { name: "b", region: "nl-ams" }),
        raw(T.item, "i", { bucket: "b", key: "k", storageClass: "GLACIER" }),
      ],
      on: urnOf(T.item, "i"),
      property: "storageClass",
    },
  ],
  undecided: [
    { name: "rules that are not known", resources: archived("nl-ams", UNKNOWN), on: urnOf(T.bucket, "b") },
    {
      name: "an archived object of a bucket elsewhere",
      resources: [raw(T.item, "i", { bucket: "x", key: "k", storageClass: "GLACIER" })],
      on: urnOf(T.item, "i"),
    },
  ],
  notApplicable: [{ name: "no archive", resources: archived("nl-ams", []), on: urnOf(T.bucket, "b") }],
  mutations: [{ of: "an archive in Paris", on: urnOf(T.bucket, "b"), property: "region", to: "nl-ams" }],
};
