import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, quotaExceeded } from "../../core/problem.ts";
import { byName, byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import { dropIfEmpty, PRIVATE_NETWORK } from "../vpc/private-networks.ts";
import { isClusterType, isOffered } from "./catalogue.ts";
import { AUTO_UPGRADE, AUTOSCALER, autoUpgrade, autoUpgradeInput, OIDC, over } from "./cluster-settings.ts";
import { openAcl } from "./control-plane-acl.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
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
const words = z.array(z.string()).nullish();
const patchInput = z.object({
  name: z.string().nullish(),
  description: z.string().nullish(),
  tags: words,
  autoscaler_config: config.nullish(),
  auto_upgrade: autoUpgradeInput.nullish(),
  feature_gates: words,
  admission_plugins: words,
  open_id_connect_config: config.nullish(),
  apiserver_cert_sans: words,
});
const createInput = patchInput.extend({
  project_id: z.string().optional(),
  type: z.string().default(""),
  name: z.string().default(""),
  version: z.string(),
  cni: z.string(),
  private_network_id: z.string().nullish(),
  pod_cidr: z.string().nullish(),
  service_cidr: z.string().nullish(),
  service_dns_ip: z.string().nullish(),
});

/** Dedicated control planes of an organization (documentation, 2025). */
const DEDICATED_QUOTA = 4;

function create(call: Call): Cluster {
  const { platform, locality } = call;
  const input = parseInput(createInput, call.input);
  if (!isOffered(input.version))
    throw invalidArguments({ argument: "version", reason: "constraint", help: `${input.version} is not offered` });
  const type = input.type === "" ? "kapsule" : input.type;
  if (!isClusterType(type))
    throw invalidArguments({ argument: "type", reason: "constraint", help: `${type} is not offered` });
  const dedicated = platform
    .collection(CLUSTER)
    .all()
    .filter((c) => c.type.includes("dedicated")).length;
  if (type.includes("dedicated") && dedicated >= DEDICATED_QUOTA)
    throw quotaExceeded("dedicated_control_planes", DEDICATED_QUOTA, dedicated);
  if (input.private_network_id !== null && input.private_network_id !== undefined)
    platform.collection(PRIVATE_NETWORK).must(input.private_network_id, locality);
  else if (type.startsWith("kapsule"))
    throw invalidArguments({
      argument: "private_network_id",
      reason: "required",
      help: "a Kapsule cluster needs a private network",
    });
  const id = platform.ids.uuid();
  const now = platform.clock.stamp();
  platform.later(CLUSTER, id);
  const services = input.service_cidr ?? "10.32.0.0/20";
  return {
    id,
    region: locality,
    organization_id: platform.organizationId,
    project_id: input.project_id ?? platform.defaultProjectId,
    type,
    name: input.name === "" ? `k8s-${id.slice(0, 8)}` : input.name,
    description: input.description ?? "",
    status: "creating",
    version: input.version,
    cni: input.cni,
    tags: input.tags ?? [],
    autoscaler_config: over(AUTOSCALER, input.autoscaler_config),
    auto_upgrade: autoUpgrade(AUTO_UPGRADE, input.auto_upgrade),
    feature_gates: input.feature_gates ?? [],
    admission_plugins: input.admission_plugins ?? [],
    open_id_connect_config: over(OIDC, input.open_id_connect_config),
    apiserver_cert_sans: input.apiserver_cert_sans ?? [],
    private_network_id: input.private_network_id ?? "",
    pod_cidr: input.pod_cidr ?? "100.64.0.0/15",
    service_cidr: services,
    service_dns_ip: input.service_dns_ip ?? services.replace(/\d+\/\d+$/, "10"),
    created_at: now,
    updated_at: now,
    commitment_ends_at: now,
    acl: openAcl(platform.ids),
    token: platform.ids.hex(24),
  };
}

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
      project_id: (c, v) => c.project_id === v,
      status: (c, v) => v === "unknown" || c.status === v,
      type: (c, v) => c.type === v,
      private_network_id: (c, v) => c.private_network_id === v,
    },
    create,
    view: clusterView,
    update: (cluster, { platform, input }) => {
      const patch = parseInput(patchInput, input);
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
  { method: "GET", path: `${CLUSTERS_PATH}/:id/kubeconfig`, handle: (call) => kubeconfigOf(clusterOf(call)) },
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
