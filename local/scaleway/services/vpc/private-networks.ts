import { createHash } from "node:crypto";
import { z } from "zod";
import { overlaps, parseCidr, subrange } from "../../../../kernel/cidr.ts";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, preconditionFailed } from "../../core/problem.ts";
import {
  byAnyTag,
  byName,
  type Call,
  crud,
  filtered,
  ordered,
  page,
  param,
  parseInput,
  type Route,
} from "../../core/routes.ts";
import { attachedTo } from "../ipam/addresses.ts";
import { dropIngressRulesInto } from "./ingress-rules.ts";
import { withdraw } from "./routes.ts";
import { defaultVpc, VPC } from "./vpcs.ts";

/** VPC v2: private networks, each with one IPv4 and one IPv6 subnet at least, disjoint within their VPC. */
const subnetSchema = z.object({
  id: z.string(),
  subnet: z.string(),
  private_network_id: z.string(),
  vpc_id: z.string(),
  project_id: z.string(),
  region: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
const schema = z.object({
  id: z.string(),
  name: z.string(),
  organization_id: z.string(),
  project_id: z.string(),
  vpc_id: z.string(),
  region: z.string(),
  tags: z.array(z.string()),
  subnets: z.array(subnetSchema),
  dhcp_enabled: z.boolean(),
  default_route_propagation_enabled: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type PrivateNetwork = z.infer<typeof schema>;

export const PRIVATE_NETWORK: Kind<PrivateNetwork> = {
  kind: "vpc.private-network",
  resource: "private_network",
  schema,
  place: (n) => ({ locality: n.region, project: n.project_id, name: n.name }),
};

const PATH = "/vpc/v2/regions/:region/private-networks";

const createInput = z.object({
  name: z.string().default(""),
  project_id: z.string().optional(),
  vpc_id: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  subnets: z.array(z.string()).nullish(),
  default_route_propagation_enabled: z.boolean().default(false),
});
const patchInput = z.object({
  name: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  default_route_propagation_enabled: z.boolean().nullish(),
});

/** Scaleway picks ranges from 172.16.0.0/12 in steps of /22, and one unique-local /48 a VPC (recordings). */
const AUTOMATIC_V4 = "172.16.0.0/12";
const AUTOMATIC_PREFIX = 22;

function automaticV4(taken: readonly string[]): string {
  const space = parseCidr(AUTOMATIC_V4);
  for (let index = 0; space !== undefined; index += 1) {
    const range = subrange(space, AUTOMATIC_PREFIX, index);
    if (range === undefined) break;
    if (!taken.some((t) => clashes(t, range.text))) return range.text;
  }
  throw preconditionFailed("subnets_exhausted", "no free IPv4 range left in the VPC");
}

const automaticV6 = (vpcId: string, networkId: string): string => {
  const h = (text: string): string => createHash("sha256").update(text).digest("hex");
  const site = h(vpcId);
  return (
    parseCidr(`fd${site.slice(0, 2)}:${site.slice(2, 6)}:${site.slice(6, 10)}:${h(networkId).slice(0, 4)}::/64`)
      ?.text ?? ""
  );
};

const clashes = (a: string, b: string): boolean => {
  const [left, right] = [parseCidr(a), parseCidr(b)];
  return left !== undefined && right !== undefined && overlaps(left, right);
};

function planSubnets(
  call: Call,
  network: Omit<PrivateNetwork, "subnets">,
  asked: readonly string[],
): PrivateNetwork["subnets"] {
  const { platform } = call;
  const taken = platform
    .collection(PRIVATE_NETWORK)
    .in(network.region)
    .filter((n) => n.vpc_id === network.vpc_id)
    .flatMap((n) => n.subnets.map((s) => s.subnet));
  const canonical = asked.map((text, index) => {
    const range = parseCidr(text);
    if (range === undefined)
      throw invalidArguments({ argument: "subnets", reason: "constraint", help: `${text} is no range` });
    if ([...taken, ...asked.slice(0, index)].some((t) => clashes(t, range.text)))
      throw invalidArguments({
        argument: "subnets",
        reason: "constraint",
        help: `${text} overlaps with another subnet of the VPC`,
      });
    return range;
  });
  const v4 = canonical.filter((c) => c.family === 4).map((c) => c.text);
  const v6 = canonical.filter((c) => c.family === 6).map((c) => c.text);
  const all = [
    ...(v4.length > 0 ? v4 : [automaticV4(taken)]),
    ...(v6.length > 0 ? v6 : [automaticV6(network.vpc_id, network.id)]),
  ];
  return all.map((subnet) => ({
    id: platform.ids.uuid(),
    subnet,
    private_network_id: network.id,
    vpc_id: network.vpc_id,
    project_id: network.project_id,
    region: network.region,
    created_at: network.created_at,
    updated_at: network.updated_at,
  }));
}

/** What goes with a network: the routes and ingress rules that lead to it. */
function forget(platform: Platform, network: PrivateNetwork): void {
  withdraw(platform, network.id);
  dropIngressRulesInto(platform, network);
}

/** Deletes a network that nothing is attached to any more, and leaves any other as it is. */
export function dropIfEmpty(platform: Platform, id: string): void {
  const networks = platform.collection(PRIVATE_NETWORK);
  const network = networks.find(id);
  if (network === undefined || attachedTo(platform, network).length > 0) return;
  forget(platform, network);
  networks.remove(id);
}

/** The network that holds a subnet. */
export const networkOfSubnet = (platform: Platform, subnetId: string): PrivateNetwork | undefined =>
  platform
    .collection(PRIVATE_NETWORK)
    .all()
    .find((n) => n.subnets.some((s) => s.id === subnetId));

export const privateNetworkRoutes: readonly Route[] = [
  ...crud<PrivateNetwork>({
    path: PATH,
    items: "private_networks",
    of: (p) => p.collection(PRIVATE_NETWORK),
    filters: {
      name: byName,
      tags: byAnyTag,
      organization_id: (n, v) => n.organization_id === v,
      project_id: (n, v) => n.project_id === v,
      dhcp_enabled: (n, v) => String(n.dhcp_enabled) === v,
      vpc_id: (n, v) => n.vpc_id === v,
      private_network_ids: (n, v) => n.id === v,
    },
    create: (call) => {
      const { platform, locality } = call;
      const input = parseInput(createInput, call.input);
      const project = input.project_id ?? platform.defaultProjectId;
      const vpc =
        input.vpc_id === null || input.vpc_id === undefined
          ? defaultVpc(platform, locality, project)
          : platform.collection(VPC).must(input.vpc_id, locality);
      const id = platform.ids.uuid();
      const now = platform.clock.stamp();
      const network = {
        id,
        name: input.name === "" ? `pn-${id.slice(0, 8)}` : input.name,
        organization_id: platform.organizationId,
        project_id: project,
        vpc_id: vpc.id,
        region: locality,
        tags: input.tags ?? [],
        dhcp_enabled: true,
        default_route_propagation_enabled: input.default_route_propagation_enabled,
        created_at: now,
        updated_at: now,
      };
      return { ...network, subnets: planSubnets(call, network, input.subnets ?? []) };
    },
    update: (network, { platform, input }) => {
      const patch = parseInput(patchInput, input);
      return {
        ...network,
        name: patch.name ?? network.name,
        tags: patch.tags ?? network.tags,
        default_route_propagation_enabled:
          patch.default_route_propagation_enabled ?? network.default_route_propagation_enabled,
        updated_at: platform.clock.stamp(),
      };
    },
    remove: (network, { platform }) => {
      const users = attachedTo(platform, network);
      if (users.length > 0)
        throw preconditionFailed(
          "resource_still_in_use",
          `Private Network must be empty to be deleted: ${users.join(", ")}`,
        );
      forget(platform, network);
      return false;
    },
  }),
  {
    method: "POST",
    path: `${PATH}/:id/enable-dhcp`,
    handle: (call) => call.platform.collection(PRIVATE_NETWORK).must(param(call, "id"), call.locality),
  },
  {
    method: "GET",
    path: "/vpc/v2/regions/:region/subnets",
    handle: (call) => {
      const subnets = call.platform
        .collection(PRIVATE_NETWORK)
        .in(call.locality)
        .flatMap((n) => n.subnets);
      const kept = filtered(call, subnets, {
        subnet_ids: (s, v) => s.id === v,
        vpc_id: (s, v) => s.vpc_id === v,
        organization_id: (_, v, { platform }) => v === platform.organizationId,
        project_id: (s, v) => s.project_id === v,
      });
      return page(call, "subnets", ordered(call, kept));
    },
  },
];
