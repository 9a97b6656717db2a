import fc from "fast-check";
import type { RawObject, RawValue } from "../../judge/facts/raw.ts";
import { IMAGE } from "./kubernetes.ts";

/** Manifests that a server of 1.35 takes for valid, good and bad mixed, so that only policies refuse any. */
export interface Manifest {
  readonly kind: string;
  /** Group and version, e.g. `apps/v1`. */
  readonly apiVersion: string;
  /** Plural in the API's paths. */
  readonly plural: string;
  readonly namespaced: boolean;
  /** Everything but kind and API version; the namespace is the caller's. */
  readonly body: RawObject;
}

type Some = fc.Arbitrary<RawObject>;

/** Mostly the first alternative, which is good: several faults at once are rarer than one. */
const mostly = (good: RawObject, ...others: readonly RawObject[]): Some =>
  fc.oneof({ arbitrary: fc.constant(good), weight: 8 }, { arbitrary: fc.constantFrom(good, ...others), weight: 1 });

/** Objects laid over each other; a nested security context is merged, not replaced. */
const merged = (parts: readonly RawObject[]): RawObject =>
  parts.reduce<RawObject>((all, part) => {
    const context = { ...objectAt(all, "securityContext"), ...objectAt(part, "securityContext") };
    return { ...all, ...part, ...(Object.keys(context).length > 0 ? { securityContext: context } : {}) };
  }, {});

const isObject = (v: RawValue | undefined): v is RawObject => typeof v === "object" && v !== null && !Array.isArray(v);
const objectAt = (value: RawObject, name: string): RawObject => {
  const found = value[name];
  return isObject(found) ? found : {};
};

const context = (over: RawObject): RawObject => ({ securityContext: over });
const env = (entry: RawObject): RawObject => ({ env: [{ name: "A", ...entry }] });
const probe = (over: RawObject): RawObject => ({ livenessProbe: { httpGet: { port: 80, ...over } } });

const container = (name: string): Some =>
  fc
    .tuple(
      mostly(
        { image: IMAGE },
        { image: "docker.io/x:1" },
        { image: IMAGE.replace("rehearsal-", "foreign-") },
        {
          image: IMAGE.replace(/@.*/, ":4"),
        },
      ),
      mostly(context({ allowPrivilegeEscalation: false }), context({ allowPrivilegeEscalation: true }), {}),
      mostly(
        context({ capabilities: { drop: ["ALL"] } }),
        context({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }),
        context({ capabilities: { drop: ["ALL"], add: ["SYS_TIME"] } }),
        context({ capabilities: { drop: ["NET_RAW"] } }),
        context({ capabilities: { add: ["CHOWN"] } }),
        {},
      ),
      mostly({}, context({ runAsNonRoot: true }), context({ runAsNonRoot: false })),
      mostly({}, context({ runAsUser: 0 }), context({ runAsUser: 1000 })),
      mostly(
        {},
        context({ seccompProfile: { type: "RuntimeDefault" } }),
        context({ seccompProfile: { type: "Unconfined" } }),
        context({ seccompProfile: { type: "Localhost", localhostProfile: "p.json" } }),
      ),
      mostly(
        {},
        context({ appArmorProfile: { type: "Unconfined" } }),
        context({ appArmorProfile: { type: "RuntimeDefault" } }),
      ),
      mostly(
        {},
        context({ seLinuxOptions: { type: "container_t" } }),
        context({ seLinuxOptions: { type: "spc_t" } }),
        context({ seLinuxOptions: { user: "u" } }),
      ),
      mostly({}, context({ privileged: false })),
      mostly({}, { ports: [{ containerPort: 80 }] }, { ports: [{ containerPort: 80, hostPort: 80 }] }),
      mostly({}, probe({}), probe({ host: "" }), probe({ host: "10.0.0.1" }), {
        lifecycle: { preStop: { tcpSocket: { host: "example.org", port: 1 } } },
      }),
      mostly(
        {},
        env({ value: "b" }),
        env({ valueFrom: { secretKeyRef: { name: "s", key: "k" } } }),
        {
          envFrom: [{ secretRef: { name: "s" } }],
        },
        { envFrom: [{ configMapRef: { name: "c" } }] },
      ),
    )
    .map((parts) => {
      const { livenessProbe: _, lifecycle: __, ...rest } = merged(parts);
      // Init containers that end may have neither probes nor hooks.
      return { name, ...(name === "main" ? merged(parts) : rest) };
    });

/** The one pair that the server itself forbids: privileged without escalation. */
const privileged: RawObject = {
  ...{ name: "main", image: IMAGE },
  securityContext: { privileged: true, capabilities: { drop: ["ALL"] } },
};

