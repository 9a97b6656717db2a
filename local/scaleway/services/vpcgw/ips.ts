import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, preconditionFailed } from "../../core/problem.ts";
import { byTag, crud, parseInput, type Route } from "../../core/routes.ts";
import { defaultReverse, mustResolve, publicV4 } from "../public-address.ts";

/** Public Gateways v2: flexible IPv4 addresses of gateways, in a zone. */
const schema = z.object({
  id: z.string(),
  organization_id: z.string(),
  project_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  tags: z.array(z.string()),
  address: z.string(),
  reverse: z.string(),
  gateway_id: z.string().optional(),
  zone: z.string(),
});
export type GatewayIp = z.infer<typeof schema>;

export const GATEWAY_IP: Kind<GatewayIp> = {
  kind: "vpcgw.ip",
  resource: "ip",
  schema,
  place: (i) => ({ locality: i.zone, project: i.project_id, name: i.address }),
};

const createInput = z.object({ project_id: z.string().optional(), tags: z.array(z.string()).nullish() });
const patchInput = z.object({
  tags: z.array(z.string()).nullish(),
  reverse: z.string().nullish(),
  gateway_id: z.string().nullish(),
});

export function newIp(platform: Platform, zone: string, project: string, tags: readonly string[] = []): GatewayIp {
  const address = publicV4(platform);
  const now = platform.clock.stamp();
  return {
    id: platform.ids.uuid(),
    organization_id: platform.organizationId,
    project_id: project,
    created_at: now,
    updated_at: now,
    tags: [...tags],
    address,
    reverse: defaultReverse(address),
    zone,
  };
}

/** Gives an address to a gateway; one that another gateway has is refused. */
export function attach(platform: Platform, ip: GatewayIp, gatewayId: string): GatewayIp {
  if (ip.gateway_id !== undefined && ip.gateway_id !== gatewayId)
    throw preconditionFailed("ip_already_attached", `${ip.address} belongs to gateway ${ip.gateway_id}`);
  return platform.collection(GATEWAY_IP).put({ ...ip, gateway_id: gatewayId });
}

export function detach(platform: Platform, gatewayId: string): void {
  const ips = platform.collection(GATEWAY_IP);
  for (const { gateway_id, ...ip } of ips.all()) if (gateway_id === gatewayId) ips.put(ip);
}

const instanceRefusal = (help: string): string =>
  `{"type": "invalid_arguments", "message": "invalid argument(s)", "details": [{"argument_name": "reverse", "reason": "constraint", "help_message": ${JSON.stringify(help)}}]}`;

/** Nothing here can resolve a public name, so only the platform's own is accepted, with the API's words for others. */
function checkReverse(ip: GatewayIp, reverse: string): string {
  if (reverse === defaultReverse(ip.address) || reverse === "") return defaultReverse(ip.address);
  throw invalidArguments({
    argument: "reverse",
    reason: "unknown",
    // The Instance API's refusal, wrapped twice (recordings).
    help: `must_resolve: {"dns": ${JSON.stringify(instanceRefusal(mustResolve(reverse, ip.address)))}}`,
  });
}

export const ipRoutes: readonly Route[] = crud<GatewayIp>({
  path: "/vpc-gw/v2/zones/:zone/ips",
  items: "ips",
  of: (p) => p.collection(GATEWAY_IP),
  filters: {
    organization_id: (i, v) => i.organization_id === v,
    project_id: (i, v) => i.project_id === v,
    tags: byTag,
    reverse: (i, v) => i.reverse.includes(v),
    is_free: (i, v) => String(i.gateway_id === undefined) === v,
  },
  create: ({ platform, locality, input }) => {
    const { project_id, tags } = parseInput(createInput, input);
    return newIp(platform, locality, project_id ?? platform.defaultProjectId, tags ?? []);
  },
  update: (ip, { platform, input }) => {
    const patch = parseInput(patchInput, input);
    const next = {
      ...ip,
      tags: patch.tags ?? ip.tags,
      reverse: patch.reverse === null || patch.reverse === undefined ? ip.reverse : checkReverse(ip, patch.reverse),
      updated_at: platform.clock.stamp(),
    };
    return patch.gateway_id === null || patch.gateway_id === undefined
      ? next
      : attach(platform, next, patch.gateway_id);
  },
  remove: (ip) => {
    if (ip.gateway_id !== undefined)
      throw preconditionFailed("resource_still_in_use", `the address belongs to gateway ${ip.gateway_id}`);
    return false;
  },
});
