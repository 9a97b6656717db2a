import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, notFound } from "../../core/problem.ts";
import { byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import { mustResolve, publicV4, publicV6 } from "../public-address.ts";
import { SERVER } from "./server.ts";

/** Instance API v1: flexible public addresses. One can be asked for by its id or by itself. */
const schema = z.object({
  id: z.string(),
  address: z.string().nullable(),
  prefix: z.string().nullable(),
  reverse: z.string().nullable(),
  server: z.string().nullable(),
  organization: z.string(),
  project: z.string(),
  zone: z.string(),
  type: z.enum(["routed_ipv4", "routed_ipv6"]),
  tags: z.array(z.string()),
});
export type InstanceIp = z.infer<typeof schema>;

export const INSTANCE_IP: Kind<InstanceIp> = {
  kind: "instance.ip",
  resource: "instance_ip",
  schema,
  place: (i) => ({ locality: i.zone, project: i.project, name: i.address ?? i.prefix ?? "" }),
};

const PATH = "/instance/v1/zones/:zone/ips";
const createInput = z.object({
  project: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  server: z.string().nullish(),
  type: z.enum(["unknown_iptype", "routed_ipv4", "routed_ipv6"]).nullish(),
});
const patchInput = z.object({
  reverse: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  server: z.string().nullish(),
  type: z.string().nullish(),
});

export const addressesOf = (platform: Platform, serverId: string): readonly InstanceIp[] =>
  platform
    .collection(INSTANCE_IP)
    .all()
    .filter((i) => i.server === serverId);

/** Makes these the addresses of a server; others that it had come free. */
export function setAddresses(platform: Platform, serverId: string, zone: string, ids: readonly string[]): void {
  const ips = platform.collection(INSTANCE_IP);
  for (const ip of addressesOf(platform, serverId)) if (!ids.includes(ip.id)) ips.put({ ...ip, server: null });
  for (const id of ids) ips.put({ ...ips.must(id, zone), server: serverId });
}

const view = (ip: InstanceIp, { platform }: Call): unknown => {
  const server = ip.server === null ? undefined : platform.collection(SERVER).find(ip.server);
  return {
    ...ip,
    server: server === undefined ? null : { id: server.id, name: server.name },
    state: server === undefined ? "detached" : "attached",
    ipam_id: ip.id,
  };
};

/** By id, or by the address itself. */
const find = ({ platform, locality }: Call, key: string): InstanceIp => {
  const ips = platform.collection(INSTANCE_IP);
  const found = ips.find(key) ?? ips.named(key)[0];
  if (found === undefined || found.zone !== locality) throw notFound(INSTANCE_IP.resource, key);
  return found;
};

function patch(ip: InstanceIp, { platform, locality, input }: Call): InstanceIp {
  const change = parseInput(patchInput, input);
  if (change.reverse !== null && change.reverse !== undefined && change.reverse !== "")
    throw invalidArguments({
      argument: "reverse",
      reason: "constraint",
      help: mustResolve(change.reverse, ip.address ?? ip.prefix ?? ""),
    });
  if (typeof change.server === "string") platform.collection(SERVER).must(change.server, locality);
  return {
    ...ip,
    tags: change.tags ?? ip.tags,
    server: change.server === undefined ? ip.server : change.server,
  };
}

const byId = `${PATH}/:id`;
const generic: readonly Route[] = crud<InstanceIp>({
  path: PATH,
  items: "ips",
  envelope: "ip",
  of: (p) => p.collection(INSTANCE_IP),
  filters: {
    project: (i, v) => i.project === v,
    organization: (i, v) => i.organization === v,
    name: (i, v) => (i.address ?? i.prefix ?? "").includes(v),
    type: (i, v) => i.type === v,
    tags: byTag,
  },
  create: ({ platform, locality, input }) => {
    const { project, tags, server, type } = parseInput(createInput, input);
    if (typeof server === "string") platform.collection(SERVER).must(server, locality);
    const v6 = type === "routed_ipv6";
    return {
      id: platform.ids.uuid(),
      address: v6 ? null : publicV4(platform),
      prefix: v6 ? publicV6(platform) : null,
      reverse: null,
      server: server ?? null,
      organization: platform.organizationId,
      project: project ?? platform.defaultProjectId,
      zone: locality,
      type: v6 ? "routed_ipv6" : "routed_ipv4",
      tags: tags ?? [],
    };
  },
  view,
});

export const instanceIpRoutes: readonly Route[] = [
  ...generic.filter((r) => r.path !== byId),
  { method: "GET", path: byId, handle: (call) => ({ ip: view(find(call, param(call, "id")), call) }) },
  {
    method: "PATCH",
    path: byId,
    handle: (call) => {
      const changed = patch(find(call, param(call, "id")), call);
      return { ip: view(call.platform.collection(INSTANCE_IP).put(changed), call) };
    },
  },
  {
    method: "DELETE",
    path: byId,
    handle: (call) => {
      call.platform.collection(INSTANCE_IP).remove(find(call, param(call, "id")).id);
      return undefined;
    },
  },
];
