import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, preconditionFailed, transient } from "../../core/problem.ts";
import { byName, byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { attach, detach, GATEWAY_IP, newIp } from "./ips.ts";
import { GATEWAY_NETWORK, networkView } from "./networks.ts";
import { PAT_RULE } from "./pat-rules.ts";

/** Public Gateways v2: NAT and SSH bastion of a zone. `allocating` → `configuring` → `running`; `deleting` → gone. */
const schema = z.object({
  id: z.string(),
  organization_id: z.string(),
  project_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  type: z.string(),
  bandwidth: z.number(),
  status: z.enum(["allocating", "configuring", "running", "deleting"]),
  name: z.string(),
  tags: z.array(z.string()),
  version: z.string().optional(),
  bastion_enabled: z.boolean(),
  bastion_port: z.number(),
  bastion_allowed_ips: z.array(z.string()),
  /** Keys that the bastion knows: those of its project when it was switched on or refreshed, and no later ones. */
  bastion_keys_at: z.string().nullable(),
  smtp_enabled: z.boolean(),
  is_legacy: z.boolean(),
  delete_ip: z.boolean(),
  zone: z.string(),
});
export type Gateway = z.infer<typeof schema>;

export const GATEWAY: Kind<Gateway> = {
  kind: "vpcgw.gateway",
  resource: "gateway",
  schema,
  place: (g) => ({ locality: g.zone, project: g.project_id, name: g.name }),
};

/** Commercial types and their bandwidth in Mbit/s (recordings for S and M; Scaleway's price list for L and XL). */
export const GATEWAY_TYPES: Readonly<Record<string, number>> = {
  "VPC-GW-S": 100,
  "VPC-GW-M": 1000,
  "VPC-GW-L": 3000,
  "VPC-GW-XL": 10_000,
};
const VERSION = "0.7.9";
const PATH = "/vpc-gw/v2/zones/:zone/gateways";
/** What a bastion listens on and lets in unless told otherwise (recordings): every address there is. */
const BASTION_PORT = 61_000;
const ANYWHERE = "0.0.0.0/0";

const createInput = z.object({
  project_id: z.string().optional(),
  name: z.string().default(""),
  tags: z.array(z.string()).nullish(),
  type: z.string(),
  ip_id: z.string().nullish(),
  enable_smtp: z.boolean().default(false),
  enable_bastion: z.boolean().default(false),
  bastion_port: z.number().int().nullish(),
});
const patchInput = z.object({
  name: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  enable_smtp: z.boolean().nullish(),
  enable_bastion: z.boolean().nullish(),
  bastion_port: z.number().int().nullish(),
});

export const bandwidthOf = (type: string): number => {
  const bandwidth = GATEWAY_TYPES[type];
  if (bandwidth === undefined)
    throw invalidArguments({ argument: "type", reason: "constraint", help: `${type} is no gateway type` });
  return bandwidth;
};

function checkPort(port: number): number {
  if (port === BASTION_PORT || (port >= 1024 && port <= 59_999)) return port;
  throw invalidArguments({ argument: "bastion_port", reason: "constraint", help: "must be 1024 to 59999, or 61000" });
}

/** The gateway, once it can be changed; on its way somewhere it answers 409. */
export function steady(call: Call, id: string): Gateway {
  const gateway = call.platform.collection(GATEWAY).must(id, call.locality);
  const moving = call.platform
    .collection(GATEWAY_NETWORK)
    .in(gateway.zone)
    .some((n) => n.gateway_id === id && n.status !== "ready");
  if (gateway.status !== "running" || moving)
    throw transient("gateway", id, gateway.status === "running" ? "configuring" : gateway.status);
  return gateway;
}

export function gatewayView({ delete_ip: _, bastion_keys_at: __, ...gateway }: Gateway, { platform }: Call): unknown {
  const ip = platform
    .collection(GATEWAY_IP)
    .in(gateway.zone)
    .find((i) => i.gateway_id === gateway.id);
  const networks = platform
    .collection(GATEWAY_NETWORK)
    .in(gateway.zone)
    .filter((n) => n.gateway_id === gateway.id);
  return { ...gateway, ipv4: ip ?? null, gateway_networks: networks.map(networkView) };
}

function create(call: Call): Gateway {
  const { platform, locality } = call;
  const input = parseInput(createInput, call.input);
  const project = input.project_id ?? platform.defaultProjectId;
  const id = platform.ids.uuid();
  const now = platform.clock.stamp();
  const ips = platform.collection(GATEWAY_IP);
  const bandwidth = bandwidthOf(input.type);
  const given = input.ip_id === null || input.ip_id === undefined ? undefined : ips.must(input.ip_id, locality);
  attach(platform, given ?? newIp(platform, locality, project), id);
  platform.later(GATEWAY, id);
  return {
    id,
    organization_id: platform.organizationId,
    project_id: project,
    created_at: now,
    updated_at: now,
    type: input.type,
    bandwidth,
    status: "allocating",
    name: input.name === "" ? `pgw-${id.slice(0, 8)}` : input.name,
    tags: input.tags ?? [],
    bastion_enabled: input.enable_bastion,
    bastion_port: checkPort(input.bastion_port ?? BASTION_PORT),
    bastion_allowed_ips: [ANYWHERE],
    bastion_keys_at: input.enable_bastion ? now : null,
    smtp_enabled: input.enable_smtp,
    is_legacy: false,
    delete_ip: false,
    zone: locality,
  };
}

function update(gateway: Gateway, { platform, input }: Call): Gateway {
  const patch = parseInput(patchInput, input);
  const now = platform.clock.stamp();
  const bastion = patch.enable_bastion ?? gateway.bastion_enabled;
  return {
    ...gateway,
    name: patch.name ?? gateway.name,
    tags: patch.tags ?? gateway.tags,
    smtp_enabled: patch.enable_smtp ?? gateway.smtp_enabled,
    bastion_enabled: bastion,
    bastion_port: checkPort(patch.bastion_port ?? gateway.bastion_port),
    bastion_keys_at: bastion ? (gateway.bastion_enabled ? gateway.bastion_keys_at : now) : null,
    updated_at: now,
  };
}

function remove(gateway: Gateway, { platform, query }: Call): Gateway {
  const attached = platform
    .collection(GATEWAY_NETWORK)
    .in(gateway.zone)
    .filter((n) => n.gateway_id === gateway.id);
  if (attached.length > 0)
    throw preconditionFailed(
      "resource_still_in_use",
      `the gateway is attached to ${attached.map((n) => n.private_network_id).join(", ")}`,
    );
  platform.later(GATEWAY, gateway.id);
  return {
    ...gateway,
    status: "deleting",
    delete_ip: query.get("delete_ip") === "true",
    updated_at: platform.clock.stamp(),
  };
}

export const settleGateway: Settle = (platform, id) => {
  const gateways = platform.collection(GATEWAY);
  const gateway = gateways.find(id);
  if (gateway === undefined) return;
  const now = platform.clock.stamp();
  if (gateway.status === "deleting") return end(platform, gateway);
  if (gateway.status === "allocating") {
    gateways.put({ ...gateway, status: "configuring", version: VERSION, updated_at: now });
    platform.later(GATEWAY, id);
  } else gateways.put({ ...gateway, status: "running", updated_at: now });
};

function end(platform: Platform, gateway: Gateway): void {
  const ips = platform.collection(GATEWAY_IP);
  const ip = ips.in(gateway.zone).find((i) => i.gateway_id === gateway.id);
  detach(platform, gateway.id);
  if (gateway.delete_ip && ip !== undefined) ips.remove(ip.id);
  const rules = platform.collection(PAT_RULE);
  for (const rule of rules.in(gateway.zone)) if (rule.gateway_id === gateway.id) rules.remove(rule.id);
  platform.collection(GATEWAY).remove(gateway.id);
}

export const gatewayRoutes: readonly Route[] = [
  ...crud<Gateway>({
    path: PATH,
    items: "gateways",
    of: (p) => p.collection(GATEWAY),
    filters: {
      organization_id: (g, v) => g.organization_id === v,
      project_id: (g, v) => g.project_id === v,
      name: byName,
      tags: byTag,
      types: (g, v) => g.type === v,
      status: (g, v) => v === "unknown_status" || g.status === v,
      private_network_ids: (g, v, { platform }) =>
        platform
          .collection(GATEWAY_NETWORK)
          .in(g.zone)
          .some((n) => n.gateway_id === g.id && n.private_network_id === v),
    },
    create,
    update,
    remove,
    view: gatewayView,
  }),
  {
    method: "POST",
    path: `${PATH}/:id/upgrade`,
    handle: (call) => {
      const gateway = steady(call, param(call, "id"));
      const { type } = parseInput(z.object({ type: z.string().nullish() }), call.input);
      const bandwidth = bandwidthOf(type ?? gateway.type);
      if (bandwidth < gateway.bandwidth)
        throw preconditionFailed("downgrade", `${gateway.type} cannot become the smaller ${type}`);
      const next: Gateway = {
        ...gateway,
        type: type ?? gateway.type,
        bandwidth,
        status: "configuring",
        updated_at: call.platform.clock.stamp(),
      };
      call.platform.later(GATEWAY, gateway.id);
      return gatewayView(call.platform.collection(GATEWAY).put(next), call);
    },
  },
  {
    method: "GET",
    path: "/vpc-gw/v2/zones/:zone/gateway-types",
    handle: ({ locality }) => ({
      types: Object.entries(GATEWAY_TYPES).map(([name, bandwidth]) => ({ name, bandwidth, zone: locality })),
    }),
  },
];
