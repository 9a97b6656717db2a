import type { Platform } from "../scaleway/core/platform.ts";
import { SERVER_TYPES } from "../scaleway/services/instance/server-types.ts";
import type { Cluster } from "../scaleway/services/k8s/clusters.ts";
import { POOL, type Pool } from "../scaleway/services/k8s/pools.ts";

export interface NodeObject {
  readonly apiVersion: "v1";
  readonly kind: "Node";
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly providerID: string; readonly taints?: readonly unknown[] };
  readonly status: {
    readonly capacity: Readonly<Record<string, string>>;
    readonly allocatable: Readonly<Record<string, string>>;
  };
}

/** Most pods that Kapsule puts on a node (its default). */
const PODS = "110";

/** The nodes of a cluster's pools as Kubernetes sees them: labelled with place and pool, sized as their type is sold. */
export const nodesOf = (platform: Platform, cluster: Cluster): readonly NodeObject[] =>
  platform
    .collection(POOL)
    .in(cluster.region)
    .filter((pool) => pool.cluster_id === cluster.id)
    .flatMap((pool) => pool.nodes.filter((n) => n.leaving_since === null).map((node) => nodeOf(pool, node)));

function nodeOf(pool: Pool, node: Pool["nodes"][number]): NodeObject {
  const type = pool.node_type.toUpperCase().replaceAll("_", "-");
  const sold = SERVER_TYPES.get(type);
  const size = {
    cpu: String(sold?.cpus ?? 2),
    memory: String(sold?.memory ?? 4 * 1024 ** 3),
    pods: PODS,
    "ephemeral-storage": String(pool.root_volume_size),
  };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: node.name,
      labels: {
        "k8s.scaleway.com/pool": pool.id,
        "k8s.scaleway.com/pool-name": pool.name,
        "k8s.scaleway.com/node": node.id,
        "k8s.scaleway.com/managed": "true",
        "kubernetes.io/arch": sold?.arch === "arm64" ? "arm64" : "amd64",
        "kubernetes.io/hostname": node.name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": type,
        "topology.kubernetes.io/region": pool.region,
        "topology.kubernetes.io/zone": pool.zone,
        "topology.csi.scaleway.com/zone": pool.zone,
        ...pool.labels,
      },
    },
    spec: {
      providerID: `scaleway://instance/${pool.zone}/${node.server_id}`,
      ...(pool.taints.length === 0 ? {} : { taints: pool.taints }),
    },
    status: { capacity: size, allocatable: size },
  };
}
