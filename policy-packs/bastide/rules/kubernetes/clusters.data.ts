/**
 * What Kapsule supports and what its clusters may switch on. The list of versions is the knowledge of a release, without a
 * clock: a minor leaves it when Scaleway no longer offers it for new clusters. Source: Scaleway documentation, Kubernetes version
 * support policy (read 2026-11-24: 1.35 until 2027-01-19, 1.36 until 2027-07-07; 1.37 added on 2026-09-01; 1.34 ended on 2026-09-29).
 */
export const SUPPORTED_MINORS: readonly string[] = ["1.35", "1.36", "1.37"];

/** CNIs that enforce network policies (same source). */
export const ENFORCING_CNIS: readonly string[] = ["cilium", "cilium_native", "calico"];

/** Kubelet arguments of which none weakens the node: sizes, limits and garbage collection. */
export const KUBELET_ARGS: readonly string[] = [
  "containerLogMaxFiles",
  "containerLogMaxSize",
  "cpuManagerPolicy",
  "evictionHard",
  "evictionSoft",
  "imageGCHighThresholdPercent",
  "imageGCLowThresholdPercent",
  "maxPods",
  "podPidsLimit",
  "topologyManagerPolicy",
];

/** Feature gates that only add checks. */
export const FEATURE_GATES: readonly string[] = ["ValidatingAdmissionPolicy", "UserNamespacesSupport"];

/** Admission plug-ins beside the default ones that only refuse. */
export const ADMISSION_PLUGINS: readonly string[] = [
  "AlwaysPullImages",
  "PodNodeSelector",
  "NodeRestriction",
  "PodSecurity",
];
