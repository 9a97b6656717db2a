import { z } from "zod";
import { invalidArguments, preconditionFailed } from "../../core/problem.ts";
import { parseInput, type Route } from "../../core/routes.ts";
import { availableTypes, isOffered, isUpgrade } from "./catalogue.ts";
import { CLUSTER, CLUSTERS_PATH, clusterOf, clusterView, poolsOf } from "./clusters.ts";
import { POOL } from "./pools.ts";

/** Kapsule v1: another version or another type for a cluster. */
const upgradeInput = z.object({ version: z.string(), upgrade_pools: z.boolean().default(false) });

export const clusterChangeRoutes: readonly Route[] = [
  {
    method: "POST",
    path: `${CLUSTERS_PATH}/:id/upgrade`,
    handle: (call) => {
      const { version, upgrade_pools } = parseInput(upgradeInput, call.input);
      if (!isOffered(version))
        throw invalidArguments({ argument: "version", reason: "constraint", help: `${version} is not offered` });
      const cluster = clusterOf(call);
      if (!isUpgrade(cluster.version, version))
        throw invalidArguments({
          argument: "version",
          reason: "constraint",
          help: `${cluster.version} goes to a later patch or to the next minor version`,
        });
      const pools = call.platform.collection(POOL);
      const updated_at = call.platform.clock.stamp();
      if (upgrade_pools)
        for (const pool of poolsOf(call.platform, cluster)) {
          pools.put({ ...pool, version, status: "upgrading", updated_at });
          call.platform.later(POOL, pool.id);
        }
      call.platform.later(CLUSTER, cluster.id);
      return clusterView(
        call.platform.collection(CLUSTER).put({ ...cluster, version, status: "updating", updated_at }),
      );
    },
  },
  {
    method: "POST",
    path: `${CLUSTERS_PATH}/:id/set-type`,
    handle: (call) => {
      const { type } = parseInput(z.object({ type: z.string() }), call.input);
      const cluster = clusterOf(call);
      if (!availableTypes(cluster.type).some((t) => t.name === type))
        throw preconditionFailed("type_not_available", `a ${cluster.type} cluster cannot become ${type}`);
      const updated_at = call.platform.clock.stamp();
      call.platform.later(CLUSTER, cluster.id);
      return clusterView(call.platform.collection(CLUSTER).put({ ...cluster, type, status: "updating", updated_at }));
    },
  },
];
