import { describe, expect, it } from "vitest";
import { estateOf } from "../../../judge/facts/estate.ts";
import { type RawResource, UNKNOWN } from "../../../judge/facts/raw.ts";
import { reachFrom } from "../../../judge/graph/reach.ts";
import { urnOf } from "../../harness/raw.ts";
import { T } from "../../harness/types.ts";
import {
  acl,
  aclRule,
  acls,
  balancer,
  byMachine,
  card,
  gateway,
  mapped,
  net,
  netUrn,
  peered,
  route,
  server,
  serverUrn,
  serves,
  vpc,
} from "../../harness/wires.ts";

const DATA = "10.0.0.0/24";
const DMZ = "10.0.1.0/24";
const two = [vpc("v"), net("data", "data", { v4: DATA }), net("dmz", "dmz", { v4: DMZ })];
const walled = [...two, ...acls("v")];
const edge = [gateway("g"), serves("g", "dmz")];

/** The shortest way, as the resources that opened its hops. */
function way(resources: readonly RawResource[], from: string, to: string) {
  const { arrivals } = reachFrom(estateOf("state", resources), from);
  const first = arrivals.find((arrival) => arrival.to === to);
  if (first === undefined) return undefined;
  return { ground: first.ground, by: first.path.map((hop) => `${hop.by.split("::").at(-1)}.${hop.property}`) };
}

interface Hole {
  readonly name: string;
  readonly resources: readonly RawResource[];
  readonly from: string;
  readonly to: string;
  readonly by: readonly string[];
  readonly ground?: "unresolved";
}

