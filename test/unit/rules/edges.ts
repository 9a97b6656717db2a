import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import { raw, tagList, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

export const vpc = raw(T.vpc, "v", { region: "fr-par", tags: tagList() }, { id: "fr-par/v" });
export const network = (name: string, tier: string, subnet: string, region = "fr-par", over: RawObject = {}) =>
  raw(
    T.network,
    name,
    { region, vpcId: "fr-par/v", ipv4Subnet: { subnet }, tags: tagList("health-pseudo", tier), ...over },
    { id: `${region}/${name}` },
  );
export const nets = [network("compute", "compute", "10.0.0.0/24"), network("data", "data", "10.0.1.0/24")];
export const acl = (family: 4 | 6, rules: readonly RawObject[] = [], over: RawObject = {}) =>
  raw(T.acl, `acl${family}`, {
    region: "fr-par",
    vpcId: "fr-par/v",
    isIpv6: family === 6,
    defaultPolicy: "drop",
    rules,
    ...over,
  });
export const rule = (over: RawObject = {}): RawObject => ({
  action: "accept",
  protocol: "TCP",
  source: "10.0.0.0/24",
  destination: "10.0.1.0/24",
  dstPortLow: 5432,
  dstPortHigh: 5432,
  ...over,
});
const flow = {
  name: "to-databases",
  from: { region: "fr-par", tier: "compute" },
  to: { region: "fr-par", tier: "data" },
  protocol: "TCP",
  ports: [5432, 5432],
  reason: "r",
  owner: "o",
  phases: ["sealed"],
} as const;
export const law = () => ({
  environment: "test",
  flows: [{ ...flow, ports: [5432, 5432] as [number, number], phases: ["sealed" as const] }],
});

export const net04: RuleCases = {
  passing: [
    {
      name: "both ACLs, a flow and its answers",
      resources: [
        vpc,
        ...nets,
        acl(4, [
          rule(),
          rule({
            source: "10.0.1.0/24",
            destination: "10.0.0.0/24",
            srcPortLow: 5432,
            srcPortHigh: 5432,
            dstPortLow: 1024,
            dstPortHigh: 65535,
          }),
        ]),
        acl(6),
      ],
      on: vpc.urn,
      law: law(),
    },
    {
      name: "narrow rules in a program that is not ours",
      resources: [vpc, ...nets, acl(4, [rule({ dstPortLow: 443, dstPortHigh: 443 })]), acl(6)],
      on: urnOf(T.acl, "acl4"),
      property: "rules[0]",
    },
  ],
  failing: [
    { name: "no ACL of IPv6", resources: [vpc, ...nets, acl(4)], on: vpc.urn, property: "acl.ipv6" },
    {
      name: "a policy that nobody wrote, and so accepts",
      resources: [vpc, ...nets, acl(4, [], { defaultPolicy: null }), acl(6)],
      on: urnOf(T.acl, "acl4"),
      property: "defaultPolicy",
      got: "accept",
    },
    {
      name: "an empty source, which is every address",
      resources: [vpc, ...nets, acl(4, [rule({ source: "" })]), acl(6)],
      on: urnOf(T.acl, "acl4"),
      property: "rules[0]",
    },
    {
      name: "a port that no flow has",
      resources: [vpc, ...nets, acl(4, [rule({ dstPortLow: 22, dstPortHigh: 22 })]), acl(6)],
      on: urnOf(T.acl, "acl4"),
      property: "rules[0]",
      law: law(),
    },
    {
      name: "every port, because none is named",
      resources: [vpc, ...nets, acl(4, [rule({ dstPortLow: null, dstPortHigh: null })]), acl(6)],
      on: urnOf(T.acl, "acl4"),
      property: "rules[0]",
      law: law(),
    },
    {
      name: "a network of the project's default VPC",
      resources: [network("data", "data", "10.0.1.0/24", "fr-par", { vpcId: null })],
      on: urnOf(T.network, "data"),
      property: "acl.ipv4",
    },
  ],
  undecided: [
    {
      name: "an ACL whose VPC is not known",
      resources: [vpc, ...nets, acl(4, [], { vpcId: UNKNOWN }), acl(6)],
      on: vpc.urn,
      property: "acl.ipv4",
    },
    {
      name: "rules that are not known",
      resources: [vpc, ...nets, raw(T.acl, "a", { vpcId: "fr-par/v", defaultPolicy: "drop", rules: UNKNOWN }), acl(6)],
      on: urnOf(T.acl, "a"),
      property: "rules",
    },
    {
      name: "a destination that is not known",
      resources: [vpc, ...nets, acl(4, [rule({ destination: UNKNOWN })]), acl(6)],
      on: urnOf(T.acl, "acl4"),
      property: "rules[0]",
    },
  ],
  notApplicable: [
    {
      name: "a VPC with nothing but a technical dmz",
      resources: [vpc, network("dmz", "dmz", "10.0.2.0/24", "fr-par", { tags: tagList("technical", "dmz") })],
      on: vpc.urn,
    },
  ],
  mutations: [
    { of: "both ACLs, a flow and its answers", on: urnOf(T.acl, "acl6"), property: "isIpv6", to: undefined },
    { of: "both ACLs, a flow and its answers", on: urnOf(T.acl, "acl6"), property: "defaultPolicy", to: undefined },
    { of: "both ACLs, a flow and its answers", on: urnOf(T.acl, "acl4"), property: "rules.0.protocol", to: undefined },
    {
      of: "both ACLs, a flow and its answers",
      on: urnOf(T.acl, "acl4"),
      property: "rules.0.destination",
      to: "10.0.0.0/8",
    },
    { of: "both ACLs, a flow and its answers", on: urnOf(T.acl, "acl4"), property: "rules.1.srcPortHigh", to: 65535 },
  ],
};

export const attach = (name: string, of: string, over: RawObject = {}) =>
  raw(T.attachment, name, {
    zone: "fr-par-1",
    gatewayId: "fr-par-1/g",
    privateNetworkId: `fr-par/${of}`,
    ipamConfigs: [{ pushDefaultRoute: true }],
    ...over,
  });

export const net06: RuleCases = {
  passing: [
    {
      name: "one gateway for the nodes",
      resources: [...nets, attach("a", "compute")],
      on: urnOf(T.attachment, "a"),
      property: "privateNetworkId",
    },
  ],
  failing: [
    {
      name: "a way out of the data tier",
      resources: [...nets, attach("a", "data")],
      on: urnOf(T.attachment, "a"),
      property: "privateNetworkId",
      got: "data",
    },
    {
      name: "a translation that nobody announces",
      resources: [...nets, attach("a", "data", { ipamConfigs: [] })],
      on: urnOf(T.attachment, "a"),
      property: "privateNetworkId",
    },
    {
      name: "a network of administrators that learns the VPC's way out",
      resources: [network("admin", "admin", "10.0.3.0/24", "fr-par", { enableDefaultRoutePropagation: true })],
      on: urnOf(T.network, "admin"),
      property: "enableDefaultRoutePropagation",
      got: true,
    },
    {
      name: "a gateway that lets mail out",
      resources: [raw(T.gateway, "g", { type: "VPC-GW-S", enableSmtp: true })],
      on: urnOf(T.gateway, "g"),
      property: "enableSmtp",
      got: true,
    },
    {
      name: "a second way out of the same tier",
      resources: [...nets, attach("a", "compute"), attach("b", "compute", { gatewayId: "fr-par-1/h" })],
      on: urnOf(T.attachment, "b"),
      property: "gatewayId",
    },
  ],
  undecided: [
    {
      name: "a network that is not known",
      resources: [...nets, attach("a", "compute", { privateNetworkId: UNKNOWN })],
      on: urnOf(T.attachment, "a"),
    },
    {
      name: "a translation that is not known",
      resources: [...nets, attach("a", "compute", { enableMasquerade: UNKNOWN })],
      on: urnOf(T.attachment, "a"),
    },
  ],
  notApplicable: [
    {
      name: "an attachment that translates nothing",
      resources: [...nets, attach("a", "data", { enableMasquerade: false })],
      on: urnOf(T.attachment, "a"),
    },
  ],
  mutations: [
    { of: "one gateway for the nodes", on: urnOf(T.attachment, "a"), property: "privateNetworkId", to: "fr-par/data" },
    {
      of: "one gateway for the nodes",
      on: urnOf(T.network, "compute"),
      property: "tags",
      to: tagList("technical", "log"),
    },
  ],
};

export const PAT = "scaleway:network/publicGatewayPatRule:PublicGatewayPatRule";
export const LB = "scaleway:loadbalancers/loadBalancer:LoadBalancer";
export const FRONT = "scaleway:loadbalancers/frontend:Frontend";
export const gateway = (tier = "dmz") =>
  raw(T.gateway, "g", { zone: "fr-par-1", tags: tagList("technical", tier) }, { id: "fr-par-1/g" });
export const lb = (over: RawObject = {}) =>
  raw(LB, "l", { type: "LB-S", tags: tagList("technical", "dmz"), ...over }, { id: "fr-par-1/l" });
export const map = (over: RawObject = {}) =>
  raw(PAT, "m", {
    gatewayId: "fr-par-1/g",
    privateIp: "10.0.0.2",
    privatePort: 51820,
    publicPort: 51820,
    protocol: "udp",
    ...over,
  });
export const entrance = {
  name: "link",
  tier: "dmz" as const,
  protocol: "UDP" as const,
  ports: [51820, 51820] as [number, number],
  reason: "r",
};

export const net07: RuleCases = {
  passing: [
    {
      name: "a listed port of a gateway in dmz",
      resources: [gateway(), map()],
      on: urnOf(PAT, "m"),
      property: "publicPort",
      law: { entrances: [entrance] },
    },
    {
      name: "HTTPS on a load balancer in dmz",
      resources: [lb(), raw(FRONT, "f", { lbId: "fr-par-1/l", backendId: "b", inboundPort: 443 })],
      on: urnOf(FRONT, "f"),
      property: "inboundPort",
    },
  ],
  failing: [
    {
      name: "a database port",
      resources: [gateway(), map({ publicPort: 5432, protocol: "tcp" })],
      on: urnOf(PAT, "m"),
      property: "publicPort",
      got: { protocol: "tcp", port: 5432 },
    },
    {
      name: "a listed port for both protocols",
      resources: [gateway(), map({ protocol: null })],
      on: urnOf(PAT, "m"),
      property: "publicPort",
      law: { entrances: [entrance] },
    },
    {
      name: "a listed port that leads to a host of another tier",
      resources: [...nets, network("dmz", "dmz", "10.0.9.0/24"), gateway(), map({ privateIp: "10.0.1.7" })],
      on: urnOf(PAT, "m"),
      property: "privateIp",
      law: { entrances: [entrance] },
      got: "10.0.1.7",
    },
    {
      name: "a gateway of another tier",
      resources: [gateway("compute"), map()],
      on: urnOf(PAT, "m"),
      property: "tags.tier",
      law: { entrances: [entrance] },
      got: "compute",
    },
    {
      name: "a load balancer in compute, public whatever it says",
      resources: [lb({ assignFlexibleIp: false, tags: tagList("technical", "compute") })],
      on: urnOf(LB, "l"),
      property: "tags.tier",
    },
    {
      name: "an edge pipeline's name",
      resources: [raw("scaleway:edgeservices/dnsStage:DnsStage", "d", { pipelineId: "p", fqdns: ["a.example"] })],
      on: urnOf("scaleway:edgeservices/dnsStage:DnsStage", "d"),
      property: "tags.tier",
    },
  ],
  undecided: [
    { name: "a port that is not known", resources: [gateway(), map({ publicPort: UNKNOWN })], on: urnOf(PAT, "m") },
    {
      name: "a gateway that is not known",
      resources: [gateway(), map({ gatewayId: UNKNOWN })],
      on: urnOf(PAT, "m"),
      property: "tags.tier",
      law: { entrances: [entrance] },
    },
  ],
  notApplicable: [{ name: "a gateway without mapping", resources: [gateway()], on: "stack" }],
  mutations: [
    { of: "a listed port of a gateway in dmz", on: urnOf(PAT, "m"), property: "publicPort", to: 22 },
    { of: "a listed port of a gateway in dmz", on: urnOf(PAT, "m"), property: "protocol", to: undefined },
    { of: "HTTPS on a load balancer in dmz", on: urnOf(FRONT, "f"), property: "inboundPort", to: 80 },
  ],
};

const REDIS = "scaleway:redis/cluster:Cluster";
const safeBackend: RawObject = { lbId: "l", forwardProtocol: "tcp", forwardPort: 443, sslBridging: true };

export const net08: RuleCases = {
  passing: [
    {
      name: "a frontend with a certificate",
      resources: [raw(FRONT, "f", { lbId: "l", inboundPort: 443, certificateIds: [UNKNOWN] })],
      on: urnOf(FRONT, "f"),
      property: "certificateIds",
    },
    { name: "a backend that encrypts again", resources: [raw(T.backend, "b", safeBackend)], on: urnOf(T.backend, "b") },
    {
      name: "an ingress with a certificate",
      resources: [raw(T.ingress, "i", { spec: { tls: [{ hosts: ["a.example"], secretName: "s" }] } })],
      on: urnOf(T.ingress, "i"),
    },
    { name: "a Redis with TLS", resources: [raw(REDIS, "r", { tlsEnabled: true })], on: urnOf(REDIS, "r") },
    {
      name: "modern suites",
      resources: [lb({ sslCompatibilityLevel: "ssl_compatibility_level_modern" })],
      on: urnOf(LB, "l"),
    },
  ],
  failing: [
    {
      name: "a backend that believes any certificate",
      resources: [raw(T.backend, "b", { ...safeBackend, ignoreSslServerVerify: true })],
      on: urnOf(T.backend, "b"),
      property: "ignoreSslServerVerify",
      got: true,
    },
    {
      name: "a backend in clear text",
      resources: [raw(T.backend, "b", { lbId: "l" })],
      on: urnOf(T.backend, "b"),
      property: "sslBridging",
      got: false,
    },
    {
      name: "a level that nobody wrote",
      resources: [lb()],
      on: urnOf(LB, "l"),
      property: "sslCompatibilityLevel",
      got: "ssl_compatibility_level_intermediate",
    },
    {
      name: "a frontend on 80",
      resources: [raw(FRONT, "f", { inboundPort: 80 })],
      on: urnOf(FRONT, "f"),
      property: "inboundPort",
    },
    {
      name: "an ingress in clear text",
      resources: [raw(T.ingress, "i", { spec: { ingressClassName: "inner", rules: [] } })],
      on: urnOf(T.ingress, "i"),
      property: "spec.tls",
      got: 0,
    },
    { name: "a Redis without a word", resources: [raw(REDIS, "r", {})], on: urnOf(REDIS, "r"), property: "tlsEnabled" },
  ],
  undecided: [
    {
      name: "TLS that is not known",
      resources: [raw(REDIS, "r", { tlsEnabled: UNKNOWN })],
      on: urnOf(REDIS, "r"),
    },
  ],
  notApplicable: [{ name: "a bucket", resources: [raw(T.bucket, "b")], on: "stack" }],
  mutations: [
    { of: "a frontend with a certificate", on: urnOf(FRONT, "f"), property: "certificateIds", to: [] },
    { of: "a backend that encrypts again", on: urnOf(T.backend, "b"), property: "sslBridging", to: false },
    { of: "a Redis with TLS", on: urnOf(REDIS, "r"), property: "tlsEnabled", to: undefined },
    { of: "an ingress with a certificate", on: urnOf(T.ingress, "i"), property: "spec.tls", to: [] },
  ],
};

const NIC = "scaleway:instance/privateNic:PrivateNic";
const CONNECTOR = "scaleway:network/connector:Connector";
export const card = (name: string, of: string) =>
  raw(NIC, name, { serverId: "fr-par-1/s", privateNetworkId: of === "?" ? UNKNOWN : `fr-par/${of}` });
export const server = raw(T.server, "s", { type: "POP2-2C-8G" }, { id: "fr-par-1/s" });
export const far = network("far", "compute", "10.1.0.0/24", "fr-far");
export const between = () => ({
  environment: "test",
  flows: [
    {
      ...flow,
      from: { region: "fr-far", tier: "compute" as const },
      to: { region: "fr-par", tier: "compute" as const },
      ports: [5432, 5432] as [number, number],
      phases: ["sealed" as const],
    },
  ],
});
export const route = (destination: string) => raw(T.route, "r", { region: "fr-par", vpcId: "fr-par/v", destination });

export const net09: RuleCases = {
  passing: [
    { name: "a server with one card", resources: [...nets, server, card("c", "compute")], on: server.urn },
    {
      name: "a route to the far end of a declared flow",
      resources: [...nets, far, route("10.1.0.0/24")],
      on: urnOf(T.route, "r"),
      property: "destination",
      law: between(),
    },
    { name: "a VPC that carries nothing on", resources: [vpc], on: vpc.urn, property: "enableTransitivity" },
  ],
  failing: [
    {
      name: "a server with a card in two tiers",
      resources: [...nets, server, card("c", "compute"), card("d", "data")],
      on: server.urn,
      property: "privateNetworks",
    },
    {
      name: "a server that says one tier and stands in another",
      resources: [
        ...nets,
        raw(T.server, "s", { tags: tagList("technical", "admin") }, { id: "fr-par-1/s" }),
        card("c", "data"),
      ],
      on: server.urn,
      property: "tags.tier",
      got: "admin",
    },
    {
      name: "a cluster in the network of another tier",
      resources: [
        ...nets,
        raw(T.cluster, "k", { privateNetworkId: "fr-par/data", tags: tagList("health-pseudo", "compute") }),
      ],
      on: urnOf(T.cluster, "k"),
      property: "tags.tier",
      got: "compute",
    },
    {
      name: "a server that names a network beside its card",
      resources: [
        ...nets,
        raw(T.server, "s", { privateNetworks: [{ pnId: "fr-par/data" }] }, { id: "fr-par-1/s" }),
        card("c", "compute"),
      ],
      on: server.urn,
      property: "privateNetworks",
    },
    {
      name: "a peering",
      resources: [raw(CONNECTOR, "c", { vpcId: "a", targetVpcId: "b" })],
      on: urnOf(CONNECTOR, "c"),
      property: "targetVpcId",
    },
    {
      name: "a VPN",
      resources: [raw("scaleway:s2svpn/gateway:Gateway", "g", { gatewayType: "VGW-S" })],
      on: urnOf("scaleway:s2svpn/gateway:Gateway", "g"),
      property: "privateNetworkId",
    },
    {
      name: "a route that no flow declares",
      resources: [...nets, far, route("10.1.0.0/24")],
      on: urnOf(T.route, "r"),
      property: "destination",
      got: "10.1.0.0/24",
    },
    {
      name: "a route wider than the far network",
      resources: [...nets, far, route("10.1.0.0/16")],
      on: urnOf(T.route, "r"),
      property: "destination",
      law: between(),
    },
  ],
  undecided: [
    {
      name: "a second card in a network that is not known",
      resources: [...nets, server, card("c", "compute"), card("d", "?")],
      on: server.urn,
    },
    {
      name: "transitivity that is not known",
      resources: [raw(T.vpc, "v", { enableTransitivity: UNKNOWN })],
      on: vpc.urn,
    },
  ],
  notApplicable: [{ name: "a bucket", resources: [raw(T.bucket, "b")], on: "stack" }],
  mutations: [
    { of: "a VPC that carries nothing on", on: vpc.urn, property: "enableTransitivity", to: true },
    {
      of: "a route to the far end of a declared flow",
      on: urnOf(T.route, "r"),
      property: "destination",
      to: "10.2.0.0/24",
    },
    { of: "a server with one card", on: server.urn, property: "privateNetworks", to: [{ pnId: "fr-par/data" }] },
  ],
};
