import { notFound } from "../../core/problem.ts";
import { byName, type Call, filtered, ordered, page, param, type Route } from "../../core/routes.ts";
import { CLUSTER } from "./clusters.ts";
import { nodeStatus, nodeView, type PoolNode, resize } from "./nodes.ts";
import { inCluster, POOL, type Pool } from "./pools.ts";

/** Kapsule v1: nodes, listed and one by one. They are told to go and start as their pool does. */
const NODE = "/k8s/v1/regions/:region/nodes/:id";

function nodeOf(call: Call): { readonly pool: Pool; readonly node: PoolNode } {
  const id = param(call, "id");
  for (const pool of call.platform.collection(POOL).in(call.locality)) {
    const node = pool.nodes.find((n) => n.id === id);
    if (node !== undefined) return { pool, node };
  }
  throw notFound("node", id);
}

/** Changes the node, and lets its pool come to its size again. */
function change(call: Call, to: Partial<PoolNode>, size: (pool: Pool) => number): unknown {
  const { platform } = call;
  const { pool, node } = nodeOf(call);
  const next = { ...node, ...to };
  const nodes = pool.nodes.map((n) => (n.id === node.id ? next : n));
  const changed: Pool = { ...pool, nodes, size: size(pool), status: "scaling", updated_at: platform.clock.stamp() };
  const kept = platform
    .collection(POOL)
    .put(resize(platform, changed, platform.collection(CLUSTER).must(pool.cluster_id, pool.region)));
  platform.later(POOL, pool.id);
  return nodeView(platform, kept, next);
}

export const nodeRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/k8s/v1/regions/:region/clusters/:cluster/nodes",
    handle: (call) => {
      const { platform } = call;
      const all = inCluster(call).flatMap((pool) =>
        pool.nodes.map((node) => ({ ...node, pool, node, status: nodeStatus(platform, pool, node) })),
      );
      const kept = filtered(call, all, {
        pool_id: (n, v) => n.pool.id === v,
        name: byName,
        status: (n, v) => v === "unknown" || n.status === v,
      });
      return page(
        call,
        "nodes",
        ordered(call, kept, { keys: { updated_at: (n) => n.pool.updated_at } }).map(({ pool, node }) =>
          nodeView(platform, pool, node),
        ),
      );
    },
  },
  {
    method: "GET",
    path: NODE,
    handle: (call) => {
      const { pool, node } = nodeOf(call);
      return nodeView(call.platform, pool, node);
    },
  },
  {
    method: "POST",
    path: `${NODE}/reboot`,
    handle: (call) => change(call, { rebooting: true }, ({ size }) => size),
  },
  {
    method: "POST",
    path: `${NODE}/replace`,
    handle: (call) => change(call, { leaving_since: call.platform.clock.now() }, ({ size }) => size),
  },
  {
    method: "DELETE",
    path: NODE,
    handle: (call) => {
      const staysAsLarge = call.query.get("replace") === "true";
      return change(call, { leaving_since: call.platform.clock.now() }, ({ size }) =>
        staysAsLarge ? size : Math.max(0, size - 1),
      );
    },
  },
];
