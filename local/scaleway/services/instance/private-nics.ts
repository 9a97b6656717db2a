import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import { type Platform, regionOfZone } from "../../core/platform.ts";
import { conflict, notFound, preconditionFailed } from "../../core/problem.ts";
import { byTag, type Call, crud, filtered, headerPage, param, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { type AddressUser, assign, book, release } from "../ipam/addresses.ts";
import { macAddress } from "../public-address.ts";
import { PRIVATE_NETWORK } from "../vpc/private-networks.ts";
import { instant } from "./instant.ts";
import { SERVER, type Server } from "./server.ts";

/** Instance API v1: private NICs of servers. Each takes an address of both families, or those that were booked for it. */
const schema = z.object({
  id: z.string(),
  private_network_id: z.string(),
  server_id: z.string(),
  mac_address: z.string(),
  state: z.enum(["syncing", "available"]),
  creation_date: z.string(),
  modification_date: z.string(),
  zone: z.string(),
  tags: z.array(z.string()),
  ipam_ip_ids: z.array(z.string()),
});
export type PrivateNic = z.infer<typeof schema>;

export const PRIVATE_NIC: Kind<PrivateNic> = {
  kind: "instance.private-nic",
  resource: "instance_private_nic",
  schema,
  place: (n) => ({ locality: n.zone, project: "", name: n.server_id }),
};

/** As many private networks as a server may be in (Instance API, capabilities of server types). */
const MAX_NICS = 8;
const PATH = "/instance/v1/zones/:zone/servers/:server/private_nics";
const createInput = z.object({
  private_network_id: z.string(),
  tags: z.array(z.string()).nullish(),
  ipam_ip_ids: z.array(z.string()).nullish(),
  ip_ids: z.array(z.string()).nullish(),
});

export const nicsOf = (platform: Platform, serverId: string): readonly PrivateNic[] =>
  platform.collection(PRIVATE_NIC).named(serverId);

/** Takes a NIC off: its own addresses go, booked ones come free. */
export function dropNic(platform: Platform, id: string): void {
  release(platform, id);
  platform.transitions.cancel(PRIVATE_NIC.kind, id);
  platform.collection(PRIVATE_NIC).remove(id);
}

const serverOf = (call: Call): Server => call.platform.collection(SERVER).must(param(call, "server"), call.locality);

/** A NIC of the path's server, by its id or its hardware address. */
function nicOf(call: Call): PrivateNic {
  const key = param(call, "id");
  const nic = nicsOf(call.platform, serverOf(call).id).find((n) => n.id === key || n.mac_address === key);
  if (nic === undefined) throw notFound(PRIVATE_NIC.resource, key);
  return nic;
}

function create(call: Call): PrivateNic {
  const { platform, locality } = call;
  const server = serverOf(call);
  const input = parseInput(createInput, call.input);
  const region = regionOfZone(locality);
  const network = platform.collection(PRIVATE_NETWORK).must(input.private_network_id, region);
  const others = nicsOf(platform, server.id);
  const twin = others.find((n) => n.private_network_id === network.id);
  if (twin !== undefined) throw conflict("instance_private_nic", "the server is in this network already", twin.id);
  if (others.length >= MAX_NICS)
    throw preconditionFailed("too_many_private_nics", `a server has ${MAX_NICS} private NICs at most`);
  const id = platform.ids.uuid();
  const mac_address = macAddress(platform);
  const resource: AddressUser = {
    type: "instance_private_nic",
    id,
    mac_address: mac_address.toUpperCase(),
    name: server.name,
  };
  const booked = input.ipam_ip_ids ?? input.ip_ids ?? [];
  const addresses =
    booked.length > 0
      ? booked.map((ip) => assign(platform, ip, region, resource))
      : [false, true].map((isIpv6) =>
          book(platform, { network, isIpv6, project: server.project, tags: [], automatic: true, resource }),
        );
  const now = instant(platform);
  platform.later(PRIVATE_NIC, id);
  return {
    id,
    private_network_id: network.id,
    server_id: server.id,
    mac_address,
    state: "syncing",
    creation_date: now,
    modification_date: now,
    zone: locality,
    tags: input.tags ?? [],
    ipam_ip_ids: addresses.map((a) => a.id),
  };
}

export const settlePrivateNic: Settle = (platform, id) => {
  const nics = platform.collection(PRIVATE_NIC);
  const nic = nics.find(id);
  if (nic !== undefined) nics.put({ ...nic, state: "available", modification_date: instant(platform) });
};

const generic = crud<PrivateNic>({
  path: PATH,
  items: "private_nics",
  envelope: "private_nic",
  // Only those of the path's server.
  of: (p) => p.collection(PRIVATE_NIC),
  filters: { tags: byTag },
  create,
});

export const privateNicRoutes: readonly Route[] = [
  ...generic.filter((r) => r.method === "POST"),
  {
    method: "GET",
    path: PATH,
    handle: (call) => {
      const nics = filtered(call, nicsOf(call.platform, serverOf(call).id), { tags: byTag });
      return headerPage(call, "private_nics", nics);
    },
  },
  { method: "GET", path: `${PATH}/:id`, handle: (call) => ({ private_nic: nicOf(call) }) },
  {
    method: "PATCH",
    path: `${PATH}/:id`,
    handle: (call) => {
      const nic = nicOf(call);
      const { tags } = parseInput(z.object({ tags: z.array(z.string()).nullish() }), call.input);
      const next = { ...nic, tags: tags ?? nic.tags, modification_date: instant(call.platform) };
      return { private_nic: call.platform.collection(PRIVATE_NIC).put(next) };
    },
  },
  {
    method: "DELETE",
    path: `${PATH}/:id`,
    handle: (call) => {
      dropNic(call.platform, nicOf(call).id);
      return undefined;
    },
  },
];
