import { z } from "zod";
import { lostLocalities } from "../../core/lost.ts";
import { type Platform, regionOfZone } from "../../core/platform.ts";
import { instant } from "../instance/instant.ts";
import { dropNic, nicsOf, PRIVATE_NIC } from "../instance/private-nics.ts";
import { defaultGroup, SECURITY_GROUP } from "../instance/security-groups.ts";
import { SERVER, type Server } from "../instance/server.ts";
import { dynamicIp } from "../instance/server-actions.ts";
import { SERVER_TYPES } from "../instance/server-types.ts";
import { book } from "../ipam/addresses.ts";
import { macAddress } from "../public-address.ts";
import { PRIVATE_NETWORK } from "../vpc/private-networks.ts";
import type { Cluster } from "./clusters.ts";
import type { Pool } from "./pools.ts";

/** Kapsule v1: nodes. Each is a server of the Instance API, with a NIC and addresses in the cluster's private network. */
export const nodeSchema = z.object({
  id: z.string(),
  name: z.string(),
  created_at: z.string(),
  server_id: z.string(),
  /** False while its server starts. */
  up: z.boolean().default(true),
  rebooting: z.boolean().default(false),
  /** When it was told to go, in milliseconds of the platform's clock. */
  leaving_since: z.number().nullable(),
});
export type PoolNode = z.infer<typeof nodeSchema>;

/** How long a node that is no longer wanted is emptied before it goes. Scaleway takes minutes; who waits here waits in vain. */
export const DRAIN_MS = 30_000;

/** `pro2_xxs` of the Kubernetes API is `PRO2-XXS` of the Instance API. */
const commercialType = (nodeType: string): string => nodeType.toUpperCase().replaceAll("_", "-");

function startServer(platform: Platform, pool: Pool, cluster: Cluster, name: string): Server {
  const now = instant(platform);
  const type = commercialType(pool.node_type);
  const project = cluster.project_id;
  const group =
    platform.collection(SECURITY_GROUP).find(pool.security_group_id) ?? defaultGroup(platform, pool.zone, project);
  const server: Server = {
    id: platform.ids.uuid(),
    name,
    hostname: name,
    organization: cluster.organization_id,
    project,
    zone: pool.zone,
    arch: SERVER_TYPES.get(type)?.arch ?? "x86_64",
    commercial_type: type,
    boot_type: "local",
    image: null,
    volumes: {},
    tags: ["kapsule=true", `cluster=${cluster.id}`, `pool=${pool.id}`],
    state: "running",
    heading: null,
    protected: false,
    dynamic_ip_required: !pool.public_ip_disabled,
    dynamic_ip: null,
    mac_address: macAddress(platform, "de:00:01"),
    creation_date: now,
    modification_date: now,
    security_group: group.id,
    placement_group: pool.placement_group_id,
    user_data: {},
    filesystems: [],
    admin_password_encryption_ssh_key_id: null,
  };
  return platform.collection(SERVER).put({ ...server, dynamic_ip: dynamicIp(platform, server) });
}

function joinNetwork(platform: Platform, cluster: Cluster, networkId: string, server: Server): void {
  const network = platform.collection(PRIVATE_NETWORK).find(networkId);
  if (network === undefined) return;
  const id = platform.ids.uuid();
  const mac = macAddress(platform);
  const resource = { type: "instance_private_nic" as const, id, mac_address: mac.toUpperCase(), name: server.name };
  const addresses = [false, true].map((isIpv6) =>
    book(platform, { network, isIpv6, project: cluster.project_id, tags: [], automatic: true, resource }),
  );
  platform.collection(PRIVATE_NIC).put({
    id,
    private_network_id: network.id,
    server_id: server.id,
    mac_address: mac,
    state: "available",
    creation_date: server.creation_date,
    modification_date: server.creation_date,
    zone: server.zone,
    tags: [],
    ipam_ip_ids: addresses.map((a) => a.id),
  });
}