const HOLES: readonly Hole[] = [
  {
    name: "no ACL between two networks",
    resources: two,
    from: netUrn("dmz"),
    to: netUrn("data"),
    by: ["v.acl"],
  },
  {
    name: "only the IPv4 list",
    resources: [
      vpc("v"),
      net("data", "data", { v4: DATA, v6: "fd00::/64" }),
      net("dmz", "dmz", { v4: DMZ, v6: "fd00:1::/64" }),
      acl("v"),
    ],
    from: netUrn("dmz"),
    to: netUrn("data"),
    by: ["v.acl"],
  },
  {
    name: "a mapped port into a machine of two networks",
    resources: [
      ...walled,
      gateway("g"),
      serves("g", "dmz", false),
      mapped("g", "10.0.1.9"),
      server("s", []),
      ...card("s", "dmz", "10.0.1.9"),
      ...card("s", "data", "10.0.0.9"),
    ],
    from: "internet",
    to: netUrn("data"),
    by: ["g-pat.privateIp", "g-pat.privateIp", "nic-s-dmz.privateNetworkId", "nic-s-data.privateNetworkId"],
  },
  {
    name: "a machine of two networks, one of which leaves by a gateway",
    resources: [...walled, ...edge, server("s", ["data", "dmz"])],
    from: netUrn("data"),
    to: "internet",
    by: ["s.privateNetworks[0].pnId", "s.privateNetworks[1].pnId", "g-dmz.ipamConfigs", "g-dmz.enableMasquerade"],
  },
  {
    name: "a chain of peerings",
    resources: [
      ...walled,
      vpc("w"),
      vpc("x"),
      net("third", "compute", { vpc: "x", v4: "10.2.0.0/24" }),
      ...peered("v", "w"),
      ...peered("w", "x"),
    ],
    from: netUrn("data"),
    to: netUrn("third"),
    by: ["v-to-w.targetVpcId", "w-to-x.targetVpcId", "x.enableRouting"],
  },
  {
    name: "a default route over a peering to another VPC's firewall",
    resources: [
      vpc("v"),
      net("data", "data", { v4: DATA, inputs: { enableDefaultRoutePropagation: true } }),
      ...acls("v"),
      vpc("w"),
      net("hub", "dmz", { vpc: "w", v4: "10.2.0.0/24" }),
      gateway("g"),
      serves("g", "hub"),
      server("fw", []),
      ...card("fw", "hub", "10.2.0.4"),
      ...peered("v", "w"),
      route("v", "0.0.0.0/0", { nexthopVpcConnectorId: "fr-par/v-to-w" }),
      route("w", "0.0.0.0/0", byMachine("nic-fw-hub")),
    ],
    from: netUrn("data"),
    to: "internet",
    by: ["route-v-fr-par/v-to-w.destination", "g-hub.ipamConfigs", "g-hub.enableMasquerade"],
  },
  {
    name: "propagation of another network's default route",
    resources: [
      vpc("v"),
      net("data", "data", { v4: DATA, inputs: { enableDefaultRoutePropagation: true } }),
      net("dmz", "dmz", { v4: DMZ }),
      ...acls("v"),
      ...edge,
    ],
    from: netUrn("data"),
    to: "internet",
    by: ["data.enableDefaultRoutePropagation", "data.enableMasquerade"],
  },
  {
    name: "a load balancer whose servers are in the data tier",
    resources: [...walled, ...balancer("lb", ["data"], { port: 443, servers: ["10.0.0.7"], to: 5432 })],
    from: "internet",
    to: netUrn("data"),
    by: ["lb.ipIds", "lb-back.serverIps"],
  },
  {
    name: "from dmz by a load balancer of both networks",
    resources: [...walled, ...balancer("lb", ["dmz", "data"], { port: 443, servers: ["10.0.0.7"], to: 5432 })],
    from: netUrn("dmz"),
    to: netUrn("data"),
    by: ["lb.privateNetworks", "lb-back.serverIps"],
  },
  {
    name: "routers whose routes lead to each other",
    resources: [
      ...two,
      ...acls("v", [aclRule(DATA, "10.9.0.0/24", 5432)]),
      vpc("w"),
      net("far", "data", { vpc: "w", v4: "10.9.0.0/24" }),
      net("far-dmz", "dmz", { vpc: "w", v4: "10.9.1.0/24" }),
      ...acls("w", [aclRule(DATA, "10.9.0.0/24", 5432)]).map((r) => r),
      gateway("g"),
      serves("g", "dmz"),
      mapped("g", "10.0.1.4", { protocol: "udp", privatePort: 51820 }),
      server("r", []),
      ...card("r", "dmz", "10.0.1.4"),
      server("q", []),
      ...card("q", "far-dmz", "10.9.1.4"),
      route("v", "10.9.0.0/24", byMachine("nic-r-dmz")),
      route("w", DATA, byMachine("nic-q-far-dmz")),
    ],
    from: netUrn("data"),
    to: netUrn("far"),
    by: [
      "route-v-fr-par-1/nic-r-dmz.destination",
      "route-v-fr-par-1/nic-r-dmz.nexthopResourceId",
      "route-v-fr-par-1/nic-r-dmz.nexthopResourceId",
      "acl-w.rules[0]",
    ],
  },
  {
    name: "a public address on a machine in the data network",
    resources: [...walled, server("s", ["data"], { enableDynamicIp: true })],
    from: "internet",
    to: netUrn("data"),
    by: ["s.enableDynamicIp", "s.privateNetworks[0].pnId"],
  },
  {
    name: "a VPN gateway in the data network",
    resources: [
      ...walled,
      {
        ...vpc("vpn", { privateNetworkId: "fr-par/data", gatewayType: "VGW-S" }),
        type: T.vpnGateway,
        urn: urnOf(T.vpnGateway, "vpn"),
      },
    ],
    from: netUrn("data"),
    to: "elsewhere",
    by: ["vpn.privateNetworkId"],
  },
  {
    name: "a dropping rule behind the accepting one",
    resources: [...two, ...acls("v", [aclRule(DMZ, DATA, 443), aclRule(DMZ, DATA, 443, { action: "drop" })])],
    from: netUrn("dmz"),
    to: netUrn("data"),
    by: ["acl-v.rules[0]"],
  },
  {
    name: "a dropping rule that is not known drops nothing",
    resources: [
      ...two,
      acl("v", [aclRule(DMZ, DATA, undefined, { action: "drop", source: UNKNOWN })], { defaultPolicy: "accept" }),
    ],
    from: netUrn("dmz"),
    to: netUrn("data"),
    by: ["acl-v.defaultPolicy"],
  },
  {
    name: "an accepting rule that is not known",
    resources: [...two, ...acls("v", [aclRule(DMZ, DATA, 443, { destination: UNKNOWN })])],
    from: netUrn("dmz"),
    to: netUrn("data"),
    by: ["acl-v.rules[0]"],
    ground: "unresolved",
  },
  {
    name: "a peer that is not in the file",
    resources: [...walled, ...peered("v", "gone", false)],
    from: netUrn("data"),
    to: "elsewhere",
    by: ["v-to-gone.targetVpcId"],
    ground: "unresolved",
  },
  {
    name: "a card in a network that is not in the file",
    resources: [...walled, server("s", ["data", "gone"])],
    from: netUrn("data"),
    to: "elsewhere",
    by: ["s.privateNetworks[0].pnId", "s.privateNetworks[1].pnId"],
    ground: "unresolved",
  },
  {
    name: "a next hop that nobody knows",
    resources: [
      ...two,
      ...acls("v", [aclRule(DATA, "10.9.0.0/16")]),
      route("v", "10.9.0.0/16", { nexthopResourceId: "fr-par/gone" }),
    ],
    from: netUrn("data"),
    to: "elsewhere",
    by: ["route-v-fr-par/gone.destination"],
    ground: "unresolved",
  },
];

