import type { z } from "zod";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments } from "../../core/problem.ts";
import { PRIVATE_NETWORK } from "../vpc/private-networks.ts";
import type { Cluster } from "./clusters.ts";
import { resize } from "./nodes.ts";
import type { poolInput } from "./pool-input.ts";
import { POOL, type Pool } from "./pools.ts";

/** Kapsule v1: a pool as it is asked for, alone or with its cluster, and as it begins. */
/** Instances below this much memory cannot be nodes; sizes are Scaleway's (documentation, 2026). */
const DEFAULT_VOLUME = 20_000_000_000;
/** A network of the pool's own has to be in the VPC of its cluster's. */
function checkNetwork(platform: Platform, cluster: Cluster, id: string): string {
  const networks = platform.collection(PRIVATE_NETWORK);
  const wanted = networks.find(cluster.private_network_id)?.vpc_id;
  if (networks.must(id, cluster.region).vpc_id !== wanted)
    throw invalidArguments({
      argument: "private_network_id",
      reason: "constraint",
      help: "must be in the VPC of the cluster's private network",
    });
  return id;
}

/** Makes a pool and starts its nodes. @returns it, not yet kept. */
export function newPool(platform: Platform, cluster: Cluster, input: z.infer<typeof poolInput>): Pool {
  const locality = cluster.region;
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
    private_network_id:
      typeof input.private_network_id === "string" && input.private_network_id !== ""
        ? checkNetwork(platform, cluster, input.private_network_id)
        : null,
    created_at: now,
    updated_at: now,
    nodes: [],
  };
  platform.later(POOL, id);
  return resize(platform, pool, cluster);
}
