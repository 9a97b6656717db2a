import { SECRET, UNKNOWN } from "../../judge/facts/raw.ts";
import type { RuleId } from "../../policy-packs/bastide/rules/ids.ts";
import type { EstateMutation, Target } from "./mutations.ts";
import { COPIES_MUTATIONS } from "./mutations-copies.data.ts";
import { CUSTODY_MUTATIONS } from "./mutations-custody.data.ts";
import { DUTIES_MUTATIONS } from "./mutations-duties.data.ts";
import { GRAPH_MUTATIONS } from "./mutations-graph.data.ts";
import { KUBERNETES_MUTATIONS } from "./mutations-kubernetes.data.ts";
import { SPACE_MUTATIONS } from "./mutations-space.data.ts";
import { TRAP_MUTATIONS } from "./mutations-traps.data.ts";
import { tagList, tagMap } from "./raw.ts";
import { T } from "./types.ts";

const bucket: Target = [T.bucket, "domain-pmsi-tables"];
const policy: Target = [T.bucketPolicy, "domain-pmsi-tables-policy"];
const encryption: Target = [T.encryption, "domain-pmsi-tables-encryption"];
const dataNetwork: Target = [T.network, "network-fr-par-data"];
const computeLink: Target = [T.attachment, "egress-fr-par-gateway-compute"];
const pool: Target = [T.pool, "cluster-fr-par-general-1"];
const server: Target = [T.server, "bastion-fr-par-admin-host"];
const group: Target = [T.group, "cluster-fr-par-sg-1"];
const controlPlane: Target = [T.aclOf, "cluster-fr-par-acl"];
const cluster: Target = [T.cluster, "cluster-fr-par"];
const grant: Target = [T.policy, "identity-policy-ingest"];
const logs: Target = [T.source, "observability-fr-par-logs"];
const key: Target = [T.bastideKey, "keys-fr-par-snds-base-data"];
const registry: Target = [T.registry, "registry-fr-par-research"];

const par = { region: "fr-par" };
const inPar = { zone: "fr-par-1", tags: tagList("health-pseudo", "data") };
const service = (
  spec: Record<string, unknown>,
  annotations: Record<string, string> = {},
): NonNullable<EstateMutation["add"]> => ({
  type: T.service,
  inputs: { metadata: { name: "s", annotations }, spec: JSON.parse(JSON.stringify(spec)) },
});

const statement = (over: object): string =>
  JSON.stringify({
    Version: "2023-04-17",
    Statement: [
      {
        Sid: "s",
        Effect: "Allow",
        Principal: { SCW: ["application_id:6eb15035-7212-57c9-83a4-ffa1508e26b8"] },
        Action: ["s3:GetObject"],
        Resource: ["bastide-rehearsal-domain-pmsi-tables/*"],
        ...over,
      },
    ],
  });
const written = (name: string, document: string): EstateMutation => ({ name, on: policy, set: { policy: document } });

const rules = (sseAlgorithm: string, kmsMasterKeyId?: string) => [
  { applyServerSideEncryptionByDefault: { sseAlgorithm, ...(kmsMasterKeyId === undefined ? {} : { kmsMasterKeyId }) } },
];

const sources = (name: string, ...ips: readonly string[]): EstateMutation => ({
  name,
  on: controlPlane,
  set: { aclRules: ips.map((ip) => ({ ip, description: "x" })) },
});

const inbound = (name: string, over: Record<string, string | number>): EstateMutation => ({
  name,
  on: group,
  set: { inboundRules: [{ action: "accept", protocol: "TCP", port: 22, ...over }] },
});

const route = (name: string, destination: string): EstateMutation => ({
  name,
  on: [T.route, "link-fr-par-fr-second-fr-par-route-compute"],
  set: { destination },
});

const record = (name: string, type: string, data: string): EstateMutation => ({
  name,
  add: { type: T.record, inputs: { dnsZone: "bastide.example", type, data } },
});

const database = (name: string, inputs: Record<string, string | readonly string[] | object>): EstateMutation => ({
  name,
  add: {
    type: T.database,
    inputs: {
      ...par,
      nodeType: "DB-DEV-S",
      engine: "PostgreSQL-16",
      tags: tagList("health-pseudo", "data"),
      ...JSON.parse(JSON.stringify(inputs)),
    },
  },
});

