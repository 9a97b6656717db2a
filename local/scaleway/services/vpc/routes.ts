import { z } from "zod";
import { contains, overlaps, parseCidr } from "../../../../kernel/cidr.ts";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, notFound, preconditionFailed } from "../../core/problem.ts";
import {
  type Route as ApiRoute,
  byAnyTag,
  type Call,
  crud,
  filtered,
  ordered,
  page,
  parseInput,
} from "../../core/routes.ts";
import { CONNECTOR } from "./connectors.ts";
import { PRIVATE_NETWORK, type PrivateNetwork } from "./private-networks.ts";
import { VPC } from "./vpcs.ts";

/**
 * VPC v2: routes. Custom ones are made by users; the default route that a gateway announces is kept by the gateway's service
 * (`announce`, `withdraw`); those to the private networks themselves are derived, and have no id.
 */
const schema = z.object({
  id: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  vpc_id: z.string(),
  destination: z.string(),
  nexthop_resource_id: z.string().nullable(),
  nexthop_private_network_id: z.string().nullable(),
  nexthop_vpc_connector_id: z.string().nullable(),
  is_read_only: z.boolean(),
  type: z.enum(["subnet", "default", "custom"]),
  region: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Route = z.infer<typeof schema>;

export const ROUTE: Kind<Route> = {
  kind: "vpc.route",
  resource: "unknown",
  // The API names neither kind nor id (recordings).
  missing: () => notFound("unknown", ""),
  schema,
  place: (r) => ({ locality: r.region, project: "", name: r.destination }),
};

/** What a next hop is called; the service that has such resources says so. */
export interface NextHop {
  readonly type: "vpc_gateway_network" | "instance_private_nic" | "vpn_gateway";
  readonly name: string;
}
type NextHops = (platform: Platform, resourceId: string) => NextHop | undefined;

const nextHop = {
  nexthop_resource_id: z.string().nullish(),
  nexthop_private_network_id: z.string().nullish(),
  nexthop_vpc_connector_id: z.string().nullish(),
};
const createInput = z.object({
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  vpc_id: z.string(),
  destination: z.string(),
  ...nextHop,
});
const patchInput = createInput.omit({ vpc_id: true }).partial();

/** Refuses a destination that is no range or lies in the VPC, and hops that are not there. */
function check(call: Call, route: Route): Route {
  const { platform, locality } = call;
  const range = parseCidr(route.destination);
  if (range === undefined)
    throw invalidArguments({ argument: "destination", reason: "constraint", help: "must be a range" });
  const networks = platform.collection(PRIVATE_NETWORK);
  const local = networks.in(locality).filter((n) => n.vpc_id === route.vpc_id);
  const inside = (subnet: string): boolean => {
    const known = parseCidr(subnet);
    return known !== undefined && overlaps(known, range) && !contains(range, known);
  };
  if (local.some((n) => n.subnets.some((s) => inside(s.subnet))))
    throw invalidArguments({ argument: "destination", reason: "constraint", help: "lies in a subnet of the VPC" });
  if (
    route.nexthop_private_network_id !== null &&
    networks.must(route.nexthop_private_network_id, locality).vpc_id !== route.vpc_id
  )
    throw invalidArguments({
      argument: "nexthop_private_network_id",
      reason: "constraint",
      help: "must belong to the VPC",
    });
  if (route.nexthop_vpc_connector_id !== null)
    platform.collection(CONNECTOR).must(route.nexthop_vpc_connector_id, locality);
  return route;
}

const managed = (network: PrivateNetwork): readonly Route[] =>
  network.subnets.map((subnet) => ({
    id: "",
    description: "Local Private Network route",
    tags: ["MANAGED"],
    vpc_id: network.vpc_id,
    destination: subnet.subnet,
    nexthop_resource_id: null,
    nexthop_private_network_id: network.id,
    nexthop_vpc_connector_id: null,
    is_read_only: true,
    type: "subnet",
    region: network.region,
    created_at: network.created_at,
    updated_at: network.updated_at,
  }));

/** Keeps the default route by way of a gateway's place in a network; doing so again changes nothing. */
export function announce(
  platform: Platform,
  hop: { readonly resourceId: string; readonly network: PrivateNetwork },
): void {
  const routes = platform.collection(ROUTE);
  const { network, resourceId } = hop;
  if (routes.in(network.region).some((r) => r.nexthop_resource_id === resourceId && r.type === "default")) return;
  const now = platform.clock.stamp();
  routes.put({
    id: platform.ids.uuid(),
    description: "Default route",
    tags: [],
    vpc_id: network.vpc_id,
    destination: "0.0.0.0/0",
    nexthop_resource_id: resourceId,
    nexthop_private_network_id: network.id,
    nexthop_vpc_connector_id: null,
    is_read_only: true,
    type: "default",
    region: network.region,
    created_at: now,
    updated_at: now,
  });
}

/** Removes the routes of one kind that something was the next hop, the network or the VPC of. */
export function withdraw(platform: Platform, id: string, which: (route: Route) => boolean = () => true): void {
  const routes = platform.collection(ROUTE);
  const over = (r: Route): boolean =>
    [r.nexthop_resource_id, r.nexthop_private_network_id, r.nexthop_vpc_connector_id, r.vpc_id].includes(id);
  for (const route of routes.all().filter((r) => over(r) && which(r))) routes.remove(route.id);
}

const PATH = "/vpc/v2/regions/:region/routes";

/** @param hops how next hops of other services are called. */
export const routeRoutes = (hops: NextHops): readonly ApiRoute[] => [
  ...crud<Route>({
    path: PATH,
    items: "routes",
    of: (p) => p.collection(ROUTE),
    filters: {},
    create: (call) => {
      const { platform, locality } = call;
      const input = parseInput(createInput, call.input);
      const now = platform.clock.stamp();
      return check(call, {
        id: platform.ids.uuid(),
        description: input.description ?? "",
        tags: input.tags ?? [],
        vpc_id: platform.collection(VPC).must(input.vpc_id, locality).id,
        destination: input.destination,
        nexthop_resource_id: input.nexthop_resource_id ?? null,
        nexthop_private_network_id: input.nexthop_private_network_id ?? null,
        nexthop_vpc_connector_id: input.nexthop_vpc_connector_id ?? null,
        is_read_only: false,
        type: "custom",
        region: locality,
        created_at: now,
        updated_at: now,
      });
    },
    update: (route, call) => {
      refuseReadOnly(route);
      const patch = parseInput(patchInput, call.input);
      return check(call, {
        ...route,
        description: patch.description ?? route.description,
        tags: patch.tags ?? route.tags,
        destination: patch.destination ?? route.destination,
        nexthop_resource_id: patch.nexthop_resource_id ?? route.nexthop_resource_id,
        nexthop_private_network_id: patch.nexthop_private_network_id ?? route.nexthop_private_network_id,
        nexthop_vpc_connector_id: patch.nexthop_vpc_connector_id ?? route.nexthop_vpc_connector_id,
        updated_at: call.platform.clock.stamp(),
      });
    },
    remove: (route) => {
      refuseReadOnly(route);
      return false;
    },
  }).filter((r) => !(r.method === "GET" && r.path === PATH)),
  {
    method: "GET",
    path: "/vpc/v2/regions/:region/routes-with-nexthop",
    handle: (call) => {
      const { platform, locality } = call;
      const derived = platform.collection(PRIVATE_NETWORK).in(locality).flatMap(managed);
      const hopOf = (r: Route): NextHop | undefined =>
        r.nexthop_resource_id === null ? undefined : hops(platform, r.nexthop_resource_id);
      const kept = filtered(call, [...derived, ...platform.collection(ROUTE).in(locality)], {
        vpc_id: (r, v) => r.vpc_id === v,
        nexthop_resource_id: (r, v) => r.nexthop_resource_id === v,
        nexthop_private_network_id: (r, v) => r.nexthop_private_network_id === v,
        nexthop_vpc_connector_id: (r, v) => r.nexthop_vpc_connector_id === v,
        nexthop_resource_type: (r, v) => v === "unknown_type" || hopOf(r)?.type === v,
        contains: (r, v) => reaches(r.destination, v),
        is_ipv6: (r, v) => String(r.destination.includes(":")) === v,
        // Derived routes pass whatever tags are asked for (recordings).
        tags: (r, v) => r.type === "subnet" || byAnyTag(r, v),
      });
      return page(
        call,
        "routes",
        ordered(call, kept, { keys: { prefix_len: (r) => prefixOf(r.destination) } }).map((route) => {
          const hop = hopOf(route);
          return {
            route,
            nexthop_ip: null,
            nexthop_name: hop?.name ?? null,
            nexthop_resource_type: hop?.type ?? "unknown_type",
          };
        }),
      );
    },
  },
];

const refuseReadOnly = (route: Route): void => {
  if (route.is_read_only) throw preconditionFailed("read_only_route", "the route is managed by Scaleway");
};

const prefixOf = (range: string): number => parseCidr(range)?.prefix ?? 0;

const reaches = (destination: string, range: string): boolean => {
  const [outer, inner] = [parseCidr(destination), parseCidr(range)];
  return outer !== undefined && inner !== undefined && contains(outer, inner);
};