const podSpec: Some = fc
  .tuple(
    fc.oneof({ arbitrary: container("main"), weight: 12 }, { arbitrary: fc.constant(privileged), weight: 1 }),
    fc.option(container("first"), { nil: undefined, freq: 3 }),
    mostly({ serviceAccountName: "worker" }, { serviceAccountName: "default" }, {}, { serviceAccount: "worker" }),
    mostly({ automountServiceAccountToken: false }, {}, { automountServiceAccountToken: true }),
    mostly({}, { hostNetwork: true }, { hostPID: true }, { hostIPC: true }, { hostNetwork: false }),
    mostly(context({ runAsNonRoot: true }), {}, context({ runAsNonRoot: false })),
    mostly(
      context({ seccompProfile: { type: "RuntimeDefault" } }),
      {},
      context({ seccompProfile: { type: "Unconfined" } }),
    ),
    mostly({}, context({ runAsUser: 0 }), context({ runAsUser: 1 })),
    mostly(
      {},
      context({ sysctls: [{ name: "net.ipv4.tcp_syncookies", value: "1" }] }),
      context({ sysctls: [{ name: "kernel.msgmax", value: "1" }] }),
      context({ seLinuxOptions: { role: "r" } }),
      context({ appArmorProfile: { type: "Unconfined" } }),
    ),
    mostly(
      {},
      { volumes: [{ name: "v", emptyDir: {} }] },
      { volumes: [{ name: "v", hostPath: { path: "/" } }] },
      {
        volumes: [
          { name: "v", secret: { secretName: "s" } },
          { name: "w", nfs: { server: "s", path: "/" } },
        ],
      },
      { volumes: [{ name: "v", projected: { sources: [{ secret: { name: "s" } }] } }] },
      { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] },
      { volumes: [{ name: "v", image: { reference: "docker.io/x:1" } }] },
      { volumes: [{ name: "v", image: { reference: IMAGE } }] },
    ),
  )
  .map(([main, first, ...parts]) => ({
    ...merged(parts),
    containers: [main],
    ...(first === undefined ? {} : { initContainers: [first] }),
  }));

const APPARMOR = "container.apparmor.security.beta.kubernetes.io/main";
const podMetadata = mostly(
  { labels: { app: "a" } },
  { labels: { app: "a" }, annotations: { [APPARMOR]: "runtime/default" } },
  { labels: { app: "a" }, annotations: { [APPARMOR]: "unconfined" } },
);
/** The server takes no annotation beside the property that replaced it. */
const saysAppArmorOnce = (spec: RawObject, metadata: RawObject): boolean =>
  metadata.annotations === undefined || !JSON.stringify(spec).includes("appArmorProfile");

const row = (kind: string, apiVersion: string, plural: string, namespaced = true) => ({
  kind,
  apiVersion,
  plural,
  namespaced,
});
const named = { metadata: { name: "generated" } };
const selector = { selector: { matchLabels: { app: "a" } } };

const workload: fc.Arbitrary<Manifest> = fc
  .tuple(
    podSpec,
    podMetadata,
    fc.constantFrom("Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"),
  )
  .filter(([spec, metadata]) => saysAppArmorOnce(spec, metadata))
  .map(([spec, metadata, kind]): Manifest => {
    const template = { metadata, spec };
    const once = { metadata, spec: { ...spec, restartPolicy: "Never" } };
    switch (kind) {
      case "Pod":
        return { ...row(kind, "v1", "pods"), body: { metadata: { ...metadata, name: "generated" }, spec } };
      case "Job":
        return { ...row(kind, "batch/v1", "jobs"), body: { ...named, spec: { template: once } } };
      case "CronJob":
        return {
          ...row(kind, "batch/v1", "cronjobs"),
          body: { ...named, spec: { schedule: "0 * * * *", jobTemplate: { spec: { template: once } } } },
        };
      default: {
        const plural = `${kind.toLowerCase()}s`;
        const service = kind === "StatefulSet" ? { serviceName: "s" } : {};
        return { ...row(kind, "apps/v1", plural), body: { ...named, spec: { ...selector, ...service, template } } };
      }
    }
  });

const policyRule: Some = fc
  .tuple(
    mostly(
      { verbs: ["get"] },
      { verbs: ["*"] },
      { verbs: ["get", "list"] },
      { verbs: ["escalate"] },
      { verbs: ["bind"] },
    ),
    fc.constantFrom<RawObject>(
      { resources: ["pods"] },
      { resources: ["pods"] },
      { resources: ["pods"] },
      { resources: ["*"] },
      { resources: ["secrets"] },
      { resources: ["deployments/*"] },
      { resources: ["pods", "pods/exec"] },
      { resources: ["persistentvolumes"], verbs: ["get", "create"] },
    ),
    mostly({ apiGroups: [""] }, { apiGroups: ["*"] }, { apiGroups: ["apps"] }),
    mostly({}, { resourceNames: ["one"] }),
  )
  .map((parts) => merged(parts));