const SOUND: readonly {
  readonly name: string;
  readonly resources: readonly RawResource[];
  readonly from: string;
  readonly to: string;
}[] = [
  { name: "a filter that drops", resources: walled, from: netUrn("dmz"), to: netUrn("data") },
  {
    name: "a peering of which only one side is there",
    resources: [
      ...walled,
      vpc("w"),
      net("other", "compute", { vpc: "w", v4: "10.2.0.0/24" }),
      ...peered("v", "w", false),
    ],
    from: netUrn("data"),
    to: netUrn("other"),
  },
  {
    name: "a chain of peerings whose middle lets nobody through",
    resources: [
      ...walled,
      vpc("w", { enableTransitivity: false }),
      vpc("x"),
      net("third", "compute", { vpc: "x", v4: "10.2.0.0/24" }),
      ...peered("v", "w"),
      ...peered("w", "x"),
    ],
    from: netUrn("data"),
    to: netUrn("third"),
  },
  {
    name: "a gateway that serves without leading out",
    resources: [...walled, gateway("g"), serves("g", "data", false)],
    from: netUrn("data"),
    to: "internet",
  },
  {
    name: "another network's default route, not propagated",
    resources: [...walled, ...edge],
    from: netUrn("data"),
    to: "internet",
  },
  {
    name: "a custom default route that the network does not take",
    resources: [...walled, ...edge, server("fw", ["dmz"]), route("v", "0.0.0.0/0", byMachine("fw"))],
    from: netUrn("data"),
    to: "internet",
  },
  {
    name: "a mapped port to a machine of one network",
    resources: [...walled, ...edge, mapped("g", "10.0.1.9"), server("s", []), ...card("s", "dmz", "10.0.1.9")],
    from: "internet",
    to: netUrn("data"),
  },
  {
    name: "a mapped port beside the machine of two networks",
    resources: [
      ...walled,
      ...edge,
      mapped("g", "10.0.1.8"),
      server("s", []),
      ...card("s", "dmz", "10.0.1.9"),
      ...card("s", "data", "10.0.0.9"),
    ],
    from: "internet",
    to: netUrn("data"),
  },
  {
    name: "a public address behind a group that lets nothing in",
    resources: [
      ...walled,
      {
        ...vpc("sg", { inboundDefaultPolicy: "drop", outboundDefaultPolicy: "drop" }),
        type: T.group,
        urn: urnOf(T.group, "sg"),
      },
      server("s", ["data"], { enableDynamicIp: true, securityGroupId: "fr-par/sg" }),
    ],
    from: "internet",
    to: serverUrn("s"),
  },
  {
    name: "a public address behind a group that only lets out",
    resources: [
      ...walled,
      {
        ...vpc("sg", { inboundDefaultPolicy: "drop", outboundRules: [{ action: "accept" }] }),
        type: T.group,
        urn: urnOf(T.group, "sg"),
      },
      server("s", ["data"], { enableDynamicIp: true, securityGroupId: "fr-par/sg" }),
    ],
    from: "internet",
    to: serverUrn("s"),
  },
  {
    name: "a dropping rule before the accepting one",
    resources: [...two, ...acls("v", [aclRule(DMZ, DATA, 443, { action: "drop" }), aclRule(DMZ, DATA, 443)])],
    from: netUrn("dmz"),
    to: netUrn("data"),
  },
  {
    name: "an IPv6 rule in the IPv4 list",
    resources: [...two, ...acls("v", [aclRule("::/0", "::/0")])],
    from: netUrn("dmz"),
    to: netUrn("data"),
  },
  {
    name: "a peer that has a default route, and no route of one's own to it",
    resources: [
      ...walled,
      vpc("w"),
      net("hub", "dmz", { vpc: "w", v4: "10.2.0.0/24" }),
      gateway("g"),
      serves("g", "hub"),
      server("fw", ["hub"]),
      ...peered("v", "w"),
      route("w", "0.0.0.0/0", byMachine("fw")),
    ],
    from: netUrn("data"),
    to: "internet",
  },
  {
    name: "routers neither of which can be called",
    resources: [
      ...two,
      vpc("w"),
      net("far", "data", { vpc: "w", v4: "10.9.0.0/24" }),
      server("r", ["dmz"]),
      server("q", ["far"]),
      route("v", "10.9.0.0/24", byMachine("r")),
      route("w", DATA, byMachine("q")),
    ],
    from: netUrn("data"),
    to: netUrn("far"),
  },
];

describe("holes of two and three hops", () => {
  it.each(HOLES)("$name", ({ resources, from, to, by, ground }) => {
    expect(way(resources, from, to)).toEqual({ ground: ground ?? "stated", by });
  });
});

describe("what looks open and is not", () => {
  it.each(SOUND)("$name", ({ resources, from, to }) => {
    expect(way(resources, from, to)).toBeUndefined();
  });
});
