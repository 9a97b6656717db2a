import type { InstanceArgs as DatabaseArgs, ReadReplicaArgs } from "@pulumiverse/scaleway/databases/index.js";
import type { RecordArgs } from "@pulumiverse/scaleway/domain/index.js";
import type { IpArgs, PrivateNicArgs, ServerArgs } from "@pulumiverse/scaleway/instance/index.js";
import type { LinkArgs } from "@pulumiverse/scaleway/interlink/index.js";
import type { ClusterArgs as KafkaArgs } from "@pulumiverse/scaleway/kafka/index.js";
import type { ClusterArgs, PoolArgs } from "@pulumiverse/scaleway/kubernetes/index.js";
import type {
  BackendArgs,
  IpArgs as BalancerIpArgs,
  PrivateNetworkArgs as BalancerNetworkArgs,
  RouteArgs as BalancerRouteArgs,
  FrontendArgs,
  LoadBalancerArgs,
} from "@pulumiverse/scaleway/loadbalancers/index.js";
import type { InstanceArgs as MongoArgs } from "@pulumiverse/scaleway/mongodb/index.js";
import type { DeploymentArgs as SearchArgs } from "@pulumiverse/scaleway/opensearch/index.js";
import type { ClusterArgs as RedisArgs } from "@pulumiverse/scaleway/redis/index.js";
import type { GatewayArgs as VpnGatewayArgs } from "@pulumiverse/scaleway/s2svpn/index.js";
import { type Known, mapKnown } from "../../../kernel/known.ts";
import { supplied } from "../reader.ts";
import type { Ref } from "../reference.ts";
import { type Decoder, decoder } from "./decoder.ts";

const absent = (property: string): Ref => ({ kind: "absent", property });
const present = (refs: readonly Ref[]): readonly Ref[] => refs.filter((ref) => ref.kind !== "absent");

/** One network named inside a block that may be absent. */
const named = <R>(block: Known<R | undefined>, ref: (found: R) => Ref): Known<readonly Ref[]> =>
  mapKnown(block, (found) => (found === undefined ? [] : present([ref(found)])));

const cards = (urn: string, property: string, value: Known<readonly Ref[]>) =>
  ({ kind: "cards", urn, networks: { property, value } }) as const;