const RBAC = "rbac.authorization.k8s.io/v1";
const role = fc
  .tuple(
    fc.array(policyRule, { minLength: 0, maxLength: 2 }),
    fc.boolean(),
    mostly({}, { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: "b" } }] } }),
  )
  .map(
    ([rules, wide, aggregation]): Manifest => ({
      ...(wide ? row("ClusterRole", RBAC, "clusterroles", false) : row("Role", RBAC, "roles")),
      body: { ...named, rules, ...(wide ? aggregation : {}) },
    }),
  );

const subject = fc.constantFrom<RawObject>(
  { kind: "ServiceAccount", name: "worker", namespace: "x" },
  { kind: "ServiceAccount", name: "default", namespace: "x" },
  { kind: "Group", name: "system:masters", apiGroup: "rbac.authorization.k8s.io" },
  { kind: "Group", name: "system:serviceaccounts:x", apiGroup: "rbac.authorization.k8s.io" },
  { kind: "Group", name: "researchers", apiGroup: "rbac.authorization.k8s.io" },
  { kind: "User", name: "system:anonymous", apiGroup: "rbac.authorization.k8s.io" },
);
const binding = fc
  .tuple(fc.array(subject, { maxLength: 2 }), fc.constantFrom("view", "edit", "cluster-admin"), fc.boolean())
  .map(
    ([subjects, name, wide]): Manifest => ({
      ...(wide
        ? row("ClusterRoleBinding", RBAC, "clusterrolebindings", false)
        : row("RoleBinding", RBAC, "rolebindings")),
      body: { ...named, roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name }, subjects },
    }),
  );

const PRIVATE = "service.beta.kubernetes.io/scw-loadbalancer-private";
const service = fc
  .tuple(
    fc.constantFrom<RawObject>(
      {},
      { type: "ClusterIP" },
      { type: "NodePort" },
      { type: "LoadBalancer" },
      { type: "ExternalName", externalName: "example.org" },
    ),
    fc.constantFrom<RawObject>({}, { [PRIVATE]: "true" }, { [PRIVATE]: "false" }),
    fc.constantFrom<RawObject>({}, {}, { externalIPs: ["192.0.2.1"] }),
  )
  .map(
    ([type, annotations, external]): Manifest => ({
      ...row("Service", "v1", "services"),
      body: { metadata: { name: "generated", annotations }, spec: { ports: [{ port: 80 }], ...type, ...external } },
    }),
  );

const account = fc
  .constantFrom<RawObject>({}, { automountServiceAccountToken: false }, { automountServiceAccountToken: true })
  .map((rest): Manifest => ({ ...row("ServiceAccount", "v1", "serviceaccounts"), body: { ...named, ...rest } }));

const ENFORCE = "pod-security.kubernetes.io/enforce";
const namespace = fc
  .tuple(
    fc.constantFrom<RawObject>({}, { [ENFORCE]: "restricted" }, { [ENFORCE]: "baseline" }),
    fc.constantFrom<RawObject>({}, { [`${ENFORCE}-version`]: "v1.34" }, { [`${ENFORCE}-version`]: "latest" }),
  )
  .map(
    ([level, version]): Manifest => ({
      ...row("Namespace", "v1", "namespaces", false),
      body: { metadata: { name: "generated", labels: { ...level, ...version } } },
    }),
  );

const volume = fc
  .constantFrom<RawObject>(
    { csi: { driver: "csi.scaleway.com", volumeHandle: "x" } },
    { csi: { driver: "another", volumeHandle: "x" } },
    { hostPath: { path: "/" } },
  )
  .map(
    (source): Manifest => ({
      ...row("PersistentVolume", "v1", "persistentvolumes", false),
      body: { ...named, spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"], ...source } },
    }),
  );

/** Workloads alone, and everything that a policy is about. */
export const workloads: fc.Arbitrary<Manifest> = workload;
export const manifests: fc.Arbitrary<Manifest> = fc.oneof(
  { arbitrary: workload, weight: 6 },
  { arbitrary: role, weight: 3 },
  { arbitrary: binding, weight: 2 },
  { arbitrary: service, weight: 1 },
  { arbitrary: account, weight: 1 },
  { arbitrary: namespace, weight: 1 },
  { arbitrary: volume, weight: 1 },
);
