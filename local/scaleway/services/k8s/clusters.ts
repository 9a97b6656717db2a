import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import { invalidArguments, preconditionFailed } from "../../core/problem.ts";
import { byName, byTag, type Call, crud, page, param, parseInput, type Route } from "../../core/routes.ts";
import { release } from "../ipam/addresses.ts";
import { PRIVATE_NETWORK } from "../vpc/private-networks.ts";
import { clusterTypes, isClusterType, isOffered, versions } from "./catalogue.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import { POOL } from "./pools.ts";

/** Kapsule v1: clusters and the ACL of their control plane, which is born open to everybody. */
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
});
export type Cluster = z.infer<typeof schema>;

export const CLUSTER: Kind<Cluster> = {
  kind: "k8s.cluster",
  resource: "cluster",
  schema,
  place: (c) => ({ locality: c.region, project: c.project_id, name: c.name }),
};

const PATH = "/k8s/v1/regions/:region/clusters";
const AUTOSCALER = {
  scale_down_disabled: false,
  scale_down_delay_after_add: "10m",
  estimator: "binpacking",
  expander: "random",
  ignore_daemonsets_utilization: false,
  balance_similar_node_groups: false,
  expendable_pods_priority_cutoff: 0,
  scale_down_unneeded_time: "10m",
  scale_down_utilization_threshold: 0.5,
  max_graceful_termination_sec: 0,
  skip_nodes_with_local_storage: false,
  log_level: 2,
};
const OIDC = {
  issuer_url: "",
  client_id: "",
  username_claim: "",
  username_prefix: "",
  groups_claim: [],
  groups_prefix: "",
  required_claim: [],
};
const AUTO_UPGRADE = { enabled: false, maintenance_window: { start_hour: 0, day: "any" } };
const words = z.array(z.string()).nullish();
const patchInput = z.object({
  name: z.string().nullish(),
  description: z.string().nullish(),
  tags: words,
  autoscaler_config: config.nullish(),
  auto_upgrade: z.object({ enable: z.boolean().nullish(), maintenance_window: config.nullish() }).nullish(),
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

/** Known values over the defaults; `unknown_…` and null mean "not said". */
const over = (
  base: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>> | null | undefined,
): Record<string, unknown> => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(given ?? {}).filter(([, v]) => v !== null && !(typeof v === "string" && v.startsWith("unknown_"))),
  ),
});

const autoUpgrade = (
  current: Readonly<Record<string, unknown>>,
  given: z.infer<typeof patchInput>["auto_upgrade"],
): Record<string, unknown> =>
  given === null || given === undefined
    ? { ...current }
    : {
        enabled: given.enable ?? current.enabled,
        maintenance_window: over({ ...AUTO_UPGRADE.maintenance_window }, given.maintenance_window),
      };

function create(call: Call): Cluster {
  const { platform, locality } = call;
  const input = parseInput(createInput, call.input);
  if (!isOffered(input.version))
    throw invalidArguments({ argument: "version", reason: "constraint", help: `${input.version} is not offered` });
  const type = input.type === "" ? "kapsule" : input.type;
  if (!isClusterType(type))
    throw invalidArguments({ argument: "type", reason: "constraint", help: `${type} is not offered` });
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
    acl: [
      {
        id: platform.ids.uuid(),
        region: "",
        ip: "0.0.0.0/0",
        description: "Automatically generated rule to allow all traffic",
      },
    ],
    token: platform.ids.hex(24),
  };
}

/** A new cluster waits for its first pool; what was changing is settled at the first look. */
function settle(cluster: Cluster, { platform }: Call): Cluster | undefined {
  if (cluster.status === "deleting") return undefined;
  const pools = platform
    .collection(POOL)
    .in(cluster.region)
    .some((p) => p.cluster_id === cluster.id);
  const status = pools ? "ready" : "pool_required";
  return cluster.status === status ? cluster : { ...cluster, status };
}