/** Machines, clusters, managed services and load balancers: who stands in which network, and what leads to them. */
export const topologyHostDecoders: readonly Decoder[] = [
  decoder<ServerArgs>("scaleway:instance/server:Server", (read, { urn }) => [
    cards(
      urn,
      "privateNetworks",
      mapKnown(read.list("privateNetworks"), (list) => list.map((card) => card.ref("pnId"))),
    ),
  ]),
  decoder<PrivateNicArgs>("scaleway:instance/privateNic:PrivateNic", (read, { urn }) => [
    { kind: "card-address", urn, booked: read.refs("ipamIpIds") },
  ]),
  decoder<IpArgs>("scaleway:instance/ip:Ip", (_, raw) => [
    { kind: "public-address", urn: raw.urn, address: supplied(raw, "address") },
  ]),
  decoder<ClusterArgs>("scaleway:kubernetes/cluster:Cluster", (read, { urn }) => [
    {
      kind: "cluster-network",
      urn,
      network: read.ref("privateNetworkId"),
      cni: { property: "cni", value: read.text("cni") },
    },
  ]),
  decoder<PoolArgs>("scaleway:kubernetes/pool:Pool", (read, { urn }) => [
    { kind: "node-pool", urn, cluster: read.ref("clusterId") },
  ]),

  decoder<DatabaseArgs>("scaleway:databases/instance:Instance", (read, { urn }) => [
    cards(
      urn,
      "privateNetwork",
      named(read.object("privateNetwork"), (n) => n.ref("pnId")),
    ),
  ]),
  decoder<ReadReplicaArgs>("scaleway:databases/readReplica:ReadReplica", (read, { urn }) => [
    cards(
      urn,
      "privateNetwork",
      named(read.object("privateNetwork"), (n) => n.ref("privateNetworkId")),
    ),
  ]),
  decoder<MongoArgs>("scaleway:mongodb/instance:Instance", (read, { urn }) => [
    cards(
      urn,
      "privateNetwork",
      named(read.object("privateNetwork"), (n) => n.ref("pnId")),
    ),
  ]),
  decoder<RedisArgs>("scaleway:redis/cluster:Cluster", (read, { urn }) => [
    cards(
      urn,
      "privateNetworks",
      mapKnown(read.list("privateNetworks"), (list) => list.map((n) => n.ref("id"))),
    ),
  ]),
  decoder<KafkaArgs>("scaleway:kafka/cluster:Cluster", (read, { urn }) => [
    cards(
      urn,
      "privateNetwork",
      named(read.object("privateNetwork"), (n) => n.ref("pnId")),
    ),
  ]),
  decoder<SearchArgs>("scaleway:opensearch/deployment:Deployment", (read, { urn }) => [
    cards(
      urn,
      "privateNetwork",
      named(read.object("privateNetwork"), (n) => n.ref("privateNetworkId")),
    ),
  ]),

  decoder<LoadBalancerArgs>("scaleway:loadbalancers/loadBalancer:LoadBalancer", (read, { urn }) => [
    {
      kind: "balancer",
      urn,
      networks: {
        property: "privateNetworks",
        value: mapKnown(read.list("privateNetworks"), (list) => list.map((n) => n.ref("privateNetworkId"))),
      },
      addresses: mapKnown(read.refs("ipIds"), (many) => present([read.ref("ipId"), ...many])),
    },
  ]),
  decoder<BalancerIpArgs>("scaleway:loadbalancers/ip:Ip", (_, raw) => [
    { kind: "public-address", urn: raw.urn, address: supplied(raw, "ipAddress") },
  ]),
  decoder<BalancerNetworkArgs>("scaleway:loadbalancers/privateNetwork:PrivateNetwork", (read, { urn }) => [
    { kind: "balancer-network", urn, balancer: read.ref("lbId"), network: read.ref("privateNetworkId") },
  ]),
  decoder<FrontendArgs>("scaleway:loadbalancers/frontend:Frontend", (read, { urn }) => [
    {
      kind: "frontend",
      urn,
      balancer: read.ref("lbId"),
      backend: read.ref("backendId"),
      port: { property: "inboundPort", value: read.count("inboundPort") },
    },
  ]),
  decoder<BalancerRouteArgs>("scaleway:loadbalancers/route:Route", (read, { urn }) => [
    { kind: "frontend-route", urn, frontend: read.ref("frontendId"), backend: read.ref("backendId") },
  ]),
  decoder<BackendArgs>("scaleway:loadbalancers/backend:Backend", (read, { urn }) => [
    {
      kind: "backend",
      urn,
      balancer: read.ref("lbId"),
      servers: { property: "serverIps", value: read.texts("serverIps") },
      port: { property: "forwardPort", value: read.count("forwardPort") },
    },
  ]),

  decoder<VpnGatewayArgs>("scaleway:s2svpn/gateway:Gateway", (read, { urn }) => [
    { kind: "outside-link", urn, network: read.ref("privateNetworkId"), vpc: absent("vpcId") },
  ]),
  decoder<LinkArgs>("scaleway:interlink/link:Link", (read, { urn }) => [
    { kind: "outside-link", urn, network: absent("privateNetworkId"), vpc: read.ref("vpcId") },
  ]),

  decoder<RecordArgs>("scaleway:domain/record:Record", (read, { urn }) => [
    { kind: "name", urn, name: recordName(read.text("dnsZone"), read.text("name")), type: read.text("type") },
  ]),
];

function recordName(zone: Known<string | undefined>, name: Known<string | undefined>): Known<string> {
  if (!zone.known) return zone;
  return mapKnown(
    name,
    (label) => (label === undefined || label === "" || label === "@" ? "" : `${label}.`) + zone.value,
  );
}
