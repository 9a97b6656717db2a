import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { byName, byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import { dropIfEmpty } from "../vpc/private-networks.ts";
import { autoUpgrade, over } from "./cluster-settings.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import { clusterPatchInput, newCluster } from "./new-cluster.ts";
import { removeNodes } from "./nodes.ts";
import { POOL, type Pool } from "./pools.ts";

/** Kapsule v1: clusters. */
const config = z.record(z.string(), z.unknown());
const aclRule = z.object({
  id: z.string(),
  region: z.string(),
  description: z.string(),
  ip: z.string().optional(),
  scaleway_ranges: z.boolean().optional(),
});
const schema = z.object({
  id: z.string(),
  region: z.string(),
  organization_id: z.string(),
  project_id: z.string(),
  type: z.string(),
  name: z.string(),
  description: z.string(),
  status: z.enum(["creating", "pool_required", "ready", "updating", "deleting"]),
  version: z.string(),
  cni: z.string(),
  tags: z.array(z.string()),
  autoscaler_config: config,
  auto_upgrade: config,
  feature_gates: z.array(z.string()),
  admission_plugins: z.array(z.string()),
  open_id_connect_config: config,
  apiserver_cert_sans: z.array(z.string()),
  private_network_id: z.string(),
  pod_cidr: z.string(),
  service_cidr: z.string(),
  service_dns_ip: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  commitment_ends_at: z.string(),
  acl: z.array(aclRule),
  token: z.string(),
  /** Told at its deletion: its private network goes with it. */
  network_goes: z.boolean().optional(),
});
export type Cluster = z.infer<typeof schema>;

export const CLUSTER: Kind<Cluster> = {
  kind: "k8s.cluster",
  resource: "cluster",
  schema,
  place: (c) => ({ locality: c.region, project: c.project_id, name: c.name }),
};

export const CLUSTERS_PATH = "/k8s/v1/regions/:region/clusters";
export const poolsOf = (platform: Platform, cluster: Cluster): readonly Pool[] =>
  platform
    .collection(POOL)
    .in(cluster.region)
    .filter((p) => p.cluster_id === cluster.id);

export const clusterView = ({ acl: _, token: __, network_goes: ___, ...cluster }: Cluster): unknown => ({
  ...cluster,
  cluster_url: `https://${cluster.id}.api.k8s.${cluster.region}.scw.cloud:6443`,
  dns_wildcard: `*.${cluster.id}.nodes.k8s.${cluster.region}.scw.cloud`,
  upgrade_available: false,
  acl_available: true,
  iam_nodes_group_id: "",
  new_images_enabled: true,
});

export const clusterOf = (call: Call): Cluster =>
  call.platform.collection(CLUSTER).must(param(call, "id"), call.locality);

export const clusterRoutes: readonly Route[] = [
  ...crud<Cluster>({
    path: CLUSTERS_PATH,
    items: "clusters",
    of: (p) => p.collection(CLUSTER),
    filters: {
      name: byName,
      tags: byTag,
      organization_id: (c, v) => c.organization_id === v,
      project_id: (c, v) => c.project_id === v,
      version: (c, v) => c.version === v,
      status: (c, v) => v === "unknown" || c.status === v,
      type: (c, v) => c.type === v,
      private_network_id: (c, v) => c.private_network_id === v,
    },
    create: newCluster,
    view: clusterView,
    update: (cluster, { platform, input }) => {
      const patch = parseInput(clusterPatchInput, input);
      platform.later(CLUSTER, cluster.id);
      return {
        ...cluster,
        name: patch.name ?? cluster.name,
        description: patch.description ?? cluster.description,
        tags: patch.tags ?? cluster.tags,
        autoscaler_config: over(cluster.autoscaler_config, patch.autoscaler_config),
        auto_upgrade: autoUpgrade(cluster.auto_upgrade, patch.auto_upgrade),
        feature_gates: patch.feature_gates ?? cluster.feature_gates,
        admission_plugins: patch.admission_plugins ?? cluster.admission_plugins,
        open_id_connect_config: over(cluster.open_id_connect_config, patch.open_id_connect_config),
        apiserver_cert_sans: patch.apiserver_cert_sans ?? cluster.apiserver_cert_sans,
        status: "updating",
        updated_at: platform.clock.stamp(),
      };
    },
  }),
  {
    method: "DELETE",
    path: `${CLUSTERS_PATH}/:id`,
    handle: (call) => {
      const cluster = clusterOf(call);
      const pools = call.platform.collection(POOL);
      // Pools and their nodes go with the cluster, with or without its other resources. Those are its volumes and load
      // balancers, and the private network, even one that the cluster did not make (recordings).
      for (const pool of poolsOf(call.platform, cluster)) {
        removeNodes(call.platform, pool.nodes);
        pools.remove(pool.id);
      }
      call.platform.later(CLUSTER, cluster.id);
      return clusterView(
        call.platform.collection(CLUSTER).put({
          ...cluster,
          status: "deleting",
          updated_at: call.platform.clock.stamp(),
          network_goes: call.query.get("with_additional_resources") === "true",
        }),
      );
    },
  },
  {
    method: "GET",
    path: `${CLUSTERS_PATH}/:id/kubeconfig`,
    handle: (call) => kubeconfigOf(clusterOf(call), call.query.get("redacted") === "true"),
  },
  {
    method: "POST",
    path: `${CLUSTERS_PATH}/:id/reset-admin-token`,
    handle: (call) => {
      const { platform } = call;
      platform.collection(CLUSTER).put({ ...clusterOf(call), token: platform.ids.hex(24) });
      return undefined;
    },
  },
];

/** What was changing is done. A Kapsule cluster without a pool waits for one (a cluster over several clouds does not). */
export function settleCluster(platform: Platform, id: string): void {
  const clusters = platform.collection(CLUSTER);
  const cluster = clusters.find(id);
  if (cluster === undefined) return;
  if (cluster.status === "deleting") {
    clusters.remove(id);
    if (cluster.network_goes === true) dropIfEmpty(platform, cluster.private_network_id);
    return;
  }
  const shared = cluster.type.startsWith("kapsule");
  clusters.put({
    ...cluster,
    status: shared && poolsOf(platform, cluster).length === 0 ? "pool_required" : "ready",
  });
}
