import { z } from "zod";
import { addressAt, type Cidr, contains, parseCidr } from "../../../../kernel/cidr.ts";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { conflict, invalidArguments, preconditionFailed } from "../../core/problem.ts";
import type { PrivateNetwork } from "../vpc/private-networks.ts";

/** IPAM v1: addresses of private networks, booked ahead or taken by whatever joins. */
const resourceSchema = z.object({
  type: z.string(),
  id: z.string(),
  mac_address: z.string().nullable(),
  name: z.string().nullable(),
});
const schema = z.object({
  id: z.string(),
  /** With the length of its subnet, e.g. `10.0.0.2/22`. */
  address: z.string(),
  project_id: z.string(),
  is_ipv6: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
  source: z.object({ subnet_id: z.string() }),
  resource: resourceSchema.nullable(),
  tags: z.array(z.string()),
  reverses: z.array(z.unknown()),
  region: z.string(),
  zone: z.string().nullable(),
  /** Made by itself when something joined, so it goes with it; booked ones stay. */
  automatic: z.boolean(),
  private_network_id: z.string(),
});
export type Address = z.infer<typeof schema>;
export type AddressUser = z.infer<typeof resourceSchema>;

export const ADDRESS: Kind<Address> = {
  kind: "ipam.ip",
  resource: "ip",
  schema,
  place: (a) => ({ locality: a.region, project: a.automatic ? "" : a.project_id, name: a.address }),
};

/** The network, gateway and broadcast addresses are Scaleway's own; hosts start at the third. */
const FIRST_HOST = 2;

export interface Booking {
  readonly network: PrivateNetwork;
  readonly subnetId?: string;
  readonly isIpv6: boolean;
  readonly address?: string;
  readonly project: string;
  readonly tags: readonly string[];
  readonly automatic: boolean;
  readonly resource: AddressUser | null;
}

/** Books an address: the one asked for, or the first free one of the subnet. */
export function book(platform: Platform, booking: Booking): Address {
  const { network } = booking;
  const subnet = network.subnets.find((s) =>
    booking.subnetId === undefined ? s.subnet.includes(":") === booking.isIpv6 : s.id === booking.subnetId,
  );
  const range = subnet === undefined ? undefined : parseCidr(subnet.subnet);
  if (subnet === undefined || range === undefined)
    throw invalidArguments({ argument: "source", reason: "constraint", help: "no such subnet" });
  const taken = new Set(
    platform
      .collection(ADDRESS)
      .in(network.region)
      .filter((a) => a.private_network_id === network.id)
      .map((a) => a.address),
  );
  const withLength = (address: string): string => `${address}/${range.prefix}`;
  const asked = booking.address?.split("/")[0];
  if (asked !== undefined && !usable(range, asked))
    throw invalidArguments({
      argument: "address",
      reason: "constraint",
      help: `${asked} is no free host of ${range.text}`,
    });
  if (asked !== undefined && taken.has(withLength(asked))) throw conflict("ip", `${asked} is taken`);
  const chosen = asked ?? firstFree((address) => !taken.has(withLength(address)), range);
  const now = platform.clock.stamp();
  return platform.collection(ADDRESS).put({
    id: platform.ids.uuid(),
    address: withLength(chosen),
    project_id: booking.project,
    is_ipv6: range.family === 6,
    created_at: now,
    updated_at: now,
    source: { subnet_id: subnet.id },
    resource: booking.resource,
    tags: [...booking.tags],
    reverses: [],
    region: network.region,
    zone: null,
    automatic: booking.automatic,
    private_network_id: network.id,
  });
}

/** Whether hosts may have this address of the range: not the network's own, nor the gateway's, nor the broadcast. */
function usable(range: Cidr, text: string): boolean {
  const address = parseCidr(text);
  if (address === undefined || address.prefix !== (address.family === 4 ? 32 : 128) || !contains(range, address))
    return false;
  return address.first >= range.first + BigInt(FIRST_HOST) && (range.family === 6 || address.last < range.last);
}

function firstFree(free: (address: string) => boolean, range: Cidr): string {
  for (let index = FIRST_HOST; ; index += 1) {
    const address = addressAt(range, index);
    if (address === undefined || !usable(range, address))
      throw preconditionFailed("subnet_exhausted", `no free address in ${range.text}`);
    if (free(address)) return address;
  }
}

/** Gives a booked address to a resource; one that is in use is refused. */
export function assign(platform: Platform, id: string, region: string, resource: AddressUser): Address {
  const addresses = platform.collection(ADDRESS);
  const address = addresses.must(id, region);
  if (address.resource !== null && address.resource.id !== resource.id) {
    throw preconditionFailed(
      "ip_already_attached",
      `${address.address} belongs to ${address.resource.type} ${address.resource.id}`,
    );
  }
  return addresses.put({ ...address, resource, updated_at: platform.clock.stamp() });
}

/** Frees what a resource held: automatic addresses go, booked ones stay free. */
export function release(platform: Platform, resourceId: string): void {
  const addresses = platform.collection(ADDRESS);
  for (const address of addresses.all().filter((a) => a.resource?.id === resourceId)) {
    if (address.automatic) addresses.remove(address.id);
    else addresses.put({ ...address, resource: null, updated_at: platform.clock.stamp() });
  }
}

/** What keeps a private network in use: every resource with an address in it, and every booked address. */
export const attachedTo = (platform: Platform, network: PrivateNetwork): readonly string[] =>
  platform
    .collection(ADDRESS)
    .in(network.region)
    .filter((a) => a.private_network_id === network.id)
    .map((a) => (a.resource === null ? `ip ${a.address}` : `${a.resource.type} ${a.resource.id}`));