const view = ({ acl: _, token: __, ...cluster }: Cluster): unknown => ({
  ...cluster,
  cluster_url: `https://${cluster.id}.api.k8s.${cluster.region}.scw.cloud:6443`,
  dns_wildcard: `*.${cluster.id}.nodes.k8s.${cluster.region}.scw.cloud`,
  upgrade_available: false,
  acl_available: true,
  iam_nodes_group_id: "",
  new_images_enabled: true,
});

const clusterOf = (call: Call): Cluster => call.platform.collection(CLUSTER).must(param(call, "id"), call.locality);

const aclInput = z.object({
  acls: z
    .array(
      z.object({
        ip: z.string().optional(),
        scaleway_ranges: z.boolean().optional(),
        description: z.string().default(""),
      }),
    )
    .nullish(),
});

function setAcl(call: Call, keep: boolean): Cluster["acl"] {
  const cluster = clusterOf(call);
  const { acls } = parseInput(aclInput, call.input);
  const added = (acls ?? []).map((rule) => ({ ...rule, id: call.platform.ids.uuid(), region: "" }));
  const acl = keep ? [...cluster.acl, ...added] : added;
  call.platform.collection(CLUSTER).put({ ...cluster, acl });
  return added;
}

const change = (
  verb: string,
  schemaOf: z.ZodType<Partial<Cluster>>,
  check: (next: Partial<Cluster>) => void,
): Route => ({
  method: "POST",
  path: `${PATH}/:id/${verb}`,
  handle: (call) => {
    const next = parseInput(schemaOf, call.input);
    check(next);
    return view(
      call.platform
        .collection(CLUSTER)
        .put({ ...clusterOf(call), ...next, status: "updating", updated_at: call.platform.clock.stamp() }),
    );
  },
});

export const clusterRoutes: readonly Route[] = [
  ...crud<Cluster>({
    path: PATH,
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
    settle,
    view,
    update: (cluster, { platform, input }) => {
      const patch = parseInput(patchInput, input);
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
    path: `${PATH}/:id`,
    handle: (call) => {
      const cluster = clusterOf(call);
      const pools = call.platform.collection(POOL);
      // Pools and their nodes go with the cluster, with or without its other resources.
      for (const pool of pools.in(cluster.region).filter((p) => p.cluster_id === cluster.id)) {
        for (const node of pool.nodes) release(call.platform, node.id);
        pools.remove(pool.id);
      }
      return view(
        call.platform
          .collection(CLUSTER)
          .put({ ...cluster, status: "deleting", updated_at: call.platform.clock.stamp() }),
      );
    },
  },
  { method: "GET", path: `${PATH}/:id/kubeconfig`, handle: (call) => kubeconfigOf(clusterOf(call)) },
  { method: "GET", path: `${PATH}/:id/acls`, handle: (call) => page(call, "rules", clusterOf(call).acl) },
  { method: "PUT", path: `${PATH}/:id/acls`, handle: (call) => ({ rules: setAcl(call, false) }) },
  { method: "POST", path: `${PATH}/:id/acls`, handle: (call) => ({ rules: setAcl(call, true) }) },
  change("upgrade", z.object({ version: z.string() }), ({ version = "" }) => {
    if (!isOffered(version))
      throw invalidArguments({ argument: "version", reason: "constraint", help: `${version} is not offered` });
  }),
  change("set-type", z.object({ type: z.string() }), ({ type = "" }) => {
    if (!isClusterType(type)) throw preconditionFailed("type_not_available", `${type} is not offered`);
  }),
  {
    method: "GET",
    path: `${PATH}/:id/available-types`,
    handle: (call) => ({ cluster_types: clusterTypes(clusterOf(call).region), total_count: clusterTypes("").length }),
  },
  {
    method: "GET",
    path: "/k8s/v1/regions/:region/versions",
    handle: (call) => ({ versions: versions(call.locality) }),
  },
  {
    method: "GET",
    path: "/k8s/v1/regions/:region/cluster-types",
    handle: (call) => page(call, "cluster_types", clusterTypes(call.locality)),
  },
];
