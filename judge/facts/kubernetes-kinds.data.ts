/**
 * Kinds of the Kubernetes API that are decoded, with every group and version that ever served them: a program may register an
 * old one, and the rules see the same. Source: tokens of @pulumi/kubernetes 4.34.2 (a test compares) and the API reference.
 */
export interface KindRow {
  readonly kind: string;
  readonly namespaced: boolean;
  /** Token prefixes without `kubernetes:`, e.g. `apps/v1`. */
  readonly served: readonly string[];
  /** Where its pod template stands: paths of specification and metadata. */
  readonly pod?: { readonly spec: string; readonly metadata: string };
  /** A `…Patch` resource of it is decoded as well. */
  readonly patched?: true;
}

const APPS = ["apps/v1", "apps/v1beta1", "apps/v1beta2", "extensions/v1beta1"];
const RBAC = ["v1", "v1beta1", "v1alpha1"].map((v) => `rbac.authorization.k8s.io/${v}`);
const ADMISSION = ["v1", "v1beta1", "v1alpha1"].map((v) => `admissionregistration.k8s.io/${v}`);
const CORE = ["core/v1"];

const template = { spec: "spec.template.spec", metadata: "spec.template.metadata" };
const controller = (kind: string, served: readonly string[]): KindRow => ({
  kind,
  namespaced: true,
  served,
  pod: template,
});
const inNamespace = (kind: string, served: readonly string[]): KindRow => ({ kind, namespaced: true, served });
const inCluster = (kind: string, served: readonly string[]): KindRow => ({ kind, namespaced: false, served });

export const KINDS: readonly KindRow[] = [
  { kind: "Pod", namespaced: true, served: CORE, pod: { spec: "spec", metadata: "metadata" } },
  {
    kind: "PodTemplate",
    namespaced: true,
    served: CORE,
    pod: { spec: "template.spec", metadata: "template.metadata" },
  },
  controller("ReplicationController", CORE),
  controller("Deployment", APPS),
  controller("StatefulSet", ["apps/v1", "apps/v1beta1", "apps/v1beta2"]),
  controller("DaemonSet", ["apps/v1", "apps/v1beta2", "extensions/v1beta1"]),
  controller("ReplicaSet", ["apps/v1", "apps/v1beta2", "extensions/v1beta1"]),
  controller("Job", ["batch/v1"]),
  {
    kind: "CronJob",
    namespaced: true,
    served: ["batch/v1", "batch/v1beta1", "batch/v2alpha1"],
    pod: { spec: "spec.jobTemplate.spec.template.spec", metadata: "spec.jobTemplate.spec.template.metadata" },
  },
  inNamespace("Service", CORE),
  inNamespace("Ingress", ["networking.k8s.io/v1", "networking.k8s.io/v1beta1", "extensions/v1beta1"]),
  inCluster("IngressClass", ["networking.k8s.io/v1", "networking.k8s.io/v1beta1"]),
  inNamespace("NetworkPolicy", ["networking.k8s.io/v1", "extensions/v1beta1"]),
  { ...inCluster("Namespace", CORE), patched: true },
  { ...inNamespace("ServiceAccount", CORE), patched: true },
  inNamespace("Secret", CORE),
  inNamespace("ConfigMap", CORE),
  inNamespace("Role", RBAC),
  inNamespace("RoleBinding", RBAC),
  inCluster("ClusterRole", RBAC),
  inCluster("ClusterRoleBinding", RBAC),
  inNamespace("PersistentVolumeClaim", CORE),
  inCluster("PersistentVolume", CORE),
  inCluster("StorageClass", ["storage.k8s.io/v1", "storage.k8s.io/v1beta1"]),
  inCluster("ValidatingAdmissionPolicy", ADMISSION),
  inCluster("ValidatingAdmissionPolicyBinding", ADMISSION),
];

/** Kinds that hold pods, e.g. for rules about every workload. */
export const POD_KINDS: readonly KindRow[] = KINDS.filter((row) => row.pod !== undefined);

/** Custom kinds of admission engines: what the engine is told to refuse. Sources: documentation of each project. */
export const ENGINE_KINDS: Readonly<Record<string, "engine" | "signatures">> = {
  "kyverno.io/v1:ClusterPolicy": "engine",
  "kyverno.io/v1:Policy": "engine",
  "policies.kyverno.io/v1:ImageValidatingPolicy": "signatures",
  "policies.kyverno.io/v1alpha1:ImageValidatingPolicy": "signatures",
  "policies.kyverno.io/v1beta1:ImageValidatingPolicy": "signatures",
  "templates.gatekeeper.sh/v1:ConstraintTemplate": "engine",
  "policy.sigstore.dev/v1beta1:ClusterImagePolicy": "signatures",
  "policy.sigstore.dev/v1alpha1:ClusterImagePolicy": "signatures",
};

/** Group and version of a token's middle part: the core group is written `core/v1` there. */
export function groupOf(served: string): { readonly group: string; readonly version: string } {
  const cut = served.lastIndexOf("/");
  const group = served.slice(0, cut);
  return { group: group === "core" ? "" : group, version: served.slice(cut + 1) };
}
