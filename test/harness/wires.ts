import type { RawObject, RawResource, RawValue } from "../../judge/facts/raw.ts";
import { raw, tagList, urnOf } from "./raw.ts";
import { T } from "./types.ts";

/** Small networks, short to write: every resource has the id of its name, and refers to others by it. */
const id = (name: string): string => `fr-par/${name}`;
const zonal = (name: string): string => `fr-par-1/${name}`;
const made = (type: string, name: string, inputs: RawObject, zone = false): RawResource =>
  raw(
    type,
    name,
    { ...(zone ? { zone: "fr-par-1" } : { region: "fr-par" }), ...inputs },
    { id: zone ? zonal(name) : id(name) },
  );

export const vpc = (name: string, inputs: RawObject = {}): RawResource =>
  made(T.vpc, name, { tags: tagList(), ...inputs });

export interface NetWish {
  readonly vpc?: string;
  readonly v4?: string;
  readonly v6?: string;
  readonly dataClass?: string;
  readonly inputs?: RawObject;
  readonly permit?: string;
}

/** A private network of a tier; its VPC is `v` unless said. */
export const net = (name: string, tier: string, wish: NetWish = {}): RawResource =>
  made(T.network, name, {
    vpcId: id(wish.vpc ?? "v"),
    ...(wish.v4 === undefined ? {} : { ipv4Subnet: { subnet: wish.v4 } }),
    ...(wish.v6 === undefined ? {} : { ipv6Subnets: [{ subnet: wish.v6 }] }),
    enableDefaultRoutePropagation: false,
    tags: [
      ...tagList(wish.dataClass ?? "technical", tier),
      ...(wish.permit === undefined ? [] : [`permit=${wish.permit}`]),
    ],
    ...wish.inputs,
  });

export const netUrn = (name: string): string => urnOf(T.network, name);

export const aclRule = (source: string, destination: string, port?: number, over: RawObject = {}): RawObject => ({
  action: "accept",
  protocol: "TCP",
  source,
  destination,
  ...(port === undefined ? {} : { dstPortLow: port, dstPortHigh: port }),
  ...over,
});

export const acl = (of: string, rules: readonly RawValue[] = [], over: RawObject = {}): RawResource =>
  made(T.acl, `acl-${of}${over.isIpv6 === true ? "-v6" : ""}`, {
    vpcId: id(of),
    defaultPolicy: "drop",
    rules,
    ...over,
  });

/** Both families, default drop. */
export const acls = (of: string, rules: readonly RawValue[] = []): readonly RawResource[] => [
  acl(of, rules),
  acl(of, [], { isIpv6: true }),
];

export const gateway = (name: string, inputs: RawObject = {}): RawResource =>
  made(
    T.gateway,
    name,
    { type: "VPC-GW-S", bastionEnabled: false, tags: tagList("technical", "dmz"), ...inputs },
    true,
  );

/** A gateway that serves a network; it leads out unless `nat` is false. */
export const serves = (gate: string, network: string, nat = true): RawResource =>
  made(
    T.attachment,
    `${gate}-${network}`,
    {
      gatewayId: zonal(gate),
      privateNetworkId: id(network),
      enableMasquerade: nat,
      ipamConfigs: [{ pushDefaultRoute: nat }],
    },
    true,
  );

export const mapped = (gate: string, privateIp: RawValue, over: RawObject = {}): RawResource =>
  made(
    T.patRule,
    `${gate}-pat`,
    { gatewayId: zonal(gate), privateIp, privatePort: 22, publicPort: 2222, protocol: "tcp", ...over },
    true,
  );

export const server = (name: string, networks: readonly string[], inputs: RawObject = {}): RawResource =>
  made(
    T.server,
    name,
    {
      type: "POP2-2C-8G",
      privateNetworks: networks.map((n) => ({ pnId: id(n) })),
      tags: tagList("technical", "dmz"),
      ...inputs,
    },
    true,
  );

export const serverUrn = (name: string): string => urnOf(T.server, name);

/** A card on one booked address. */
export const card = (of: string, network: string, address?: string): readonly RawResource[] => {
  const booked = `ip-${of}-${network}`;
  const nic = made(
    T.nic,
    `nic-${of}-${network}`,
    {
      serverId: zonal(of),
      privateNetworkId: id(network),
      ...(address === undefined ? {} : { ipamIpIds: [id(booked)] }),
    },
    true,
  );
  if (address === undefined) return [nic];
  return [nic, made(T.bookedIp, booked, { address, sources: [{ privateNetworkId: id(network) }], tags: tagList() })];
};

export const route = (of: string, destination: RawValue, hop: RawObject): RawResource =>
  made(T.route, `route-${of}-${String(Object.values(hop)[0])}`, { vpcId: id(of), destination, ...hop });

export const byMachine = (name: string): RawObject => ({ nexthopResourceId: zonal(name) });

/** Both sides of a peering, or the first alone. */
export const peered = (a: string, b: string, both = true): readonly RawResource[] => [
  made(T.connector, `${a}-to-${b}`, { vpcId: id(a), targetVpcId: id(b) }),
  ...(both ? [made(T.connector, `${b}-to-${a}`, { vpcId: id(b), targetVpcId: id(a) })] : []),
];

/** A load balancer with one frontend and one backend. */
export const balancer = (
  name: string,
  networks: readonly string[],
  way: { readonly port: number; readonly servers: readonly RawValue[]; readonly to: number },
): readonly RawResource[] => [
  made(
    T.loadBalancer,
    name,
    {
      type: "LB-S",
      privateNetworks: networks.map((n) => ({ privateNetworkId: id(n) })),
      tags: tagList("technical", "dmz"),
    },
    true,
  ),
  raw(
    T.backend,
    `${name}-back`,
    { lbId: zonal(name), forwardPort: way.to, forwardProtocol: "tcp", serverIps: way.servers },
    { id: zonal(`${name}-back`) },
  ),
  raw(
    T.frontend,
    `${name}-front`,
    { lbId: zonal(name), backendId: zonal(`${name}-back`), inboundPort: way.port },
    { id: zonal(`${name}-front`) },
  ),
];