const grants = (name: string, over: Record<string, string | readonly string[]>): EstateMutation => ({
  name,
  on: grant,
  set: { rules: [{ permissionSetNames: ["ObjectStorageObjectsRead"], projectIds: ["p"], ...over }] },
});

const alias = (name: string, on: Target, type: string): EstateMutation => ({ name, on, type });
const provider = (name: string, set: EstateMutation["set"]): EstateMutation => ({
  name,
  on: [T.provider, "scaleway-fr-second"],
  set: set ?? {},
});

/** At least four a rule; what honest estates are made of, changed in one place as an attacker or a tired engineer would. */
export const MUTATIONS: Readonly<Record<RuleId, readonly EstateMutation[]>> = {
  ...CUSTODY_MUTATIONS,
  ...GRAPH_MUTATIONS,
  ...COPIES_MUTATIONS,
  ...SPACE_MUTATIONS,
  ...DUTIES_MUTATIONS,
  ...TRAP_MUTATIONS,
  "LOC-01": [
    { name: "a bucket in the Netherlands", on: bucket, set: { region: "nl-ams" } },
    { name: "a key in Poland", on: key, set: { region: "pl-waw" } },
    { name: "a pool in a zone of Milan", on: pool, set: { zone: "it-mil-1" } },
    { name: "a region in capitals", on: dataNetwork, set: { region: "FR-PAR" } },
    { name: "a region with a blank", on: dataNetwork, set: { region: "fr-par " } },
    { name: "a zonal resource that names another region", on: pool, set: { region: "nl-ams" } },
    { name: "an export job into another region", on: [T.exportJob, "*"], set: { "s3.region": "nl-ams" } },
    { name: "a region of another cloud", on: registry, set: { region: "us-east-1" } },
  ],
  "LOC-03": [
    {
      name: "a transition to the archive",
      on: bucket,
      set: { lifecycleRules: [{ enabled: true, transitions: [{ days: 1, storageClass: "GLACIER" }] }] },
    },
    { name: "an expiry", on: bucket, set: { lifecycleRules: [{ enabled: true, expiration: { days: 30 } }] } },
    { name: "a lifecycle rule that is off", on: bucket, set: { lifecycleRules: [{ enabled: false }] } },
    { name: "a single rule where a list belongs", on: bucket, set: { lifecycleRules: { enabled: true } } },
    {
      name: "an object in the archive",
      add: { type: T.item, inputs: { bucket: "fr-par/nobody", key: "k", storageClass: "GLACIER", ...par } },
    },
    {
      name: "an object in a class of another spelling",
      add: { type: T.item, inputs: { bucket: "nobody", key: "k", storageClass: "glacier", ...par } },
    },
  ],
  "LOC-05": [
    { name: "a resource of another cloud", add: { type: "aws:s3/bucket:Bucket", inputs: {} } },
    { name: "a provider of another cloud", add: { type: "pulumi:providers:aws", inputs: { region: "eu-west-3" } } },
    { name: "a package of nearly the right name", add: { type: "Scaleway:object/bucket:Bucket", inputs: {} } },
    provider("an API of somebody else", { apiUrl: "https://api.scaleway.com.evil.example" }),
    provider("an API without TLS", { apiUrl: "http://api.scaleway.com" }),
    provider("an API that is not known", { apiUrl: UNKNOWN }),
    provider("an API that is secret", { apiUrl: SECRET }),
    provider("a plug-in from elsewhere", { pluginDownloadURL: "https://plugins.evil.example" }),
    provider("another plug-in under a listed name", {
      __internal: { name: "terraform-provider", parameterization: "x" },
    }),
    { name: "a bucket made elsewhere by hand", add: { type: "gcp:storage/bucket:Bucket", inputs: {} } },
    { name: "a dynamic provider", add: { type: "pulumi-nodejs:dynamic:Resource", inputs: {} } },
  ],
  "CLS-01": [
    { name: "no tags", on: bucket, set: { tags: undefined } },
    { name: "no class", on: bucket, set: { "tags.data-class": undefined } },
    { name: "a class in capitals", on: bucket, set: { "tags.data-class": "HEALTH-PSEUDO" } },
    {
      name: "a tag's name in capitals",
      on: dataNetwork,
      set: { tags: ["Data-Class=technical", "env=prod", "owner=o", "tier=data"] },
    },
    { name: "a tier of nobody's", on: dataNetwork, set: { tags: tagList("technical", "backstage") } },
    { name: "two tiers at once", on: dataNetwork, set: { tags: [...tagList("technical", "data"), "tier=dmz"] } },
    {
      name: "two classes at once",
      on: key,
      set: { tags: ["data-class=health-pseudo", ...tagList("technical", "data")] },
    },
    {
      name: "an owner without name",
      on: dataNetwork,
      set: { tags: ["data-class=technical", "env=prod", "owner=", "tier=data"] },
    },
    { name: "secret tags", on: bucket, set: { tags: SECRET } },
  ],
  "KEY-01": [
    { name: "no encryption", on: encryption, drop: true, blames: bucket },
    { name: "the provider's own key", on: encryption, set: { rules: rules("AES256") }, blames: bucket },
    {
      name: "the method in capitals",
      on: encryption,
      set: { "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm": "AWS:KMS" },
      blames: bucket,
    },
    { name: "no key named", on: encryption, set: { rules: rules("aws:kms") }, blames: bucket },
    {
      name: "a key of somebody else's",
      on: encryption,
      set: { rules: rules("aws:kms", "11111111-2222-4333-8444-555555555555") },
      blames: bucket,
    },
    { name: "no rule", on: encryption, set: { rules: [] }, blames: bucket },
    { name: "a rule that says nothing", on: encryption, set: { rules: [{}] }, blames: bucket },
    {
      name: "a second setting that weakens the first",
      on: encryption,
      copy: true,
      set: { rules: rules("AES256") },
      blames: bucket,
    },
    {
      name: "a second setting that takes the first away",
      on: encryption,
      copy: true,
      set: { rules: [] },
      blames: bucket,
    },
    { name: "the setting on a bucket of another name", on: encryption, set: { bucket: "elsewhere" }, blames: bucket },
    { name: "a second health bucket without any", on: bucket, copy: true, set: { name: "mutant" } },
    {
      name: "a word of the class that nobody knows",
      add: { type: T.bucket, inputs: { name: "m", ...par, tags: tagMap("Technical") } },
    },
  ],
  "KEY-03": [
    { name: "the bucket moved", on: bucket, set: { region: "nl-ams" }, madeIn: "nl-ams", blames: encryption },
    {
      name: "a key of somebody else's",
      on: encryption,
      set: { rules: rules("aws:kms", "11111111-2222-4333-8444-555555555555") },
    },
    { name: "the bucket's name unknown", on: encryption, set: { bucket: "elsewhere" } },
    { name: "rules that are unknown", on: encryption, set: { rules: UNKNOWN } },
    { name: "a key by its name", on: encryption, set: { rules: rules("aws:kms", "keys-fr-par-pmsi-data") } },
  ],
  "NET-01": [
    { name: "no word about the address", on: pool, set: { publicIpDisabled: undefined } },
    { name: "an address asked for", on: pool, set: { publicIpDisabled: false } },
    { name: "an address asked for in text", on: pool, set: { publicIpDisabled: "false" } },
    { name: "an unknown choice", on: pool, set: { publicIpDisabled: UNKNOWN } },
    { name: "a second pool without a word", on: pool, copy: true, set: { publicIpDisabled: null } },
    { name: "a dynamic address", on: server, set: { enableDynamicIp: true } },
    { name: "a flexible address", on: server, set: { ipId: "fr-par-1/x" } },
    { name: "flexible addresses", on: server, set: { ipIds: ["fr-par-1/x"] } },
    { name: "a flexible address made", add: { type: T.flexibleIp, inputs: inPar } },
    { name: "a metal server", add: { type: "scaleway:elasticmetal/server:Server", inputs: inPar } },
  ],
  "NET-02": [
    database("a database without network", {}),
    database("a database with both doors", { privateNetwork: { pnId: "fr-par/x" }, loadBalancer: {} }),
    database("a private network that is null", { privateNetwork: JSON.parse("null") }),
    {
      name: "a Redis with an empty list of networks",
      add: { type: "scaleway:redis/cluster:Cluster", inputs: { ...inPar, privateNetworks: [] } },
    },
    {
      name: "a serverless database",
      add: { type: "scaleway:databases/serverlessDatabase:ServerlessDatabase", inputs: { ...par } },
    },
    {
      name: "a document store with a public network",
      add: {
        type: "scaleway:mongodb/instance:Instance",
        inputs: { ...par, tags: tagList(), privateNetwork: { pnId: "x" }, publicNetwork: {} },
      },
    },
    {
      name: "a warehouse",
      add: { type: T.warehouse, inputs: { ...par, tags: tagList(), privateNetwork: { pnId: "x" } } },
    },
  ],
  "NET-03": [
    { name: "no inbound policy", on: group, set: { inboundDefaultPolicy: undefined } },
    { name: "no outbound policy", on: group, set: { outboundDefaultPolicy: undefined } },
    { name: "a policy that accepts", on: group, set: { inboundDefaultPolicy: "accept" } },
    { name: "a policy in capitals", on: group, set: { outboundDefaultPolicy: "DROP" } },
    { name: "a pool without group", on: pool, set: { securityGroupId: undefined } },
    { name: "a server with a group from elsewhere", on: server, set: { securityGroupId: "fr-par-1/elsewhere" } },
    inbound("SSH from everywhere", { ipRange: "0.0.0.0/0" }),
    inbound("SSH from every IPv6 address", { ipRange: "::/0" }),
    inbound("SSH from every IPv6 address, spelled long", { ipRange: "0:0:0:0:0:0:0:0/0" }),
    inbound("SSH from half of the internet", { ipRange: "128.0.0.0/1" }),
    inbound("SSH from all of IPv4 in IPv6 clothes", { ipRange: "::ffff:0:0/96" }),
    inbound("SSH from all of IPv4 through a translator", { ipRange: "64:ff9b::/96" }),
    inbound("a rule without range", {}),
    inbound("a range that is none", { ipRange: "everybody" }),
    inbound("HTTPS from everywhere to compute", { ipRange: "0.0.0.0/0", port: 443 }),
  ],
  "NET-05": [
    { name: "default routes learned", on: dataNetwork, set: { enableDefaultRoutePropagation: true } },
    { name: "default routes learned, in text", on: dataNetwork, set: { enableDefaultRoutePropagation: "true" } },
    {
      name: "a network that gives up its tier and has a gateway",
      on: [T.network, "network-fr-par-compute"],
      set: { tags: ["data-class=technical"] },
      blames: computeLink,
    },
    {
      name: "a tier in capitals with a gateway",
      on: [T.network, "network-fr-par-compute"],
      set: { tags: tagList("technical", "Data") },
      blames: computeLink,
    },
    {
      name: "two tiers with a gateway",
      on: [T.network, "network-fr-par-compute"],
      set: { tags: ["tier=data", ...tagList("technical", "compute")] },
      blames: computeLink,
    },
    {
      name: "an attachment to a network from elsewhere",
      on: computeLink,
      set: { privateNetworkId: "fr-par/elsewhere" },
    },
    route("a default route", "0.0.0.0/0"),
    route("a default route for IPv6", "::/0"),
    route("half of a default route", "0.0.0.0/1"),
    route("a route to one public address", "1.1.1.1/32"),
    {
      name: "a route to nowhere said",
      on: [T.route, "link-fr-par-fr-second-fr-par-route-compute"],
      set: { destination: undefined },
    },
  ],
  "NET-10": [
    { name: "no ACL", on: controlPlane, drop: true, blames: cluster },
    { name: "an ACL for another cluster", on: controlPlane, set: { clusterId: "fr-par/elsewhere" }, blames: cluster },
    { name: "an empty ACL", on: controlPlane, set: { aclRules: [] } },
    { name: "every address of the provider", on: controlPlane, set: { aclRules: [{ scalewayRanges: true }] } },
    {
      name: "every address of the provider, in text",
      on: controlPlane,
      set: { aclRules: [{ scalewayRanges: "true" }] },
    },
    sources("everywhere", "0.0.0.0/0"),
    sources("everywhere in IPv6", "::/0"),
    sources("two halves of everywhere", "0.0.0.0/1", "128.0.0.0/1"),
    sources("somebody's address", "1.2.3.4/32"),
    sources("a range that is none", "0.0.0.0/00"),
    { name: "rules that are secret", on: controlPlane, set: { aclRules: [{ ip: SECRET }] } },
  ],
  "IAM-01": [
    grants("everything", { permissionSetNames: ["AllProductsFullAccess"] }),
    grants("a whole product", { permissionSetNames: ["ObjectStorageFullAccess"] }),
    grants("rights over rights", { permissionSetNames: ["IAMManager"] }),
    grants("a wide set behind a narrow one", {
      permissionSetNames: ["ObjectStorageObjectsRead", "KubernetesFullAccess"],
    }),
    grants("the whole organisation", { organizationId: "o" }),
    grants("every cluster's masters", { permissionSetNames: ["KubernetesSystemMastersGroupAccess"] }),
    grants("a set of no product", { permissionSetNames: ["DataCustodianAccess"] }),
    { name: "sets that are unknown", on: grant, set: { rules: [{ permissionSetNames: UNKNOWN, projectIds: ["p"] }] } },
    { name: "sets that are secret", on: grant, set: { rules: SECRET } },
    {
      name: "the deployer's grant bound to a group",
      on: [T.policy, "bootstrap-policy-deployer"],
      set: { applicationId: undefined, groupId: "g" },
    },
    {
      name: "another application of the deployer's layer with its grant",
      on: [T.application, "bootstrap-deployer"],
      rename: "bootstrap-helper",
      blames: [T.policy, "bootstrap-policy-deployer"],
    },
    {
      name: "the deployer's grant for another application of its layer",
      on: [T.application, "bootstrap-deployer"],
      drop: true,
      blames: [T.policy, "bootstrap-policy-deployer"],
    },
  ],
  "IAM-05": [
    { name: "no policy", on: policy, drop: true, blames: bucket },
    { name: "a policy for another bucket", on: policy, set: { bucket: "elsewhere" }, blames: bucket },
    written("everybody", statement({ Principal: "*" })),
    written("everybody, as an object", statement({ Principal: { SCW: "*" } })),
    written("everybody among others", statement({ Principal: { SCW: ["application_id:a", "*"] } })),
    written("a whole project", statement({ Principal: { SCW: "project_id:a" } })),
    written("everybody but one", statement({ Principal: undefined, NotPrincipal: { SCW: "user_id:a" } })),
    written("every action, as text", statement({ Action: "s3:*" })),
    written("every action", statement({ Action: ["*"] })),
    written("every action that begins alike", statement({ Action: ["s3:Get*"] })),
    written("every action but one", statement({ Action: undefined, NotAction: ["s3:DeleteObject"] })),
    written("an effect in small letters", statement({ Effect: "allow" })),
    written("a name in small letters beside the right one", statement({ principal: { SCW: "*" } })),
    written(
      "a statement said twice",
      statement({}).replace(
        '"Statement":',
        '"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}],"Statement":',
      ),
    ),
    written("a version that is deprecated", statement({}).replace("2023-04-17", "2012-10-17")),
    written("no policy document", "not json"),
    { name: "a policy that is secret", on: policy, set: { policy: SECRET } },
    written("another policy than its component declares", statement({})),
  ],
  "IAM-06": [
    { name: "a public bucket", on: bucket, set: { acl: "public-read" } },
    { name: "a bucket for whoever has an account", on: bucket, set: { acl: "authenticated-read" } },
    { name: "every origin", on: bucket, set: { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"] }] } },
    {
      name: "every origin under a scheme",
      on: bucket,
      set: { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://a.example", "https://*"] }] },
    },
    { name: "a public registry", on: registry, set: { isPublic: true } },
    { name: "a public registry, in text", on: registry, set: { isPublic: "true" } },
    { name: "a public ACL", add: { type: T.bucketAcl, inputs: { bucket: "b", acl: "public-read-write", ...par } } },
    {
      name: "a grant to everybody",
      add: {
        type: T.bucketAcl,
        inputs: {
          bucket: "b",
          ...par,
          accessControlPolicy: {
            owner: { id: "o" },
            grants: [
              {
                permission: "READ",
                grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" },
              },
            ],
          },
        },
      },
    },
    {
      name: "a grant to everybody, spelled otherwise",
      add: {
        type: T.bucketAcl,
        inputs: {
          bucket: "b",
          ...par,
          accessControlPolicy: {
            owner: { id: "o" },
            grants: [
              {
                permission: "READ",
                grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/global/allusers/" },
              },
            ],
          },
        },
      },
    },
    {
      name: "a public object",
      add: { type: T.item, inputs: { bucket: "b", key: "k", visibility: "public-read", ...par } },
    },
    { name: "a website", add: { type: T.website, inputs: { bucket: "b", indexDocument: { suffix: "i" }, ...par } } },
    {
      name: "a container that says nothing",
      add: { type: T.container, inputs: { namespaceId: "n", ...par, tags: tagList() } },
    },
  ],
  ...KUBERNETES_MUTATIONS,
  "K8S-04": [
    { name: "a public load balancer", add: service({ type: "LoadBalancer" }) },
    {
      name: "a load balancer private in name only",
      add: service({ type: "LoadBalancer" }, { "service.beta.kubernetes.io/scw-loadbalancer-private": "false" }),
    },
    {
      name: "the annotation in capitals",
      add: service({ type: "LoadBalancer" }, { "service.beta.kubernetes.io/SCW-loadbalancer-private": "true" }),
    },
    { name: "a port of every node", add: service({ type: "NodePort" }) },
    { name: "addresses from outside", add: service({ type: "ClusterIP", externalIPs: ["1.2.3.4"] }) },
    { name: "a type that is unknown", add: { type: T.service, inputs: { metadata: {}, spec: { type: UNKNOWN } } } },
    {
      name: "an ingress of nobody's class",
      add: { type: T.ingress, inputs: { metadata: {}, spec: { ingressClassName: "nginx" } } },
    },
    { name: "an ingress of the default class", add: { type: T.ingress, inputs: { metadata: {}, spec: {} } } },
  ],
  "SUP-03": [
    alias("a bucket", bucket, "scaleway:index/objectBucket:ObjectBucket"),
    alias("a pool", pool, "scaleway:index/kubernetesNodePool:KubernetesNodePool"),
    alias("a private network", dataNetwork, "scaleway:index/vpcPrivateNetwork:VpcPrivateNetwork"),
    alias("a policy", grant, "scaleway:index/iamPolicy:IamPolicy"),
    alias("a registry", registry, "scaleway:index/registryNamespace:RegistryNamespace"),
  ],
  "OBS-01": [
    { name: "no word about retention", on: logs, set: { retentionDays: undefined } },
    { name: "a week", on: logs, set: { retentionDays: 7 } },
    { name: "one day less", on: logs, set: { retentionDays: 364 } },
    { name: "six days in text", on: logs, set: { retentionDays: "6" } },
    { name: "an unknown time", on: logs, set: { retentionDays: UNKNOWN } },
    { name: "no signal named", on: logs, set: { type: undefined, retentionDays: 30 } },
    { name: "the signal in capitals", on: logs, set: { type: "LOGS", retentionDays: 30 } },
    {
      name: "log objects that expire",
      add: {
        type: T.bucket,
        inputs: {
          name: "l",
          ...par,
          tags: tagMap("technical", "log"),
          lifecycleRules: [{ enabled: true, expiration: { days: 30 } }],
        },
      },
    },
    {
      name: "log objects that expire, as a list",
      add: {
        type: T.bucket,
        inputs: {
          name: "l",
          ...par,
          tags: tagMap("technical", "log"),
          lifecycleRules: [{ enabled: true, expiration: [{ days: 30 }] }],
        },
      },
    },
  ],
  "DR-03": [
    record("a name in another country", "CNAME", "data.evil.example."),
    record("a bucket of another region", "CNAME", "x.s3-website.nl-ams.scw.cloud."),
    record("a name that only begins like ours", "CNAME", "fr-par.scw.cloud.evil.example."),
    record("an address from nowhere known", "A", "8.8.8.8"),
    record("a service elsewhere", "SRV", "10 10 443 evil.example."),
    record("a name that is unknown", "CNAME", "https://evil.example/fr-par.scw.cloud"),
    {
      name: "a failover elsewhere",
      add: { type: T.backend, inputs: { lbId: "x", failoverHost: "x.s3-website.nl-ams.scw.cloud" } },
    },
    {
      name: "a tunnel to an unknown end",
      add: { type: T.customerGateway, inputs: { ...par, ipv4Public: "8.8.8.8", tags: tagList() } },
    },
  ],
  "EVD-02": [
    { name: "an unknown region", on: bucket, set: { region: UNKNOWN } },
    { name: "an unknown tag", on: bucket, set: { "tags.data-class": UNKNOWN } },
    { name: "a secret choice of address", on: pool, set: { publicIpDisabled: SECRET } },
    { name: "a secret group policy", on: group, set: { inboundDefaultPolicy: SECRET } },
    { name: "an unknown retention", on: logs, set: { retentionDays: UNKNOWN } },
    { name: "a pool of a cluster that is not there", on: pool, set: { clusterId: "fr-par/gone" } },
    { name: "a project that is not there", on: bucket, set: { projectId: "gone" } },
    {
      name: "a card in a network that is not there",
      on: [T.nic, "bastion-fr-par-admin-host-nic"],
      set: { privateNetworkId: "fr-par/gone" },
    },
    { name: "a key of unknown origin", on: key, set: { origin: UNKNOWN } },
    {
      name: "a resource without any input, read from elsewhere",
      add: { type: T.network, inputs: { region: UNKNOWN } },
    },
  ],
  "LOC-06": [
    { name: "state with Pulumi's own service", program: { backend: "https://api.pulumi.com" }, blames: "stack" },
    {
      name: "state in a bucket of another region",
      program: { backend: "s3://state?region=nl-ams&endpoint=s3.nl-ams.scw.cloud" },
      blames: "stack",
    },
    { name: "secrets under another cloud's key", program: { secretsProvider: "awskms://alias/x" }, blames: "stack" },
    { name: "a place of the state that nobody declares", law: { state: null }, blames: "stack" },
  ],
  "SUP-02": [
    {
      name: "no lock file",
      program: { packages: { lockFile: null, ranges: [], withoutChecksum: [] } },
      blames: "stack",
    },
    {
      name: "a package by a range",
      program: { packages: { lockFile: "package-lock.json", ranges: ["zod@latest"], withoutChecksum: [] } },
      blames: "stack",
    },
    { name: "a chart of no version", add: { type: "kubernetes:helm.sh/v3:Release", inputs: { chart: "spark" } } },
    {
      name: "a chart of any version",
      add: { type: "kubernetes:helm.sh/v3:Release", inputs: { chart: "spark", version: "*" } },
    },
  ],
  "EVD-04": [
    { name: "no attestation at all", law: { attestations: [] }, blames: "stack" },
    { name: "an attestation that can't be read", law: { attestations: [{ unreadable: "x.yaml" }] }, blames: "stack" },
    { name: "text in the place of one", law: { attestations: ["signed by everybody"] }, blames: "stack" },
    { name: "nothing in the place of one", law: { attestations: [null] }, blames: "stack" },
  ],
  "EVD-05": [
    { name: "a key replaced", on: key, step: "replace" },
    { name: "a bucket deleted", on: bucket, step: "delete" },
    { name: "the data network replaced", on: dataNetwork, step: "replace" },
    { name: "a log source deleted", on: logs, step: "delete" },
  ],
  "DR-06": [
    { name: "no copy of the state", law: { attestations: [] }, blames: "stack" },
    { name: "one that can't be read", law: { attestations: [{}] }, blames: "stack" },
  ],
  "KEY-08": [
    {
      name: "no certificate",
      law: { attestations: [] },
      on: [T.bastideKey, "*"],
      set: { "tags.0": "data-class=health-raw" },
    },
  ],
  "IAM-07": [
    {
      name: "an administrator from anywhere",
      add: {
        type: T.policy,
        inputs: { applicationId: "x", rules: [{ permissionSetNames: ["IAMManager"], organizationId: "o" }] },
      },
    },
  ],
  G11: [
    { name: "a runner that nobody declared", law: { pipeline: null }, blames: "stack" },
    {
      name: "a runner abroad",
      law: {
        pipeline: {
          runner: { host: "runner", country: "US", operator: "x" },
          logs: { host: "logs", country: "FR", operator: "x" },
        },
      },
      blames: "stack",
    },
  ],
  G12: [{ name: "no blind spot accepted", law: { blindSpots: 0 }, blames: "stack" }],
};
