import type { RawObject } from "../../judge/facts/raw.ts";

/** What somebody would try who wants out of a pod, into another one, or past the walls: each refused at both doors. */
export interface Hostile {
  readonly name: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly clusterWide?: true;
  readonly body: RawObject;
}

export const HOSTILE_REGISTRY = "rg.fr-par.scw.cloud/rehearsal-images/";
const IMAGE = `${HOSTILE_REGISTRY}x@sha256:${"ab".repeat(32)}`;
const SAFE: RawObject = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const container = (over: RawObject = {}): RawObject => ({ name: "c", image: IMAGE, securityContext: SAFE, ...over });
const spec = (over: RawObject = {}): RawObject => ({
  serviceAccountName: "worker",
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [container()],
  ...over,
});
const metadata = { name: "hostile" };
const pod = (name: string, over: RawObject): Hostile => ({
  ...{ name, apiVersion: "v1", kind: "Pod", plural: "pods" },
  body: { metadata, spec: spec(over) },
});
const secured = (name: string, over: RawObject): Hostile =>
  pod(name, { containers: [container({ securityContext: { ...SAFE, ...over } })] });
const pictured = (name: string, image: string): Hostile => pod(name, { containers: [container({ image })] });
const volume = (name: string, source: RawObject): Hostile => pod(name, { volumes: [{ name: "v", ...source }] });
const PROFILE = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };

