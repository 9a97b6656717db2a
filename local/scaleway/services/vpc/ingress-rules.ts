import { z } from "zod";
import { parseCidr } from "../../../../kernel/cidr.ts";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, notFound } from "../../core/problem.ts";
import { byAnyTag, type Call, crud, parseInput, type Route } from "../../core/routes.ts";
import { PRIVATE_NETWORK, type PrivateNetwork } from "./private-networks.ts";
import { VPC } from "./vpcs.ts";

/** VPC v2: ingress rules, which hand traffic that enters a VPC from a source range to one address of a private network. */
const schema = z.object({
  id: z.string(),
  vpc_id: z.string(),
  is_ipv6: z.boolean(),
  source: z.string(),
  nexthop_resource_ip: z.string(),
  nexthop_private_network_id: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  organization_id: z.string(),
  project_id: z.string(),
  region: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type IngressRule = z.infer<typeof schema>;

export const INGRESS_RULE: Kind<IngressRule> = {
  kind: "vpc.ingress-rule",
  resource: "unknown",
  // The API names neither kind nor id (recordings).
  missing: () => notFound("unknown", ""),
  schema,
  place: (r) => ({ locality: r.region, project: r.project_id, name: r.source }),
};

const createInput = z.object({
  vpc_id: z.string(),
  source: z.string(),
  nexthop_resource_ip: z.string(),
  nexthop_private_network_id: z.string(),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
});
const patchInput = createInput.omit({ vpc_id: true }).partial();

/**
 * Refuses a hop of another family than the source. Whether it lies in the network is not asked: the documentation's own
 * examples name addresses outside, and no recording shows a refusal.
 */
function check(
  call: Call,
  rule: Pick<IngressRule, "vpc_id" | "source" | "nexthop_resource_ip" | "nexthop_private_network_id">,
): boolean {
  const network = call.platform.collection(PRIVATE_NETWORK).must(rule.nexthop_private_network_id, call.locality);
  const source = parseCidr(rule.source);
  const hop = parseCidr(rule.nexthop_resource_ip);
  if (source === undefined)
    throw invalidArguments({ argument: "source", reason: "constraint", help: "must be a range" });
  if (network.vpc_id !== rule.vpc_id)
    throw invalidArguments({
      argument: "nexthop_private_network_id",
      reason: "constraint",
      help: "must belong to the VPC",
    });
  if (hop?.family !== source.family)
    throw invalidArguments({
      argument: "nexthop_resource_ip",
      reason: "constraint",
      help: "must be an address of the source's family",
    });
  return source.family === 6;
}

export function dropIngressRulesInto(platform: Platform, network: PrivateNetwork): void {
  const rules = platform.collection(INGRESS_RULE);
  for (const rule of rules.in(network.region).filter((r) => r.nexthop_private_network_id === network.id))
    rules.remove(rule.id);
}

export const ingressRuleRoutes: readonly Route[] = crud<IngressRule>({
  path: "/vpc/v2/regions/:region/ingress-rules",
  items: "rules",
  of: (p) => p.collection(INGRESS_RULE),
  filters: {
    vpc_id: (r, v) => r.vpc_id === v,
    nexthop_resource_ip: (r, v) => r.nexthop_resource_ip === v,
    nexthop_private_network_id: (r, v) => r.nexthop_private_network_id === v,
    is_ipv6: (r, v) => String(r.is_ipv6) === v,
    tags: byAnyTag,
    organization_id: (r, v) => r.organization_id === v,
    project_id: (r, v) => r.project_id === v,
  },
  order: { keys: { prefix_len: (r) => parseCidr(r.source)?.prefix ?? 0 } },
  create: (call) => {
    const { platform, locality } = call;
    const input = parseInput(createInput, call.input);
    const vpc = platform.collection(VPC).must(input.vpc_id, locality);
    const now = platform.clock.stamp();
    return {
      id: platform.ids.uuid(),
      vpc_id: vpc.id,
      is_ipv6: check(call, input),
      source: input.source,
      nexthop_resource_ip: input.nexthop_resource_ip,
      nexthop_private_network_id: input.nexthop_private_network_id,
      description: input.description ?? "",
      tags: input.tags ?? [],
      organization_id: vpc.organization_id,
      project_id: vpc.project_id,
      region: locality,
      created_at: now,
      updated_at: now,
    };
  },
  update: (rule, call) => {
    const patch = parseInput(patchInput, call.input);
    const next = {
      ...rule,
      source: patch.source ?? rule.source,
      nexthop_resource_ip: patch.nexthop_resource_ip ?? rule.nexthop_resource_ip,
      nexthop_private_network_id: patch.nexthop_private_network_id ?? rule.nexthop_private_network_id,
      description: patch.description ?? rule.description,
      tags: patch.tags ?? rule.tags,
      updated_at: call.platform.clock.stamp(),
    };
    return { ...next, is_ipv6: check(call, next) };
  },
  remove: () => false,
});
