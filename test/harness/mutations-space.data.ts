import { type RawValue, UNKNOWN } from "../../judge/facts/raw.ts";
import type { RuleId } from "../../policy-packs/bastide/rules/ids.ts";
import { type EstateMutation, refTo, type Target, tailOf } from "./mutations.ts";
import { tagList } from "./raw.ts";
import { T } from "./types.ts";

const bucket: Target = [T.bucket, "domain-pmsi-tables"];
const encryption: Target = [T.encryption, "domain-pmsi-tables-encryption"];
const dataNetwork: Target = [T.network, "network-fr-par-data"];
const computeLink: Target = [T.attachment, "egress-fr-par-gateway-compute"];
const pool: Target = [T.pool, "cluster-fr-par-general-1"];
const server: Target = [T.server, "bastion-fr-par-admin-host"];
const cluster: Target = [T.cluster, "cluster-fr-par"];
const key: Target = [T.bastideKey, "keys-fr-par-snds-base-data"];
const registry: Target = [T.registry, "registry-fr-par-research"];
const alerts: Target = ["scaleway:observability/alertManager:AlertManager", "observability-fr-par-alerts"];
const vault: Target = [T.bucket, "domain-pseudo-vault-landing"];
const vpc: Target = [T.vpc, "network-fr-par-vpc"];
const pat: Target = ["scaleway:network/publicGatewayPatRule:PublicGatewayPatRule", "link-fr-par-fr-second-fr-par-pat"];
const adminCard: Target = ["scaleway:instance/privateNic:PrivateNic", "bastion-fr-par-admin-host-nic"];
const par = { region: "fr-par" };
const inPar = { zone: "fr-par-1", tags: tagList("health-pseudo", "data") };
const route = (name: string, destination: string): EstateMutation => ({
  name,
  on: [T.route, "link-fr-par-fr-second-fr-par-route-compute"],
  set: { destination },
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
const exporter = (name: string, inputs: Readonly<Record<string, RawValue>>): EstateMutation => ({
  name,
  add: { type: "scaleway:observability/exporter:Exporter", inputs: { datasourceId: "d", ...par, ...inputs } },
});
const acl = (name: string, set: NonNullable<EstateMutation["set"]>): EstateMutation => ({
  name,
  on: [T.acl, "network-fr-par-acl-v4"],
  set,
});
const balancer = (name: string, inputs: Readonly<Record<string, RawValue>>): EstateMutation => ({
  name,
  add: { type: "scaleway:loadbalancers/loadBalancer:LoadBalancer", inputs: { type: "LB-S", ...inPar, ...inputs } },
});

/** What separates spaces and what stands at their edges, made worse in one place. */
export const SPACE_MUTATIONS = {
  "LOC-02": [
    { name: "no region, no provider", on: bucket, set: { region: undefined }, noProvider: true },
    { name: "no zone, no provider", on: pool, set: { zone: undefined }, noProvider: true },
    { name: "an empty region", on: dataNetwork, set: { region: "" }, noProvider: true },
    { name: "a region that is not known", on: registry, set: { region: UNKNOWN } },
    {
      name: "a provider without place",
      on: [T.provider, "scaleway-fr-second"],
      set: { region: undefined },
      and: [{ on: bucket, set: { region: undefined } }],
      blames: bucket,
    },
  ],
  "LOC-04": [
    { name: "alerts to a mailbox elsewhere", on: alerts, set: { contactPoints: [{ email: "on-call@mail.example" }] } },
    {
      name: "a second mailbox",
      on: alerts,
      set: { contactPoints: [{ email: "on-call@bastide.example" }, { email: "x@bastide.example" }] },
    },
    exporter("Datadog", { datadogDestination: { apiKey: "x" } }),
    exporter("a collector of nobody's", { otlpDestination: { endpoint: "https://otlp.example.com" } }),
    exporter("a collector that is not known", { otlpDestination: { endpoint: UNKNOWN } }),
    exporter("no destination", {}),
  ],
  "CLS-02": [
    { name: "a health bucket in development", on: bucket, set: { "tags.env": "dev" } },
    { name: "an environment in capitals", on: bucket, set: { "tags.env": "PROD" } },
    {
      name: "a network of a test",
      on: dataNetwork,
      set: { tags: ["data-class=health-pseudo", "env=test", "owner=o", "tier=data"] },
    },
    { name: "no environment", on: key, set: { tags: ["data-class=health-pseudo", "owner=o", "tier=data"] } },
    {
      name: "a test bucket in the project",
      on: bucket,
      copy: true,
      set: { name: "m", "tags.env": "dev", "tags.data-class": "technical" },
      blames: bucket,
    },
  ],
  "CLS-03": [
    {
      name: "a bucket of the other side in the project",
      on: bucket,
      set: { "tags.data-class": "health-raw" },
      blames: [T.project, "project-data"],
    },
    {
      name: "the vault among the others",
      on: vault,
      set: { "tags.data-class": "health-pseudo" },
      blames: [T.project, "project-data-raw"],
    },
    {
      name: "the broker reads the vault's secrets",
      on: [T.policy, "identity-policy-broker"],
      set: { "rules.3.projectIds": refTo([T.project, "project-data-raw"]) },
      blames: [T.application, "identity-app-broker"],
    },
    {
      name: "the vault's key on the others' bucket",
      on: encryption,
      set: {
        "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId": tailOf([
          T.bastideKey,
          "keys-fr-par-pseudo-vault-data",
        ]),
      },
      blames: [T.bastideKey, "keys-fr-par-pseudo-vault-data"],
    },
    {
      name: "a key of the other side",
      on: [T.bastideKey, "keys-fr-par-pseudo-vault-data"],
      set: { tags: tagList("health-pseudo", "data") },
    },
    {
      name: "an application of the other side",
      on: [T.application, "identity-app-vault"],
      set: { tags: tagList("health-pseudo", "data") },
    },
  ],
  "ISO-01": [
    {
      name: "two permits in one project",
      on: bucket,
      set: { "tags.permit": "DR-1" },
      and: [{ on: [T.bucket, "domain-snds-base-tables"], set: { "tags.permit": "DR-2" } }],
      blames: [T.project, "project-data"],
    },
    {
      name: "two permits under one broker",
      on: bucket,
      set: { "tags.permit": "DR-1" },
      and: [{ on: [T.bucket, "domain-snds-base-tables"], set: { "tags.permit": "DR-2" } }],
      blames: [T.application, "identity-app-broker"],
    },
    {
      name: "two permits under one ingest",
      on: [T.bucket, "domain-pmsi-landing"],
      set: { "tags.permit": "DR-1" },
      and: [{ on: [T.bucket, "domain-snds-base-landing"], set: { "tags.permit": "DR-2" } }],
      blames: [T.application, "identity-app-ingest"],
    },
    {
      name: "a key of another permit",
      on: bucket,
      set: { "tags.permit": "DR-1" },
      and: [
        {
          on: [T.bastideKey, "keys-fr-second-pmsi-data"],
          set: { tags: [...tagList("health-pseudo", "data"), "permit=DR-2"] },
        },
      ],
      blames: [T.bastideKey, "keys-fr-second-pmsi-data"],
    },
  ],
  "ISO-02": [
    { name: "a shared control plane", on: cluster, set: { type: "kapsule" } },
    { name: "a control plane of nobody's choice", on: cluster, set: { type: undefined } },
    { name: "a multi-cloud cluster", on: cluster, set: { type: "multicloud-dedicated-4" } },
    { name: "development nodes", on: pool, set: { nodeType: "DEV1-M" } },
    { name: "nodes of nearly the right name", on: pool, set: { nodeType: "POP2" } },
    { name: "local disks", on: pool, set: { rootVolumeType: "l_ssd" } },
  ],
  "ISO-03": [
    database("a health database", { privateNetwork: { pnId: "x" } }),
    {
      name: "a container of no class",
      add: { type: T.container, inputs: { namespaceId: "n", privacy: "private", ...par } },
    },
    {
      name: "a function",
      add: {
        type: "scaleway:functions/function:Function",
        inputs: {
          handler: "h",
          namespaceId: "n",
          privacy: "private",
          runtime: "go",
          tags: tagList("health-derived"),
          ...par,
        },
      },
    },
    {
      name: "an edge backend before a health bucket",
      add: {
        type: "scaleway:edgeservices/backendStage:BackendStage",
        inputs: {
          pipelineId: "p",
          s3BackendConfig: { bucketName: "bastide-rehearsal-domain-pmsi-tables", bucketRegion: "fr-par" },
        },
      },
    },
    { name: "a product that is not known", add: { type: "scaleway:novelty/thing:Thing", inputs: {} } },
  ],
  "NET-04": [
    { name: "no ACL of IPv6", on: [T.acl, "network-fr-par-acl-v6"], drop: true, blames: vpc },
    { name: "two ACLs of IPv4", on: [T.acl, "network-fr-par-acl-v6"], set: { isIpv6: false }, blames: vpc },
    acl("an ACL that accepts", { defaultPolicy: "accept" }),
    acl("an ACL of no policy", { defaultPolicy: undefined }),
    acl("a policy in capitals", { defaultPolicy: "DROP" }),
    acl("every port", { "rules.0.dstPortLow": 1, "rules.0.dstPortHigh": 65535 }),
    acl("every protocol", { "rules.0.protocol": undefined }),
    acl("a wider source", { "rules.0.source": "10.16.0.0/16" }),
    acl("every source", { "rules.0.source": "0.0.0.0/0" }),
    acl("no source", { "rules.0.source": undefined }),
    acl("halves of the internet", { "rules.0.source": "128.0.0.0/1" }),
    acl("rules that are not known", { rules: UNKNOWN }),
  ],
  "NET-06": [
    { name: "the NAT at the data tier", on: computeLink, set: { privateNetworkId: refTo(dataNetwork) } },
    { name: "a second NAT", on: computeLink, copy: true, set: {} },
    {
      name: "the bastion translates",
      on: [T.attachment, "bastion-fr-par-gateway-admin"],
      set: { enableMasquerade: true },
    },
    {
      name: "the bastion translates when nobody says",
      on: [T.attachment, "bastion-fr-par-gateway-admin"],
      set: { enableMasquerade: undefined },
    },
    { name: "a network that is not known", on: computeLink, set: { privateNetworkId: "fr-par/nobody" } },
  ],
  "NET-07": [
    { name: "SSH to the router", on: pat, set: { publicPort: 22, protocol: "tcp" } },
    { name: "a database", on: pat, set: { publicPort: 5432, protocol: "tcp" } },
    { name: "the link's port in both protocols", on: pat, set: { protocol: undefined } },
    { name: "a port that is not known", on: pat, set: { publicPort: UNKNOWN } },
    { name: "a mapping of a gateway of nobody's", on: pat, set: { gatewayId: "fr-par-1/nobody" } },
    {
      name: "the gateway in compute",
      on: [T.gateway, "link-fr-par-fr-second-fr-par-gateway"],
      set: { tags: tagList("technical", "compute") },
      blames: pat,
    },
    {
      name: "a load balancer",
      add: {
        type: "scaleway:loadbalancers/loadBalancer:LoadBalancer",
        inputs: { type: "LB-S", assignFlexibleIp: false, ...inPar },
      },
    },
  ],
  "NET-08": [
    balancer("a load balancer of no level", {}),
    balancer("an old level", { sslCompatibilityLevel: "ssl_compatibility_level_old" }),
    {
      name: "a backend in clear text",
      add: { type: T.backend, inputs: { lbId: "l", forwardPort: 80, forwardProtocol: "http" } },
    },
    {
      name: "a backend that believes anybody",
      add: {
        type: T.backend,
        inputs: {
          lbId: "l",
          forwardPort: 443,
          forwardProtocol: "http",
          sslBridging: true,
          ignoreSslServerVerify: true,
        },
      },
    },
    {
      name: "a frontend without certificate",
      add: {
        type: "scaleway:loadbalancers/frontend:Frontend",
        inputs: { lbId: "l", backendId: "b", inboundPort: 443 },
      },
    },
    { name: "a Redis in clear text", add: { type: "scaleway:redis/cluster:Cluster", inputs: { ...inPar } } },
  ],
  "NET-09": [
    { name: "a second card", on: adminCard, copy: true, set: { privateNetworkId: refTo(dataNetwork) }, blames: server },
    { name: "a network beside the card", on: server, set: { privateNetworks: [{ pnId: "fr-par/x" }] } },
    route("a route to a tier that no flow names", "10.17.48.0/22"),
    route("a route to everything of the other region", "10.17.0.0/16"),
    { name: "transitivity", on: vpc, set: { enableTransitivity: true } },
    {
      name: "a peering",
      add: { type: "scaleway:network/connector:Connector", inputs: { vpcId: "a", targetVpcId: "b", ...par } },
    },
    {
      name: "a link to a partner",
      add: { type: "scaleway:interlink/link:Link", inputs: { popId: "p", bandwidthMbps: 50, ...par } },
    },
    {
      name: "an ingress rule",
      add: { type: "scaleway:network/ingressRule:IngressRule", inputs: { vpcId: "v", source: "10.0.0.0/8", ...par } },
    },
  ],
  G7: [
    exporter("Datadog", { datadogDestination: { apiKey: "x" } }),
    {
      name: "an image of a public registry",
      add: { type: T.container, inputs: { namespaceId: "n", image: "docker.io/a/b:1", ...par } },
    },
    { name: "a federation", add: { type: "scaleway:iam/saml:Saml", inputs: {} } },
    {
      name: "sign-in to the cluster by somebody's word",
      on: cluster,
      set: { openIdConnectConfig: { issuerUrl: "https://accounts.example", clientId: "c" } },
    },
    {
      name: "a job from a hub",
      add: { type: "scaleway:job/definition:Definition", inputs: { imageUri: "a/b:1", ...par } },
    },
    { name: "an issuer that is not known", on: cluster, set: { openIdConnectConfig: UNKNOWN } },
  ],
} as const satisfies Partial<Readonly<Record<RuleId, readonly EstateMutation[]>>>;
