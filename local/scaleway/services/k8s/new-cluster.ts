import { z } from "zod";
import { invalidArguments, quotaExceeded } from "../../core/problem.ts";
import { type Call, parseInput } from "../../core/routes.ts";
import { PRIVATE_NETWORK } from "../vpc/private-networks.ts";
import { isClusterType, isOffered } from "./catalogue.ts";
import { AUTO_UPGRADE, AUTOSCALER, autoUpgrade, autoUpgradeInput, OIDC, over } from "./cluster-settings.ts";
import { CLUSTER, type Cluster } from "./clusters.ts";
import { openAcl } from "./control-plane-acl.ts";
import { newPool } from "./new-pool.ts";
import { poolInput } from "./pool-input.ts";
import { POOL } from "./pools.ts";

/** Kapsule v1: a cluster as it is asked for, and as it begins. */
const config = z.record(z.string(), z.unknown());
const words = z.array(z.string()).nullish();
export const clusterPatchInput = z.object({
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
const createInput = clusterPatchInput.extend({
  project_id: z.string().optional(),
  type: z.string().default(""),
  name: z.string().default(""),
  version: z.string(),
  cni: z.string(),
  private_network_id: z.string().nullish(),
  pod_cidr: z.string().nullish(),
  service_cidr: z.string().nullish(),
  service_dns_ip: z.string().nullish(),
  /** Pools that are born with it. */
  pools: z.array(poolInput).nullish(),
});

/** Dedicated control planes of an organization (documentation, 2025). */
const DEDICATED_QUOTA = 4;

export function newCluster(call: Call): Cluster {
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
  const cluster: Cluster = {
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
  for (const pool of input.pools ?? []) platform.collection(POOL).put(newPool(platform, cluster, pool));
  return cluster;
}
