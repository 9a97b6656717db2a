import type { Json } from "../model/json.ts";
import { definedTags, NAME_LABEL, PART_OF, type PartScope, selectorOf } from "./object.ts";

/**
 * Pod templates that the Pod Security profile "restricted" admits, by construction: a user above 10,000, no capability, no way
 * to gain any, the runtime's seccomp profile, a root file system that can't be written. What a workload wants otherwise it
 * must name; nothing of the profile can be named away.
 */
export interface PodWish {
  /** Value of `app.kubernetes.io/name`: selects the pods. */
  readonly name: string;
  /** Hands the pod a token of its service account, for an hour at a time. Absent: none. */
  readonly token?: true;
  readonly containers: readonly ContainerWish[];
  readonly initContainers?: readonly ContainerWish[];
  readonly volumes?: readonly Json[];
  /** Labels that network policies select by. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly restartPolicy?: "Always" | "OnFailure" | "Never";
  /** Seconds that it is given to end. Absent: 30. */
  readonly graceSeconds?: number;
  /** Absent: spread over zones and nodes. Jobs need no spread. */
  readonly spread?: false;
}

export interface ContainerWish {
  readonly name: string;
  /** `host/namespace/name@sha256:…`, from the lock file. */
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, Json>>;
  /** Variables that hold a field of the pod: name → path. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Port names and numbers. */
  readonly ports?: Readonly<Record<string, number>>;
  readonly cpu: string;
  /** Request and limit alike: memory is not overcommitted. */
  readonly memory: string;
  /** Volume name → path; read-only unless in `writable`. */
  readonly mounts?: Readonly<Record<string, string>>;
  readonly writable?: readonly string[];
  readonly ready?: Json;
  readonly live?: Json;
  readonly started?: Json;
  /** Command that runs before the container is told to end. */
  readonly beforeStop?: readonly string[];
}

/** Every pod gets one: root file systems are read-only. */
const SCRATCH = "scratch";
const USER = 10_001;

export function podTemplate(scope: PartScope, wish: PodWish): Json {
  return {
    metadata: {
      labels: { ...definedTags(scope.tags), [PART_OF]: scope.part, ...selectorOf(wish.name), ...wish.labels },
    },
    spec: podSpec(wish),
  };
}

export function podSpec(wish: PodWish): Json {
  return {
    // One account a workload, of the workload's name: rights and log lines name one thing each.
    serviceAccountName: wish.name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    },
    ...(wish.restartPolicy === undefined ? {} : { restartPolicy: wish.restartPolicy }),
    ...(wish.graceSeconds === undefined ? {} : { terminationGracePeriodSeconds: wish.graceSeconds }),
    ...(wish.spread === false ? {} : { topologySpreadConstraints: spread(wish.name) }),
    ...(wish.initContainers === undefined
      ? {}
      : { initContainers: wish.initContainers.map((it) => container(it, false)) }),
    containers: wish.containers.map((it) => container(it, wish.token === true)),
    volumes: [
      { name: SCRATCH, emptyDir: { sizeLimit: "1Gi" } },
      ...(wish.token === true ? [tokenVolume] : []),
      ...(wish.volumes ?? []),
    ],
  };
}

/** Where clients of Kubernetes look for it by themselves. */
export const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
const TOKEN = "token";

/** What `automountServiceAccountToken` would mount, said in full: only the container that asked for it gets it. */
const tokenVolume: Json = {
  name: TOKEN,
  projected: {
    defaultMode: 0o440,
    sources: [
      { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
    ],
  },
};

function container(wish: ContainerWish, token: boolean): Json {
  const mounts = { [SCRATCH]: "/tmp", ...(token ? { [TOKEN]: TOKEN_PATH } : {}), ...wish.mounts };
  return {
    name: wish.name,
    image: wish.image,
    imagePullPolicy: "IfNotPresent",
    ...(wish.command === undefined ? {} : { command: [...wish.command] }),
    ...(wish.args === undefined ? {} : { args: [...wish.args] }),
    ...(wish.env === undefined && wish.fields === undefined ? {} : { env: environment(wish) }),
    ...(wish.ports === undefined
      ? {}
      : { ports: Object.entries(wish.ports).map(([name, containerPort]) => ({ name, containerPort })) }),
    resources: {
      requests: { cpu: wish.cpu, memory: wish.memory },
      limits: { memory: wish.memory, "ephemeral-storage": "2Gi" },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: Object.entries(mounts).map(([name, mountPath]) => ({
      name,
      mountPath,
      ...(name === SCRATCH || wish.writable?.includes(name) === true ? {} : { readOnly: true }),
    })),
    ...(wish.started === undefined ? {} : { startupProbe: wish.started }),
    ...(wish.ready === undefined ? {} : { readinessProbe: wish.ready }),
    ...(wish.live === undefined ? {} : { livenessProbe: wish.live }),
    ...(wish.beforeStop === undefined ? {} : { lifecycle: { preStop: { exec: { command: [...wish.beforeStop] } } } }),
  };
}

/** Fields first: a later variable may name an earlier one. */
const environment = ({ env = {}, fields = {} }: ContainerWish): readonly Json[] => [
  ...Object.entries(fields).map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } })),
  ...Object.entries(env).map(([name, value]) => ({ name, value })),
];

/** One pod a zone as far as there are zones, then one a node; never a reason to stay unscheduled on a small cluster. */
const spread = (name: string): Json =>
  (["topology.kubernetes.io/zone", "kubernetes.io/hostname"] as const).map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: { [NAME_LABEL]: name } },
  }));

export const httpProbe = (port: string, path: string, seconds = 10): Json => ({
  httpGet: { port, path },
  periodSeconds: seconds,
  failureThreshold: 3,
});
export const tcpProbe = (port: string, seconds = 10): Json => ({
  tcpSocket: { port },
  periodSeconds: seconds,
  failureThreshold: 3,
});
