import fc from "fast-check";
import type { RawObject, RawResource } from "../../judge/facts/raw.ts";
import { raw } from "../harness/raw.ts";
import { T } from "../harness/types.ts";

/**
 * Small random networks as raw resources, every value known and every reference to something that is there. Few ranges and ports, so
 * that they meet often; overlaps, loops of routes and lists that contradict themselves are wanted.
 */
const REGION = "fr-par";
const V4 = ["10.0.0.0/24", "10.0.1.0/24", "10.1.0.0/24", "172.16.5.0/24", "10.0.0.0/25"] as const;
const V6 = ["fd00:0:0:1::/64", "fd00:0:0:2::/64", "fd00:0:1:1::/64"] as const;
const HOSTS4 = ["10.0.0.9", "10.0.1.9", "10.1.0.9", "172.16.5.9", "8.8.8.8"] as const;
const CUTS = [
  "",
  "0.0.0.0/0",
  "::/0",
  "10.0.0.0/16",
  "10.0.1.0/24",
  "10.0.0.9",
  "fd00:0:0:1::/64",
  "8.8.8.0/24",
  "10.1.0.77/24",
] as const;
const WAYS = [
  "0.0.0.0/0",
  "::/0",
  "10.1.0.0/24",
  "10.0.0.0/8",
  "172.16.0.0/12",
  "fd00:0:1::/48",
  "8.8.8.0/24",
] as const;
const PORTS = [22, 443] as const;

const id = (name: string): string => `${REGION}/${name}`;
const zonal = (name: string): string => `${REGION}-1/${name}`;
const regional = (type: string, name: string, inputs: RawObject): RawResource =>
  raw(type, name, { region: REGION, ...inputs }, { id: id(name) });
const inZone = (type: string, name: string, inputs: RawObject): RawResource =>
  raw(type, name, { zone: `${REGION}-1`, ...inputs }, { id: zonal(name) });

const index = fc.nat({ max: 5 });
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const few = <T>(value: fc.Arbitrary<T>, most: number, least = 0) =>
  fc.array(value, { minLength: least, maxLength: most, size: "max" });
const maybe = (name: string, value: RawObject[string] | undefined): RawObject =>
  value === undefined ? {} : { [name]: value };

const net = fc.record({
  vpc: index,
  v4: fc.constantFrom(...V4),
  v6: fc.constantFrom(...V6),
  learns: sometimes(fc.boolean()),
  homeless: fc.nat({ max: 9 }).map((n) => n === 9),
});
const aclRule = fc.record({
  action: fc.constantFrom("accept", "drop"),
  protocol: fc.constantFrom("ANY", "TCP", "UDP", "ICMP"),
  source: fc.constantFrom(...CUTS),
  destination: fc.constantFrom(...CUTS),
  port: sometimes(fc.constantFrom(...PORTS)),
  wide: fc.boolean(),
  fromPort: fc.nat({ max: 5 }).map((n) => (n === 5 ? 1024 : undefined)),
});
const acl = fc.record({
  vpc: index,
  isIpv6: fc.boolean(),
  defaultPolicy: sometimes(fc.constantFrom("accept", "drop")),
  rules: few(aclRule, 4),
});
const route = fc.record({
  vpc: index,
  destination: fc.constantFrom(...WAYS),
  by: fc.constantFrom("server", "card", "network", "connector", "gateway", "database"),
  to: index,
});
const connector = fc.record({ from: index, to: index, both: fc.nat({ max: 3 }).map((n) => n > 0) });
const gateway = fc.record({ bastion: fc.boolean(), ranges: sometimes(fc.constantFrom("8.8.8.0/24")) });
const attachment = fc.record({
  gateway: index,
  net: index,
  masquerade: sometimes(fc.boolean()),
  pushes: sometimes(fc.boolean()),
});
const pat = fc.record({
  gateway: index,
  to: fc.constantFrom(...HOSTS4.slice(0, 4)),
  port: fc.constantFrom(...PORTS),
  protocol: sometimes(fc.constantFrom("tcp", "udp", "both")),
});
const groupRule = fc.record({
  action: fc.constantFrom("accept", "drop"),
  protocol: sometimes(fc.constantFrom("TCP", "UDP", "ANY")),
  port: sometimes(fc.constantFrom(...PORTS)),
  ipRange: sometimes(fc.constantFrom("0.0.0.0/0", "8.8.8.0/24")),
});
const group = fc.record({
  inboundDefaultPolicy: sometimes(fc.constantFrom("accept", "drop")),
  outboundDefaultPolicy: sometimes(fc.constantFrom("accept", "drop")),
  inboundRules: few(groupRule, 2),
  outboundRules: few(groupRule, 1),
});
const server = fc.record({
  nets: few(index, 2),
  cards: few(fc.record({ net: index, booked: fc.boolean() }), 2),
  open: fc.nat({ max: 3 }).map((n) => n === 3),
  group: sometimes(index),
});
const pool = fc.record({ net: index, closed: sometimes(fc.boolean()), group: sometimes(index) });
const balancer = fc.record({
  nets: few(index, 2),
  servers: few(fc.constantFrom(...HOSTS4), 2),
  port: fc.constantFrom(...PORTS),
  to: fc.constantFrom(...PORTS),
});
const ingress = fc.record({
  vpc: index,
  source: fc.constantFrom("8.8.8.0/24", "10.0.0.0/8", "0.0.0.0/0"),
  net: index,
  to: fc.constantFrom(...HOSTS4.slice(0, 4)),
});

