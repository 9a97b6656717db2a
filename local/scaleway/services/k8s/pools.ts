import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments } from "../../core/problem.ts";
import {
  byName,
  byTag,
  type Call,
  crud,
  filtered,
  ordered,
  page,
  param,
  parseInput,
  type Route,
} from "../../core/routes.ts";
import { CLUSTER, settleCluster } from "./clusters.ts";
import { newPool } from "./new-pool.ts";
import { DRAIN_MS, nodeSchema, removeNodes, resize, settleNodes } from "./nodes.ts";
import { poolInput, poolPatchInput } from "./pool-input.ts";

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
  /** Of its own; null: its cluster's. */
  private_network_id: z.string().nullable().default(null),
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
function create(call: Call): Pool {
  const cluster = call.platform.collection(CLUSTER).must(param(call, "cluster"), call.locality);
  return newPool(call.platform, cluster, parseInput(poolInput, call.input));
}

/** The cluster's network shows as the pool's where it has none of its own. */
const view = ({ nodes: _, private_network_id: own, ...pool }: Pool, { platform }: Call): unknown => ({
  ...pool,
  private_network_id: own ?? platform.collection(CLUSTER).find(pool.cluster_id)?.private_network_id ?? null,
  error_message: null,
});

const update = (pool: Pool, { platform, input }: Call): Pool => {
  const patch = parseInput(poolPatchInput, input);
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

export const inCluster = (call: Call): readonly Pool[] =>
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
    return view(pools.put(schema.parse({ ...pools.must(param(call, "id"), call.locality), [field]: value })), call);
  },
});

export const poolRoutes: readonly Route[] = [
  {
    method: "POST",
    path: CLUSTER_POOLS,
    handle: (call) => view(call.platform.collection(POOL).put(create(call)), call),
  },
  {
    method: "GET",
    path: CLUSTER_POOLS,
    handle: (call) => {
      const kept = filtered(call, inCluster(call), {
        name: byName,
        status: (p, v) => v === "unknown" || p.status === v,
      });
      return page(
        call,
        "pools",
        ordered(call, kept).map((p) => view(p, call)),
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
      const gone = { ...pool, nodes: [], status: "deleting" as const, updated_at: call.platform.clock.stamp() };
      return view(pools.put(gone), call);
    },
  },
  {
    method: "POST",
    path: `${POOLS}/:id/upgrade`,
    handle: (call) => {
      const pools = call.platform.collection(POOL);
      const { version } = parseInput(z.object({ version: z.string() }), call.input);
      const pool = pools.must(param(call, "id"), call.locality);
      if (call.platform.collection(CLUSTER).find(pool.cluster_id)?.version !== version)
        throw invalidArguments({
          argument: "version",
          reason: "constraint",
          help: "must be the cluster's own version",
        });
      call.platform.later(POOL, pool.id);
      return view(pools.put({ ...pool, version, status: "upgrading" }), call);
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
