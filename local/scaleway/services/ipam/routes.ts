import { z } from "zod";
import { preconditionFailed } from "../../core/problem.ts";
import { byAnyTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import { networkOfSubnet, PRIVATE_NETWORK, type PrivateNetwork } from "../vpc/private-networks.ts";
import { ADDRESS, type Address, book } from "./addresses.ts";

const PATH = "/ipam/v1/regions/:region/ips";
const sourceInput = z.object({
  private_network_id: z.string().optional(),
  subnet_id: z.string().optional(),
  zonal: z.string().optional(),
});
const customResource = z.object({ mac_address: z.string(), name: z.string().nullish() });
const createInput = z.object({
  project_id: z.string().optional(),
  source: sourceInput,
  is_ipv6: z.boolean().default(false),
  address: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  resource: customResource.nullish(),
});
const patchInput = z.object({ tags: z.array(z.string()).nullish(), reverses: z.array(z.unknown()).nullish() });
const attachInput = z.object({ resource: customResource });
const moveInput = z.object({ from_resource: customResource.nullish(), to_resource: customResource.nullish() });
const releaseInput = z.object({ ip_ids: z.array(z.string()) });

const view = ({ automatic: _, private_network_id: __, ...address }: Address): unknown => address;

function networkOf({ platform, locality }: Call, source: z.infer<typeof sourceInput>): PrivateNetwork {
  const networks = platform.collection(PRIVATE_NETWORK);
  if (source.private_network_id !== undefined) return networks.must(source.private_network_id, locality);
  return networkOfSubnet(platform, source.subnet_id ?? "") ?? networks.must(source.subnet_id ?? "", locality);
}

/** A resource of the user's own is known by its hardware address; it has the id of its IP (recordings). */
const custom = (input: z.infer<typeof customResource>, ipId: string): Address["resource"] => ({
  type: "custom",
  id: ipId,
  mac_address: input.mac_address.toUpperCase(),
  name: input.name ?? null,
});

/** What Scaleway's own products hold is theirs to let go. */
const refuseManaged = ({ resource }: Address): void => {
  if (resource !== null && resource.type !== "custom")
    throw preconditionFailed("resource_still_in_use", `the address belongs to ${resource.type} ${resource.id}`);
};

/** Who takes an address away says from whom; it has to be so. */
function refuseOther({ resource }: Address, named: z.infer<typeof customResource> | null | undefined): void {
  if (named === null || named === undefined) return;
  if (resource?.mac_address?.toLowerCase() !== named.mac_address.toLowerCase())
    throw preconditionFailed("ip_not_attached", `the address does not belong to ${named.mac_address}`);
}

const changeResource = (verb: string, change: (address: Address, call: Call) => Address["resource"]): Route => ({
  method: "POST",
  path: `${PATH}/:id/${verb}`,
  handle: (call) => {
    const addresses = call.platform.collection(ADDRESS);
    const address = addresses.must(param(call, "id"), call.locality);
    return view(
      addresses.put({ ...address, resource: change(address, call), updated_at: call.platform.clock.stamp() }),
    );
  },
});

export const ipamRoutes: readonly Route[] = [
  ...crud<Address>({
    path: PATH,
    items: "ips",
    of: (p) => p.collection(ADDRESS),
    filters: {
      organization_id: (_, v, { platform }) => v === platform.organizationId,
      project_id: (a, v) => a.project_id === v,
      vpc_id: (a, v, { platform }) => platform.collection(PRIVATE_NETWORK).find(a.private_network_id)?.vpc_id === v,
      // No address here comes from a VPC itself: each is of a private network's subnet.
      source_vpc_id: () => false,
      private_network_id: (a, v) => a.private_network_id === v,
      subnet_id: (a, v) => a.source.subnet_id === v,
      resource_id: (a, v) => a.resource?.id === v,
      resource_ids: (a, v) => a.resource?.id === v,
      resource_name: (a, v) => a.resource?.name?.includes(v) === true,
      resource_type: (a, v) => v === "unknown_type" || a.resource?.type === v,
      resource_types: (a, v) => a.resource?.type === v,
      mac_address: (a, v) => a.resource?.mac_address?.toLowerCase() === v.toLowerCase(),
      attached: (a, v) => String(a.resource !== null) === v,
      // Addresses of a zone are public ones, which the Instance API keeps.
      zonal: () => false,
      is_ipv6: (a, v) => String(a.is_ipv6) === v,
      tags: byAnyTag,
      ip_ids: (a, v) => a.id === v,
    },
    create: (call) => {
      const input = parseInput(createInput, call.input);
      const network = networkOf(call, input.source);
      const booked = book(call.platform, {
        network,
        ...(input.source.subnet_id === undefined ? {} : { subnetId: input.source.subnet_id }),
        isIpv6: input.is_ipv6,
        ...(input.address === null || input.address === undefined ? {} : { address: input.address }),
        project: input.project_id ?? call.platform.defaultProjectId,
        tags: input.tags ?? [],
        automatic: false,
        resource: null,
      });
      return input.resource === null || input.resource === undefined
        ? booked
        : { ...booked, resource: custom(input.resource, booked.id) };
    },
    update: (address, { platform, input }) => {
      const patch = parseInput(patchInput, input);
      return {
        ...address,
        tags: patch.tags ?? address.tags,
        reverses: patch.reverses ?? address.reverses,
        updated_at: platform.clock.stamp(),
      };
    },
    remove: (address) => {
      refuseManaged(address);
      return false;
    },
    view,
  }),
  changeResource("attach", (address, call) => {
    refuseManaged(address);
    return custom(parseInput(attachInput, call.input).resource, address.id);
  }),
  changeResource("detach", (address, call) => {
    refuseManaged(address);
    refuseOther(address, parseInput(attachInput.partial(), call.input).resource);
    return null;
  }),
  // Moved to nothing, it comes free.
  changeResource("move", (address, call) => {
    refuseManaged(address);
    const { from_resource, to_resource } = parseInput(moveInput, call.input);
    refuseOther(address, from_resource);
    return to_resource === null || to_resource === undefined ? null : custom(to_resource, address.id);
  }),
  {
    method: "POST",
    path: PATH.replace(/ips$/, "ip-sets/release"),
    handle: (call) => {
      const addresses = call.platform.collection(ADDRESS);
      // All or none: one that is in use keeps the others.
      for (const id of parseInput(releaseInput, call.input).ip_ids) {
        const address = addresses.must(id, call.locality);
        refuseManaged(address);
        addresses.remove(address.id);
      }
      return undefined;
    },
  },
];
