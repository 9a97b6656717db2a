import type { RawObject, RawResource, RawValue } from "../../judge/facts/raw.ts";
import { type RawExtras, raw } from "./raw.ts";

/** Tokens of the Kubernetes kinds that tests use, and small manifests that pass every rule until something is changed. */
export const K = {
  chart: "kubernetes:helm.sh/v4:Chart",
  clusterRole: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  clusterRoleBinding: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  configMap: "kubernetes:core/v1:ConfigMap",
  cronJob: "kubernetes:batch/v1:CronJob",
  daemonSet: "kubernetes:apps/v1:DaemonSet",
  deployment: "kubernetes:apps/v1:Deployment",
  imagePolicy: "kubernetes:policy.sigstore.dev/v1beta1:ClusterImagePolicy",
  job: "kubernetes:batch/v1:Job",
  namespace: "kubernetes:core/v1:Namespace",
  namespacePatch: "kubernetes:core/v1:NamespacePatch",
  networkPolicy: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  pod: "kubernetes:core/v1:Pod",
  provider: "pulumi:providers:kubernetes",
  release: "kubernetes:helm.sh/v3:Release",
  role: "kubernetes:rbac.authorization.k8s.io/v1:Role",
  roleBinding: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  secret: "kubernetes:core/v1:Secret",
  service: "kubernetes:core/v1:Service",
  serviceAccount: "kubernetes:core/v1:ServiceAccount",
  serviceAccountPatch: "kubernetes:core/v1:ServiceAccountPatch",
  statefulSet: "kubernetes:apps/v1:StatefulSet",
  storageClass: "kubernetes:storage.k8s.io/v1:StorageClass",
  vap: "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
  vapBinding: "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding",
  volume: "kubernetes:core/v1:PersistentVolume",
  volumeClaim: "kubernetes:core/v1:PersistentVolumeClaim",
} as const;

export const NAMESPACE = "space-1";
export const IMAGE = `rg.fr-par.scw.cloud/rehearsal-images/spark@sha256:${"ab".repeat(32)}`;

/** An object in the namespace of the tests. */
export const object = (type: string, name: string, rest: RawObject = {}, extras: RawExtras = {}): RawResource =>
  raw(type, name, { metadata: { name, namespace: NAMESPACE }, ...rest }, extras);

/** An object of the whole cluster. */
export const clusterObject = (type: string, name: string, rest: RawObject = {}, extras: RawExtras = {}): RawResource =>
  raw(type, name, { metadata: { name }, ...rest }, extras);

export const RESTRICTED: RawObject = {
  "pod-security.kubernetes.io/enforce": "restricted",
  "pod-security.kubernetes.io/enforce-version": "v1.34",
};

export const namespaceOf = (labels: RawValue = RESTRICTED, name: RawValue = NAMESPACE): RawResource =>
  raw(K.namespace, "ns", { metadata: { name, labels } });

export const container = (over: RawObject = {}): RawObject => ({
  name: "main",
  image: IMAGE,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  ...over,
});

/** A pod specification that every rule about pods lets pass. */
export const podSpec = (over: RawObject = {}): RawObject => ({
  serviceAccountName: "worker",
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [container()],
  ...over,
});

export const pod = (over: RawObject = {}): RawResource => object(K.pod, "p", { spec: podSpec(over) });

export const templated = (type: string, name: string, over: RawObject = {}, rest: RawObject = {}): RawResource =>
  object(type, name, { spec: { ...rest, template: { metadata: { labels: { app: name } }, spec: podSpec(over) } } });

export const cronJob = (over: RawObject = {}, metadata: RawObject = {}): RawResource =>
  object(K.cronJob, "copy", {
    metadata: { name: "copy", namespace: NAMESPACE, ...metadata },
    spec: { schedule: "0 * * * *", jobTemplate: { spec: { template: { spec: podSpec(over) } } } },
  });