const RBAC = "rbac.authorization.k8s.io/v1";
const role = (name: string, rule: RawObject): Hostile => ({
  ...{ name, apiVersion: RBAC, kind: "ClusterRole", plural: "clusterroles", clusterWide: true },
  body: { metadata, rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"], ...rule }] },
});
const bound = (name: string, roleName: string, subject: RawObject): Hostile => ({
  ...{ name, apiVersion: RBAC, kind: "ClusterRoleBinding", plural: "clusterrolebindings", clusterWide: true },
  body: {
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: roleName },
    subjects: [subject],
  },
});
const service = (name: string, over: RawObject, annotations: RawObject = {}): Hostile => ({
  ...{ name, apiVersion: "v1", kind: "Service", plural: "services" },
  body: { metadata: { ...metadata, annotations }, spec: { ports: [{ port: 80 }], ...over } },
});
const made = (name: string, source: RawObject): Hostile => ({
  ...{ name, apiVersion: "v1", kind: "PersistentVolume", plural: "persistentvolumes", clusterWide: true },
  body: { metadata, spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"], ...source } },
});
const namespace = (name: string, labels: RawObject): Hostile => ({
  ...{ name, apiVersion: "v1", kind: "Namespace", plural: "namespaces", clusterWide: true },
  body: { metadata: { ...metadata, labels } },
});
const templated = (name: string, kind: string, apiVersion: string, rest: RawObject): Hostile => ({
  ...{ name, apiVersion, kind, plural: `${kind.toLowerCase()}s` },
  body: { metadata, spec: rest },
});
const template = { metadata: { labels: { app: "a" } }, spec: spec({ hostNetwork: true }) };
const selector = { matchLabels: { app: "a" } };
const ENFORCE = "pod-security.kubernetes.io/enforce";
const GROUP = { kind: "Group", apiGroup: "rbac.authorization.k8s.io" };

export const HOSTILE: readonly Hostile[] = [
  secured("a privileged container", { privileged: true, allowPrivilegeEscalation: true }),
  secured("escalation left open", { allowPrivilegeEscalation: true }),
  secured("root by number", { runAsUser: 0 }),
  secured("root allowed", { runAsNonRoot: false }),
  secured("a capability more", { capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } }),
  secured("raw sockets", { capabilities: { drop: ["ALL"], add: ["NET_RAW"] } }),
  secured("capabilities kept", { capabilities: {} }),
  secured("seccomp off", { seccompProfile: { type: "Unconfined" } }),
  secured("AppArmor off", { appArmorProfile: { type: "Unconfined" } }),
  secured("another SELinux type", { seLinuxOptions: { type: "spc_t" } }),
  pod("seccomp not said", { securityContext: { runAsNonRoot: true } }),
  pod("no user said", { securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
  pod("the node's network", { hostNetwork: true }),
  pod("the node's processes", { hostPID: true }),
  pod("the node's shared memory", { hostIPC: true }),
  pod("a port of the node", { containers: [container({ ports: [{ containerPort: 80, hostPort: 80 }] })] }),
  pod("a sysctl of the kernel", {
    securityContext: { ...PROFILE, sysctls: [{ name: "kernel.msgmax", value: "65536" }] },
  }),
  volume("the node's root", { hostPath: { path: "/" } }),
  volume("the runtime's socket", { hostPath: { path: "/run/containerd/containerd.sock" } }),
  volume("a foreign file server", { nfs: { server: "192.0.2.1", path: "/" } }),
  volume("a repository as volume", { gitRepo: { repository: "https://example.org/x.git" } }),
  volume("an iSCSI target", { iscsi: { targetPortal: "192.0.2.1", iqn: "iqn.2001-04.com.example:x", lun: 0 } }),
  pictured("an image by tag", `${HOSTILE_REGISTRY}x:latest`),
  pictured("an image of a public registry", `docker.io/library/x@sha256:${"ab".repeat(32)}`),
  pictured("an image of a look-alike host", `rg.fr-par.scw.cloud.example.org/x@sha256:${"ab".repeat(32)}`),
  pictured("an image of another namespace", `rg.fr-par.scw.cloud/other/x@sha256:${"ab".repeat(32)}`),
  pictured("an image without a host", "busybox"),
  pod("a foreign image that runs first", { initContainers: [container({ name: "i", image: "busybox" })] }),
  pod("a privileged container that runs first", {
    initContainers: [
      container({ name: "i", securityContext: { ...SAFE, privileged: true, allowPrivilegeEscalation: true } }),
    ],
  }),
  pod("a token mounted", { automountServiceAccountToken: true }),
  pod("the default account", { serviceAccountName: "default" }),
  pod("a secret in the environment", {
    containers: [container({ env: [{ name: "K", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }] })],
  }),
  pod("all of a secret in the environment", { containers: [container({ envFrom: [{ secretRef: { name: "s" } }] })] }),
  templated("a deployment on the node's network", "Deployment", "apps/v1", { selector, template }),
  templated("a daemon on every node's network", "DaemonSet", "apps/v1", { selector, template }),
  templated("a stateful set on the node's network", "StatefulSet", "apps/v1", { selector, serviceName: "s", template }),
  templated("a job on the node's network", "Job", "batch/v1", {
    template: { ...template, spec: { ...template.spec, restartPolicy: "Never" } },
  }),
  role("every verb", { verbs: ["*"] }),
  role("every resource", { resources: ["*"] }),
  role("every group", { apiGroups: ["*"] }),
  role("every secret", { resources: ["secrets"] }),
  role("escalation by roles", {
    apiGroups: ["rbac.authorization.k8s.io"],
    resources: ["clusterroles"],
    verbs: ["escalate"],
  }),
  role("binding of roles", { apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["bind"] }),
  role("commands in pods", { resources: ["pods/exec"], verbs: ["create"] }),
  role("a way through the API server to nodes", { resources: ["nodes/proxy"] }),
  role("tokens for whom one likes", { resources: ["serviceaccounts/token"], verbs: ["create"] }),
  role("debug containers in others' pods", { resources: ["pods/ephemeralcontainers"], verbs: ["patch"] }),
  role("webhooks of one's own", {
    apiGroups: ["admissionregistration.k8s.io"],
    resources: ["mutatingwebhookconfigurations"],
    verbs: ["create"],
  }),
  role("admission taken away", {
    apiGroups: ["admissionregistration.k8s.io"],
    resources: ["validatingadmissionpolicybindings"],
    verbs: ["delete"],
  }),
  role("identities approved", {
    apiGroups: ["certificates.k8s.io"],
    resources: ["certificatesigningrequests/approval"],
    verbs: ["update"],
  }),
  role("acting as others", { resources: ["users"], verbs: ["impersonate"] }),
  bound("cluster-admin for an account", "cluster-admin", { kind: "ServiceAccount", name: "worker", namespace: "deny" }),
  bound("masters", "view", { ...GROUP, name: "system:masters" }),
  bound("everybody", "view", { ...GROUP, name: "system:unauthenticated" }),
  service("a public load balancer", { type: "LoadBalancer" }),
  service("a port on every node", { type: "NodePort" }),
  service("somebody else's address", { externalIPs: ["192.0.2.1"] }),
  service("a name outside", { type: "ExternalName", externalName: "example.org" }),
  made("a node's path behind a claim", { hostPath: { path: "/" } }),
  made("a file server behind a claim", { nfs: { server: "192.0.2.1", path: "/" } }),
  made("another driver's volume", { csi: { driver: "secrets-store.csi.k8s.io", volumeHandle: "x" } }),
  namespace("no Pod Security", {}),
  namespace("a weaker Pod Security", { [ENFORCE]: "baseline", [`${ENFORCE}-version`]: "v1.34" }),
  namespace("no Pod Security at all", { [ENFORCE]: "privileged", [`${ENFORCE}-version`]: "v1.34" }),
];
