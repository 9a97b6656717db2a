import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import { type Platform, regionOfZone } from "../../core/platform.ts";
import { conflict } from "../../core/problem.ts";
import { type Call, crud, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { ADDRESS, type AddressUser, assign, book, release } from "../ipam/addresses.ts";
import { macAddress } from "../public-address.ts";
import { PRIVATE_NETWORK } from "../vpc/private-networks.ts";
import { announce, withdraw } from "../vpc/routes.ts";
import { GATEWAY, steady } from "./gateways.ts";

/**
 * Public Gateways v2: a gateway's place in a private network, with an address of it. While it pushes a default route, the
 * network's routes have one by way of it. `created` → `ready`, `configuring` → `ready`, `detaching` → gone.
 */
const schema = z.object({
  id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  gateway_id: z.string(),
  private_network_id: z.string(),
  mac_address: z.string().optional(),
  masquerade_enabled: z.boolean(),
  status: z.enum(["created", "configuring", "ready", "detaching"]),
  push_default_route: z.boolean(),
  ipam_ip_id: z.string(),
  zone: z.string(),
});
export type GatewayNetwork = z.infer<typeof schema>;

export const GATEWAY_NETWORK: Kind<GatewayNetwork> = {
  kind: "vpcgw.gateway-network",
  resource: "gateway_network",
  schema,
  place: (n) => ({ locality: n.zone, project: "", name: n.gateway_id }),
};

const createInput = z.object({
  gateway_id: z.string(),
  private_network_id: z.string(),
  enable_masquerade: z.boolean().default(false),
  push_default_route: z.boolean().default(false),
  ipam_ip_id: z.string().nullish(),
});
const patchInput = z.object({
  enable_masquerade: z.boolean().nullish(),
  push_default_route: z.boolean().nullish(),
  ipam_ip_id: z.string().nullish(),
});

export const networkView = (network: GatewayNetwork): unknown => network;

/** The gateway as IPAM names it. */
const user = (platform: Platform, network: Pick<GatewayNetwork, "id" | "gateway_id" | "mac_address">): AddressUser => ({
  type: "vpc_gateway_network",
  id: network.id,
  mac_address: network.mac_address ?? null,
  name: platform.collection(GATEWAY).find(network.gateway_id)?.name ?? null,
});

function create(call: Call): GatewayNetwork {
  const { platform, locality } = call;
  const input = parseInput(createInput, call.input);
  const gateway = steady(call, input.gateway_id);
  const region = regionOfZone(locality);
  const network = platform.collection(PRIVATE_NETWORK).must(input.private_network_id, region);
  const twin = platform
    .collection(GATEWAY_NETWORK)
    .in(locality)
    .find((n) => n.gateway_id === gateway.id && n.private_network_id === network.id);
  if (twin !== undefined) throw conflict("gateway_network", "the gateway is attached to this network", twin.id);
  const id = platform.ids.uuid();
  const now = platform.clock.stamp();
  const resource = user(platform, { id, gateway_id: gateway.id });
  const address =
    input.ipam_ip_id === null || input.ipam_ip_id === undefined
      ? book(platform, { network, isIpv6: false, project: gateway.project_id, tags: [], automatic: true, resource })
      : assign(platform, input.ipam_ip_id, region, resource);
  platform.later(GATEWAY_NETWORK, id);
  return {
    id,
    created_at: now,
    updated_at: now,
    gateway_id: gateway.id,
    private_network_id: network.id,
    masquerade_enabled: input.enable_masquerade,
    status: "created",
    push_default_route: input.push_default_route,
    ipam_ip_id: address.id,
    zone: locality,
  };
}

function update(network: GatewayNetwork, call: Call): GatewayNetwork {
  const { platform, locality } = call;
  const patch = parseInput(patchInput, call.input);
  steady(call, network.gateway_id);
  const ipamIp = patch.ipam_ip_id ?? network.ipam_ip_id;
  if (ipamIp !== network.ipam_ip_id) {
    release(platform, network.id);
    assign(platform, ipamIp, regionOfZone(locality), user(platform, network));
  }
  platform.later(GATEWAY_NETWORK, network.id);
  return {
    ...network,
    masquerade_enabled: patch.enable_masquerade ?? network.masquerade_enabled,
    push_default_route: patch.push_default_route ?? network.push_default_route,
    ipam_ip_id: ipamIp,
    status: "configuring",
    updated_at: platform.clock.stamp(),
  };
}

export const settleGatewayNetwork: Settle = (platform, id) => {
  const networks = platform.collection(GATEWAY_NETWORK);
  const network = networks.find(id);
  if (network === undefined) return;
  if (network.status === "detaching") {
    release(platform, id);
    withdraw(platform, id);
    networks.remove(id);
    return;
  }
  const ready: GatewayNetwork = {
    ...network,
    mac_address: network.mac_address ?? macAddress(platform).toUpperCase(),
    status: "ready",
    updated_at: platform.clock.stamp(),
  };
  networks.put(ready);
  const address = platform.collection(ADDRESS).find(ready.ipam_ip_id);
  if (address !== undefined) assign(platform, address.id, address.region, user(platform, ready));
  const joined = platform.collection(PRIVATE_NETWORK).find(ready.private_network_id);
  if (!ready.push_default_route) withdraw(platform, id, (route) => route.type === "default");
  else if (joined !== undefined) announce(platform, { resourceId: id, network: joined });
};

export const gatewayNetworkRoutes: readonly Route[] = crud<GatewayNetwork>({
  path: "/vpc-gw/v2/zones/:zone/gateway-networks",
  items: "gateway_networks",
  of: (p) => p.collection(GATEWAY_NETWORK),
  filters: {
    status: (n, v) => n.status === v,
    gateway_ids: (n, v) => n.gateway_id === v,
    private_network_ids: (n, v) => n.private_network_id === v,
    masquerade_enabled: (n, v) => String(n.masquerade_enabled) === v,
  },
  create,
  update,
  remove: (network, { platform }) => {
    platform.later(GATEWAY_NETWORK, network.id);
    return { ...network, status: "detaching", updated_at: platform.clock.stamp() };
  },
  view: networkView,
});
