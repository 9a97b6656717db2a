import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments } from "../../core/problem.ts";
import { byName, byTag, type Call, crud, page, param, parseInput, type Route } from "../../core/routes.ts";
import { CLUSTER, settleCluster } from "./clusters.ts";
import { DRAIN_MS, nodeSchema, nodeView, removeNodes, resize, settleNodes } from "./nodes.ts";

/** Kapsule v1: pools of a cluster, each a number of equal nodes. */
const schema = z.object({
  id: z.string(),
  region: z.string(),
  cluster_id: z.string(),
  name: z.string(),
  status: z.enum(["scaling", "ready", "upgrading", "deleting"]),
  version: z.string(),
  node_type: z.string(),
  autoscaling: z.boolean(),
  size: z.number(),
  min_size: z.number(),
  max_size: z.number(),
  container_runtime: z.string(),
  autohealing: z.boolean(),
  tags: z.array(z.string()),
  placement_group_id: z.string().nullable(),
  kubelet_args: z.record(z.string(), z.string()),
  upgrade_policy: z.object({ max_unavailable: z.number(), max_surge: z.number() }),
  zone: z.string(),
  root_volume_type: z.string(),
  root_volume_size: z.number(),
  public_ip_disabled: z.boolean(),
  security_group_id: z.string(),
  labels: z.record(z.string(), z.string()),
  taints: z.array(z.unknown()),
  startup_taints: z.array(z.unknown()),
  created_at: z.string(),
  updated_at: z.string(),
  nodes: z.array(nodeSchema),
});
export type Pool = z.infer<typeof schema>;

export const POOL: Kind<Pool> = {
  kind: "k8s.pool",
  resource: "pool",
  schema,
  // A pool lives in its cluster's project.
  place: (p) => ({ locality: p.region, project: "", name: p.name }),
};

const CLUSTER_POOLS = "/k8s/v1/regions/:region/clusters/:cluster/pools";
const POOLS = "/k8s/v1/regions/:region/pools";
/** Instances below this much memory cannot be nodes; sizes are Scaleway's (documentation, 2026). */
const DEFAULT_VOLUME = 20_000_000_000;
const policyInput = z.object({ max_unavailable: z.number().nullish(), max_surge: z.number().nullish() });
const patchInput = z.object({
  autoscaling: z.boolean().nullish(),
  size: z.number().nullish(),
  min_size: z.number().nullish(),
  max_size: z.number().nullish(),
  autohealing: z.boolean().nullish(),
  tags: z.array(z.string()).nullish(),
  kubelet_args: z.record(z.string(), z.string()).nullish(),
  upgrade_policy: policyInput.nullish(),
  security_group_id: z.string().nullish(),
  labels: z.record(z.string(), z.string()).nullish(),
  taints: z.array(z.unknown()).nullish(),
  startup_taints: z.array(z.unknown()).nullish(),
});
const createInput = patchInput.extend({
  name: z.string().default(""),
  node_type: z.string(),
  size: z.number().int().min(0),
  container_runtime: z.string().nullish(),
  placement_group_id: z.string().nullish(),
  zone: z.string().nullish(),
  root_volume_type: z.string().nullish(),
  root_volume_size: z.number().nullish(),
  public_ip_disabled: z.boolean().default(false),
});

function create(call: Call): Pool {
  const { platform, locality } = call;
  const cluster = platform.collection(CLUSTER).must(param(call, "cluster"), locality);
  const input = parseInput(createInput, call.input);
  const zone = input.zone ?? `${locality}-1`;
  // Another region's zone is accepted, as Scaleway does (recordings of 2026).
  if (!platform.regions.some((r) => r.zones.includes(zone)))
    throw invalidArguments({ argument: "zone", reason: "constraint", help: `${zone} is no zone` });
  const now = platform.clock.stamp();
  const id = platform.ids.uuid();
  const volume = input.root_volume_type ?? "default_volume_type";
  const pool: Pool = {
    id,
    region: locality,
    cluster_id: cluster.id,
    name: input.name === "" ? `pool-${id.slice(0, 8)}` : input.name,
    status: "scaling",
    version: cluster.version,
    node_type: input.node_type.toLowerCase().replaceAll("-", "_"),
    autoscaling: input.autoscaling ?? false,
    size: input.size,
    min_size: input.min_size ?? 1,
    max_size: input.max_size ?? input.size,
    container_runtime:
      input.container_runtime === undefined ||
      input.container_runtime === null ||
      input.container_runtime === "unknown_runtime"
        ? "containerd"
        : input.container_runtime,
    autohealing: input.autohealing ?? false,
    tags: input.tags ?? [],
    placement_group_id: input.placement_group_id ?? null,
    kubelet_args: input.kubelet_args ?? {},
    upgrade_policy: {
      max_unavailable: input.upgrade_policy?.max_unavailable ?? 1,
      max_surge: input.upgrade_policy?.max_surge ?? 0,
    },
    zone,
    root_volume_type: volume === "default_volume_type" ? "sbs_5k" : volume,
    root_volume_size: input.root_volume_size ?? DEFAULT_VOLUME,
    public_ip_disabled: input.public_ip_disabled,
    security_group_id: input.security_group_id ?? platform.ids.uuid(),
    labels: input.labels ?? {},
    taints: input.taints ?? [],
    startup_taints: input.startup_taints ?? [],
    created_at: now,
    updated_at: now,
    nodes: [],
  };
  platform.later(POOL, id);
  return resize(platform, pool, cluster);
}

