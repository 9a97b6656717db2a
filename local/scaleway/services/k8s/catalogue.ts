/** Kapsule's offers as the local Scaleway has them: versions with their dates, cluster types. Shapes: recordings of 2026. */
const CNIS = ["cilium", "cilium_native", "calico", "kilo", "none"];
const KUBELET_ARGS = {
  containerLogMaxFiles: "uint16",
  containerLogMaxSize: "quantity",
  cpuCFSQuota: "bool",
  cpuCFSQuotaPeriod: "duration",
  cpuManagerPolicy: "enum:none|static",
  cpuManagerPolicyOptions: "map[string]string",
  enableDebuggingHandlers: "bool",
  evictionHard: "map[string]string",
  evictionMinimumReclaim: "map[string]string",
  imageGCHighThresholdPercent: "uint32",
  imageGCLowThresholdPercent: "uint32",
  maxParallelImagePulls: "int32",
  maxPods: "uint16",
  registryBurst: "int32",
  registryPullQPS: "int32",
  serializeImagePulls: "bool",
};

const RELEASES = [
  { name: "1.35.3", released: "2026-01-19", deprecated: "2027-01-19", endOfLife: "2027-03-19" },
  { name: "1.34.6", released: "2025-09-29", deprecated: "2026-09-29", endOfLife: "2026-11-29" },
  { name: "1.33.10", released: "2025-06-02", deprecated: "2026-06-02", endOfLife: "2026-08-02" },
] as const;

const instant = (day: string): string => `${day}T00:00:00Z`;

export const versions = (region: string): readonly Readonly<Record<string, unknown>>[] =>
  RELEASES.map((r) => ({
    region,
    name: r.name,
    label: `Kubernetes ${r.name}`,
    available_cnis: CNIS,
    available_container_runtimes: ["containerd"],
    available_feature_gates: [
      "HPAScaleToZero",
      "CPUManagerPolicyAlphaOptions",
      "ImageVolume",
      "MutatingAdmissionPolicy",
    ],
    available_admission_plugins: ["AlwaysPullImages", "PodNodeSelector", "PodTolerationRestriction"],
    available_kubelet_args: KUBELET_ARGS,
    deprecated_at: instant(r.deprecated),
    end_of_life_at: instant(r.endOfLife),
    released_at: instant(r.released),
  }));

export const isOffered = (version: string): boolean => RELEASES.some((r) => r.name === version);

const minorOf = (version: string): number => Number(version.split(".")[1] ?? 0);
const patchOf = (version: string): number => Number(version.split(".")[2] ?? 0);

/** What a cluster of this version may become: a later patch of its minor, or the next minor; none is ever skipped. */
export const laterVersions = (region: string, current: string): readonly Readonly<Record<string, unknown>>[] =>
  versions(region).filter(({ name }) => isUpgrade(current, String(name)));

export const isUpgrade = (from: string, to: string): boolean =>
  minorOf(to) === minorOf(from) + 1 || (minorOf(to) === minorOf(from) && patchOf(to) > patchOf(from));

const TYPES = [
  { name: "kapsule", dedicated: false, nodes: 150, memory: 4 },
  { name: "kapsule-dedicated-4", dedicated: true, nodes: 250, memory: 4 },
  { name: "kapsule-dedicated-8", dedicated: true, nodes: 500, memory: 8 },
  { name: "kapsule-dedicated-16", dedicated: true, nodes: 500, memory: 16 },
  { name: "multicloud", dedicated: false, nodes: 150, memory: 4 },
  { name: "multicloud-dedicated-4", dedicated: true, nodes: 250, memory: 4 },
  { name: "multicloud-dedicated-8", dedicated: true, nodes: 500, memory: 8 },
  { name: "multicloud-dedicated-16", dedicated: true, nodes: 500, memory: 16 },
] as const;

export const clusterTypes = (region: string): readonly Readonly<Record<string, unknown>>[] =>
  TYPES.map((t) => ({
    name: t.name,
    availability: "available",
    max_nodes: t.nodes,
    commitment_delay: t.dedicated ? "2592000s" : "0s",
    sla: t.dedicated ? 99.5 : 0,
    resiliency: t.dedicated ? "high_availability" : "standard",
    memory: t.memory * 1_000_000_000,
    dedicated: t.dedicated,
    audit_logs_supported: t.dedicated,
    max_etcd_size: t.dedicated ? 200_000_000 : 55_000_000,
    region,
  }));

export const isClusterType = (name: string): boolean => TYPES.some((t) => t.name === name);

/**
 * What a cluster of this type may become: within its family, never a smaller one, and never from dedicated back to shared
 * (recordings of 2026). A shared cluster's own type is on its list, a dedicated one's is not.
 */
export function availableTypes(current: string): readonly Readonly<Record<string, unknown>>[] {
  const from = TYPES.find((t) => t.name === current);
  const family = current.split("-")[0];
  const names = TYPES.filter(
    (t) =>
      t.name.split("-")[0] === family && (from?.dedicated === false || (t.dedicated && t.memory > (from?.memory ?? 0))),
  ).map((t) => t.name);
  return clusterTypes("").filter((t) => names.some((name) => name === t.name));
}