const parts = fc.record({
  vpcs: few(sometimes(fc.boolean()), 3, 1),
  nets: few(net, 4, 1),
  acls: few(acl, 3),
  routes: few(route, 3),
  connectors: few(connector, 3),
  gateways: few(gateway, 2),
  attachments: few(attachment, 3),
  pats: few(pat, 2),
  groups: few(group, 1),
  servers: few(server, 3),
  pools: few(pool, 1),
  balancers: few(balancer, 1),
  databases: few(sometimes(index), 1),
  vpns: fc.nat({ max: 5 }).chain((n) => few(index, n === 5 ? 1 : 0)),
  links: fc.nat({ max: 5 }).chain((n) => few(index, n === 5 ? 1 : 0)),
  ingress: few(ingress, 1),
});
type Parts = typeof parts extends fc.Arbitrary<infer P> ? P : never;

const pick = <T>(items: readonly T[], i: number): T | undefined => items[i % Math.max(items.length, 1)];

function resourcesOf(p: Parts, prefix: string): readonly RawResource[] {
  const named = (name: string): string => `${prefix}${name}`;
  const of = (kind: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, i) => named(`${kind}${i}`));
  const [vpcs, nets, gates, groups, servers] = [
    of("v", p.vpcs.length),
    of("n", p.nets.length),
    of("g", p.gateways.length),
    of("sg", p.groups.length),
    of("s", p.servers.length),
  ] as const;
  const vpcAt = (i: number): string => id(pick(vpcs, i) ?? "");
  const netAt = (i: number): string => id(pick(nets, i) ?? "");
  const groupAt = (i: number | undefined): RawObject =>
    i === undefined || groups.length === 0 ? {} : { securityGroupId: zonal(pick(groups, i) ?? "") };
  const cards = p.servers.flatMap((s, i) =>
    s.cards.map((c, k) => {
      const home = pick(p.nets, c.net)?.v4.replace(/0\/\d+$/, "9");
      return { net: c.net, booked: c.booked ? home : undefined, of: servers[i] ?? "", name: named(`c${i}-${k}`) };
    }),
  );

  const pairs = p.connectors
    .flatMap((c, i) => [
      ...[{ name: named(`x${i}`), from: vpcAt(c.from), to: vpcAt(c.to) }],
      ...(c.both ? [{ name: named(`y${i}`), from: vpcAt(c.to), to: vpcAt(c.from) }] : []),
    ])
    .filter((c) => c.from !== c.to);
  const hop = (by: string, to: number): RawObject | undefined => {
    const chosen = {
      server: servers.map(zonal),
      card: cards.map((c) => zonal(c.name)),
      network: nets.map(id),
      connector: pairs.map((c) => id(c.name)),
      gateway: gates.map(zonal),
      database: p.databases.map((_, i) => id(named(`db${i}`))),
    }[by];
    const target = pick(chosen ?? [], to);
    if (target === undefined) return undefined;
    return {
      [by === "network"
        ? "nexthopPrivateNetworkId"
        : by === "connector"
          ? "nexthopVpcConnectorId"
          : "nexthopResourceId"]: target,
    };
  };
  const families = new Set<string>();
  return [
    ...p.vpcs.map((t, i) => regional(T.vpc, vpcs[i] ?? "", maybe("enableTransitivity", t))),
    ...p.nets.map((n, i) =>
      regional(T.network, nets[i] ?? "", {
        projectId: "p",
        ...(n.homeless ? {} : { vpcId: vpcAt(n.vpc) }),
        ipv4Subnet: { subnet: n.v4 },
        ipv6Subnets: [{ subnet: n.v6 }],
        ...maybe("enableDefaultRoutePropagation", n.learns),
      }),
    ),
    ...p.acls.flatMap((a, i) => {
      const key = `${vpcAt(a.vpc)} ${a.isIpv6}`;
      if (families.has(key)) return [];
      families.add(key);
      const rules = a.rules.map((r) => ({
        action: r.action,
        protocol: r.protocol,
        source: r.source,
        destination: r.destination,
        ...(r.port === undefined ? {} : { dstPortLow: r.port, dstPortHigh: r.wide ? 8080 : r.port }),
        ...(r.fromPort === undefined ? {} : { srcPortLow: r.fromPort, srcPortHigh: 65_535 }),
      }));
      const inputs = { vpcId: vpcAt(a.vpc), isIpv6: a.isIpv6, ...maybe("defaultPolicy", a.defaultPolicy), rules };
      return [raw(T.acl, named(`acl${i}`), { region: REGION, ...inputs }, { id: vpcAt(a.vpc) })];
    }),
    ...p.routes.flatMap((r, i) => {
      const next = hop(r.by, r.to);
      return next === undefined
        ? []
        : [regional(T.route, named(`r${i}`), { vpcId: vpcAt(r.vpc), destination: r.destination, ...next })];
    }),
    ...pairs.map((c) => regional(T.connector, c.name, { vpcId: c.from, targetVpcId: c.to })),
    ...p.gateways.map((g, i) =>
      inZone(T.gateway, gates[i] ?? "", {
        bastionEnabled: g.bastion,
        ...(g.ranges === undefined ? {} : { allowedIpRanges: [g.ranges] }),
      }),
    ),
    ...(gates.length === 0 ? [] : p.attachments).map((a, i) =>
      inZone(T.attachment, named(`att${i}`), {
        gatewayId: zonal(pick(gates, a.gateway) ?? ""),
        privateNetworkId: netAt(a.net),
        ...maybe("enableMasquerade", a.masquerade),
        ...(a.pushes === undefined ? {} : { ipamConfigs: [{ pushDefaultRoute: a.pushes }] }),
      }),
    ),
    ...(gates.length === 0 ? [] : p.pats).map((r, i) =>
      inZone(T.patRule, named(`pat${i}`), {
        gatewayId: zonal(pick(gates, r.gateway) ?? ""),
        privateIp: r.to,
        privatePort: r.port,
        publicPort: 2222,
        ...maybe("protocol", r.protocol),
      }),
    ),
    ...p.groups.map((g, i) => inZone(T.group, groups[i] ?? "", JSON.parse(JSON.stringify(g)))),
    ...p.servers.map((s, i) =>
      inZone(T.server, servers[i] ?? "", {
        type: "POP2-2C-8G",
        privateNetworks: s.nets.map((n) => ({ pnId: netAt(n) })),
        enableDynamicIp: s.open,
        ...groupAt(s.group),
      }),
    ),
    ...cards.flatMap((c) => [
      inZone(T.nic, c.name, {
        serverId: zonal(c.of),
        privateNetworkId: netAt(c.net),
        ...(c.booked === undefined ? {} : { ipamIpIds: [id(`ip-${c.name}`)] }),
      }),
      ...(c.booked === undefined
        ? []
        : [regional(T.bookedIp, `ip-${c.name}`, { address: c.booked, sources: [{ privateNetworkId: netAt(c.net) }] })]),
    ]),
    ...p.pools.flatMap((k, i) => [
      regional(T.cluster, named(`k${i}`), { privateNetworkId: netAt(k.net), cni: "cilium", version: "1.34.1" }),
      inZone(T.pool, named(`kp${i}`), {
        clusterId: id(named(`k${i}`)),
        ...maybe("publicIpDisabled", k.closed),
        ...groupAt(k.group),
      }),
    ]),
    ...p.balancers.flatMap((b, i) => [
      inZone(T.loadBalancer, named(`lb${i}`), {
        type: "LB-S",
        privateNetworks: b.nets.map((n) => ({ privateNetworkId: netAt(n) })),
      }),
      inZone(T.backend, named(`be${i}`), {
        lbId: zonal(named(`lb${i}`)),
        forwardPort: b.to,
        forwardProtocol: "tcp",
        serverIps: b.servers,
      }),
      inZone(T.frontend, named(`fe${i}`), {
        lbId: zonal(named(`lb${i}`)),
        backendId: zonal(named(`be${i}`)),
        inboundPort: b.port,
      }),
    ]),
    ...p.databases.map((n, i) =>
      regional(
        T.database,
        named(`db${i}`),
        n === undefined ? {} : { privateNetwork: { pnId: netAt(n), enableIpam: true } },
      ),
    ),
    ...p.vpns.map((n, i) =>
      inZone(T.vpnGateway, named(`vpn${i}`), { gatewayType: "VGW-S", privateNetworkId: netAt(n) }),
    ),
    ...p.links.map((v, i) => regional("scaleway:interlink/link:Link", named(`link${i}`), { vpcId: vpcAt(v) })),
    ...p.ingress.map((g, i) =>
      regional(T.ingressRule, named(`in${i}`), {
        vpcId: vpcAt(g.vpc),
        source: g.source,
        nexthopPrivateNetworkId: netAt(g.net),
        nexthopResourceIp: g.to,
      }),
    ),
  ];
}

/** Networks whose names all begin with a prefix, so that two of them are disjoint. */
export const networkEstates = (prefix = ""): fc.Arbitrary<readonly RawResource[]> =>
  parts.map((p) => resourcesOf(p, prefix));