const view = ({ nodes: _, ...pool }: Pool): unknown => ({ ...pool, error_message: null });

const update = (pool: Pool, { platform, input }: Call): Pool => {
  const patch = parseInput(patchInput, input);
  const next: Pool = {
    ...pool,
    autoscaling: patch.autoscaling ?? pool.autoscaling,
    size: patch.size ?? pool.size,
    min_size: patch.min_size ?? pool.min_size,
    max_size: patch.max_size ?? pool.max_size,
    autohealing: patch.autohealing ?? pool.autohealing,
    tags: patch.tags ?? pool.tags,
    kubelet_args: patch.kubelet_args ?? pool.kubelet_args,
    upgrade_policy: {
      max_unavailable: patch.upgrade_policy?.max_unavailable ?? pool.upgrade_policy.max_unavailable,
      max_surge: patch.upgrade_policy?.max_surge ?? pool.upgrade_policy.max_surge,
    },
    security_group_id: patch.security_group_id ?? pool.security_group_id,
    labels: patch.labels ?? pool.labels,
    taints: patch.taints ?? pool.taints,
    startup_taints: patch.startup_taints ?? pool.startup_taints,
    status: "scaling",
    updated_at: platform.clock.stamp(),
  };
  platform.later(POOL, pool.id);
  return resize(platform, next, platform.collection(CLUSTER).must(pool.cluster_id, pool.region));
};

const inCluster = (call: Call): readonly Pool[] =>
  call.platform
    .collection(POOL)
    .in(call.locality)
    .filter((p) => p.cluster_id === param(call, "cluster"));

const sets = (field: "labels" | "taints" | "startup_taints", verb: string): Route => ({
  method: "PUT",
  path: `${POOLS}/:id/${verb}`,
  handle: (call) => {
    const pools = call.platform.collection(POOL);
    const value = parseInput(
      z.object({ [field]: field === "labels" ? z.record(z.string(), z.string()) : z.array(z.unknown()) }),
      call.input,
    )[field];
    return view(pools.put(schema.parse({ ...pools.must(param(call, "id"), call.locality), [field]: value })));
  },
});

export const poolRoutes: readonly Route[] = [
  { method: "POST", path: CLUSTER_POOLS, handle: (call) => view(call.platform.collection(POOL).put(create(call))) },
  { method: "GET", path: CLUSTER_POOLS, handle: (call) => page(call, "pools", inCluster(call).map(view)) },
  {
    method: "GET",
    path: "/k8s/v1/regions/:region/clusters/:cluster/nodes",
    handle: (call) => {
      const wanted = call.query.get("pool_id");
      const pools = inCluster(call).filter((p) => wanted === null || p.id === wanted);
      return page(
        call,
        "nodes",
        pools.flatMap((p) => p.nodes.map((n) => nodeView(call.platform, p, n))),
      );
    },
  },
  ...crud<Pool>({
    path: POOLS,
    items: "pools",
    of: (p) => p.collection(POOL),
    filters: { name: byName, tags: byTag },
    update,
    view,
  }),
  {
    method: "DELETE",
    path: `${POOLS}/:id`,
    handle: (call) => {
      const pools = call.platform.collection(POOL);
      const pool = pools.must(param(call, "id"), call.locality);
      removeNodes(call.platform, pool.nodes);
      call.platform.later(POOL, pool.id);
      return view(pools.put({ ...pool, nodes: [], status: "deleting", updated_at: call.platform.clock.stamp() }));
    },
  },
  {
    method: "POST",
    path: `${POOLS}/:id/upgrade`,
    handle: (call) => {
      const pools = call.platform.collection(POOL);
      const { version } = parseInput(z.object({ version: z.string() }), call.input);
      const pool = pools.must(param(call, "id"), call.locality);
      call.platform.later(POOL, pool.id);
      return view(pools.put({ ...pool, version, status: "upgrading" }));
    },
  },
  sets("labels", "set-labels"),
  sets("taints", "set-taints"),
  sets("startup_taints", "set-startup-taints"),
];

/** What was changing is done; nodes that are being emptied go when their time is over. The cluster follows its pools. */
export function settlePool(platform: Platform, id: string): void {
  const pools = platform.collection(POOL);
  const pool = pools.find(id);
  if (pool === undefined) return;
  if (pool.status === "deleting") pools.remove(id);
  else {
    const { nodes } = pools.put({ ...settleNodes(platform, pool), status: "ready" });
    const emptyAt = Math.min(...nodes.flatMap((n) => (n.leaving_since === null ? [] : [n.leaving_since + DRAIN_MS])));
    if (Number.isFinite(emptyAt)) platform.later(POOL, id, emptyAt - platform.clock.now());
  }
  const cluster = platform.collection(CLUSTER).find(pool.cluster_id);
  if (cluster?.status === "ready" || cluster?.status === "pool_required") settleCluster(platform, cluster.id);
}
