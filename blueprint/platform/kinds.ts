import { EXIT } from "../../stacks/transfer.ts";
import type { Json } from "../model/json.ts";
import type { ObjectSpec } from "../model/platform.ts";
import { definedTags, object, type PartScope, PULL_SECRET, selectorOf } from "./object.ts";
import { type PodWish, podSpec, podTemplate } from "./workload.ts";

/** The kinds of Kubernetes objects that parts are made of; one function each, in the form that every part uses. */

export const configMap = (scope: PartScope, name: string, data: Readonly<Record<string, string>>): ObjectSpec =>
  object(scope, { apiVersion: "v1", kind: "ConfigMap", name, body: { data } });

export const serviceAccount = (scope: PartScope, name: string): ObjectSpec =>
  object(scope, {
    apiVersion: "v1",
    kind: "ServiceAccount",
    name,
    body: { automountServiceAccountToken: false, imagePullSecrets: [{ name: PULL_SECRET }] },
  });

export interface RuleWish {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** A role and the one service account that holds it; a subject of another namespace must say so. */
export function grant(
  scope: PartScope,
  name: string,
  subject: { readonly serviceAccount: string; readonly namespace: string },
  rules: readonly RuleWish[],
  annotations?: Readonly<Record<string, string>>,
): readonly ObjectSpec[] {
  return [
    object(scope, {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      name,
      ...(annotations === undefined ? {} : { annotations }),
      body: { rules: rules.map((rule) => ({ ...rule })) },
    }),
    object(scope, {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      name,
      body: {
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
        subjects: [{ kind: "ServiceAccount", name: subject.serviceAccount, namespace: subject.namespace }],
      },
    }),
  ];
}

/** Ports by name; the target is the container port of the same name. */
export const service = (
  scope: PartScope,
  name: string,
  ports: Readonly<Record<string, number>>,
  options: { readonly headless?: true; readonly of?: string } = {},
): ObjectSpec =>
  object(scope, {
    apiVersion: "v1",
    kind: "Service",
    name,
    body: {
      spec: {
        type: "ClusterIP",
        ...(options.headless === true ? { clusterIP: "None" } : {}),
        selector: selectorOf(options.of ?? name),
        ports: Object.entries(ports).map(([port, number]) => ({ name: port, port: number, targetPort: port })),
      },
    },
  });

/** Replicas that may never all be gone at once: rolling update without a gap, and a disruption budget when there are several. */
export function deployment(scope: PartScope, replicas: number, pod: PodWish): readonly ObjectSpec[] {
  const made = object(scope, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    name: pod.name,
    body: {
      spec: {
        replicas,
        revisionHistoryLimit: 3,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        selector: { matchLabels: selectorOf(pod.name) },
        template: podTemplate(scope, pod),
      },
    },
  });
  return [serviceAccount(scope, pod.name), made, ...(replicas > 1 ? [disruptionBudget(scope, pod.name)] : [])];
}

/** Replicas with a volume each, of the encrypted class. */
export function statefulSet(
  scope: PartScope,
  replicas: number,
  pod: PodWish,
  volume: { readonly name: string; readonly size: string; readonly exit: string },
): readonly ObjectSpec[] {
  const made = object(scope, {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    name: pod.name,
    annotations: { [EXIT]: volume.exit },
    body: {
      spec: {
        serviceName: pod.name,
        replicas,
        revisionHistoryLimit: 3,
        podManagementPolicy: "OrderedReady",
        selector: { matchLabels: selectorOf(pod.name) },
        template: podTemplate(scope, pod),
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        volumeClaimTemplates: [
          {
            metadata: { name: volume.name },
            spec: {
              accessModes: ["ReadWriteOnce"],
              storageClassName: ENCRYPTED_CLASS,
              resources: { requests: { storage: volume.size } },
            },
          },
        ],
      },
    },
    holdsData: true,
  });
  return [serviceAccount(scope, pod.name), made, ...(replicas > 1 ? [disruptionBudget(scope, pod.name)] : [])];
}

/** Name of the storage class whose volumes are encrypted under a key of Key Manager. */
export const ENCRYPTED_CLASS = "bastide-encrypted";
/** The same for what is of use to one pod alone: such a volume is deleted with its pod. */
export const SCRATCH_CLASS = "bastide-scratch";

/**
 * Room for what an engine spills, which are health data like what it read: an encrypted volume that comes and goes with the pod,
 * never the node's own disk.
 */
export const spillVolume = (name: string, gigabytes: number): Json => ({
  name,
  ephemeral: {
    volumeClaimTemplate: {
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: SCRATCH_CLASS,
        resources: { requests: { storage: `${gigabytes}Gi` } },
      },
    },
  },
});

const disruptionBudget = (scope: PartScope, name: string): ObjectSpec =>
  object(scope, {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    name,
    body: { spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(name) } } },
  });

export interface JobWish {
  readonly name: string;
  readonly pod: Omit<PodWish, "name" | "restartPolicy" | "spread">;
  /** Seconds after which it is stopped. */
  readonly deadline: number;
  readonly retries?: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

const jobSpec = (scope: PartScope, wish: JobWish): Json => {
  const pod: PodWish = { ...wish.pod, name: wish.name, restartPolicy: "Never", spread: false };
  return {
    backoffLimit: wish.retries ?? 3,
    activeDeadlineSeconds: wish.deadline,
    ttlSecondsAfterFinished: 604_800,
    template: {
      metadata: {
        labels: { ...definedTags(scope.tags), ...selectorOf(wish.name), ...pod.labels },
        ...(wish.annotations === undefined ? {} : { annotations: wish.annotations }),
      },
      spec: podSpec(pod),
    },
  };
};

/** A job on a schedule, never twice at once; a run that was missed by more than ten minutes is not made up for. */
export const cronJob = (scope: PartScope, schedule: string, wish: JobWish): readonly ObjectSpec[] => [
  serviceAccount(scope, wish.name),
  object(scope, {
    apiVersion: "batch/v1",
    kind: "CronJob",
    name: wish.name,
    ...(wish.annotations === undefined ? {} : { annotations: wish.annotations }),
    ...(wish.labels === undefined ? {} : { labels: wish.labels }),
    body: {
      spec: {
        schedule,
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 600,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 5,
        jobTemplate: { spec: jobSpec(scope, wish) },
      },
    },
  }),
];