function startNode(platform: Platform, pool: Pool, cluster: Cluster): PoolNode {
  const id = platform.ids.uuid();
  const name = `scw-${cluster.name}-${pool.name}-${id.replaceAll("-", "")}`.slice(0, 63);
  const server = startServer(platform, pool, cluster, name);
  joinNetwork(platform, cluster, pool.private_network_id ?? cluster.private_network_id, server);
  return {
    id,
    name,
    created_at: platform.clock.stamp(),
    server_id: server.id,
    up: false,
    rebooting: false,
    leaving_since: null,
  };
}

/** Takes nodes away with their servers, NICs and addresses. */
export function removeNodes(platform: Platform, nodes: readonly PoolNode[]): void {
  for (const node of nodes) {
    for (const nic of nicsOf(platform, node.server_id)) dropNic(platform, nic.id);
    platform.collection(SERVER).remove(node.server_id);
  }
}

/** Servers of nodes follow their pool into another security group, so that the former one comes free. */
function follow(platform: Platform, pool: Pool): void {
  const servers = platform.collection(SERVER);
  if (platform.collection(SECURITY_GROUP).find(pool.security_group_id) === undefined) return;
  for (const node of pool.nodes) {
    const server = servers.find(node.server_id);
    if (server !== undefined && server.security_group !== pool.security_group_id)
      servers.put({ ...server, security_group: pool.security_group_id });
  }
}

/** Nodes up to the wanted size; those beyond it are told to go, youngest first. */
export function resize(platform: Platform, pool: Pool, cluster: Cluster): Pool {
  follow(platform, pool);
  const staying = pool.nodes.filter((n) => n.leaving_since === null);
  const surplus = new Set(staying.slice(pool.size).map((n) => n.id));
  const now = platform.clock.now();
  const nodes = pool.nodes.map((n) => (surplus.has(n.id) ? { ...n, leaving_since: now } : n));
  const fresh = Array.from({ length: Math.max(0, pool.size - staying.length) }, () =>
    startNode(platform, pool, cluster),
  );
  return { ...pool, nodes: [...nodes, ...fresh] };
}

/** The pool with its new nodes up, and without those whose time to go is over. */
export function settleNodes(platform: Platform, pool: Pool): Pool {
  const gone = pool.nodes.filter((n) => n.leaving_since !== null && n.leaving_since + DRAIN_MS <= platform.clock.now());
  removeNodes(platform, gone);
  return {
    ...pool,
    nodes: pool.nodes.filter((n) => !gone.includes(n)).map((n) => ({ ...n, up: true, rebooting: false })),
  };
}

/** What a node is doing. One in a zone that is lost is known, and does not answer; it comes back with its zone. */
export function nodeStatus(platform: Platform, pool: Pool, node: PoolNode): string {
  const lost = lostLocalities(platform.store);
  if (node.leaving_since !== null) return "deleting";
  if (lost.has(pool.zone) || lost.has(regionOfZone(pool.zone))) return "not_ready";
  return node.rebooting ? "rebooting" : node.up ? "ready" : "creating";
}

/** Conditions as the platform shows them (recordings). */
const STARTING = { Creating: "True", Ready: "False" };
const AT_WORK = {
  DiskPressure: "False",
  MemoryPressure: "False",
  NetworkUnavailable: "False",
  PIDPressure: "False",
  Ready: "True",
};
/** Kubernetes no longer hears from the kubelet. */
const SILENT = {
  DiskPressure: "Unknown",
  MemoryPressure: "Unknown",
  NetworkUnavailable: "False",
  PIDPressure: "Unknown",
  Ready: "Unknown",
};

export function nodeView(platform: Platform, pool: Pool, node: PoolNode): unknown {
  const server = platform.collection(SERVER).find(node.server_id);
  const status = nodeStatus(platform, pool, node);
  return {
    region: pool.region,
    id: node.id,
    cluster_id: pool.cluster_id,
    pool_id: pool.id,
    created_at: node.created_at,
    updated_at: pool.updated_at,
    status,
    conditions: status === "not_ready" ? SILENT : node.up ? AT_WORK : STARTING,
    name: node.name,
    public_ip_v4: server?.dynamic_ip?.address ?? null,
    public_ip_v6: null,
    provider_id: `scaleway://instance/${pool.zone}/${node.server_id}`,
    error_message: "",
  };
}
