import { isRecord, type Props } from "../../../plugins/engine/values.ts";
import { recordAt } from "./manifest.ts";

/** How far an object has come. */
export type Progress =
  | { readonly is: "ready" }
  /** `stuck`: what holds it up lies outside of it (a quota, a policy) and is not likely to pass. */
  | { readonly is: "waiting"; readonly why: string; readonly stuck?: boolean }
  /** It will not get there by itself. */
  | { readonly is: "failed"; readonly why: string };

const ready: Progress = { is: "ready" };
const waiting = (why: string): Progress => ({ is: "waiting", why });
const failed = (why: string): Progress => ({ is: "failed", why });

/** Whether a message about pods that could not be made says that they will not be. */
export const isLasting = (message: string): boolean =>
  /exceeded quota|violates PodSecurity|denied (the )?request|is not (yet )?allowed|maximum .* usage per/i.test(message);

const number = (value: unknown, otherwise = 0): number => (typeof value === "number" ? value : otherwise);

interface Condition {
  readonly holds: boolean;
  readonly reason: string;
  readonly message: string;
}

function condition(status: Props, type: string): Condition | undefined {
  const found = (Array.isArray(status.conditions) ? status.conditions : [])
    .filter(isRecord)
    .find((c) => c.type === type);
  return (
    found && {
      holds: found.status === "True",
      reason: String(found.reason ?? ""),
      message: String(found.message ?? ""),
    }
  );
}

const isSeen = (live: Props, status: Props): boolean =>
  number(status.observedGeneration) >= number(recordAt(live, "metadata").generation);

function deployment(live: Props): Progress {
  const [spec, status] = [recordAt(live, "spec"), recordAt(live, "status")];
  const want = number(spec.replicas, 1);
  if (!isSeen(live, status)) return waiting("the controller has not seen it");
  const progressing = condition(status, "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded") return failed(progressing.message);
  const failure = condition(status, "ReplicaFailure");
  const updated = number(status.updatedReplicas);
  const available = number(status.availableReplicas);
  if (updated >= want && available >= want && number(status.replicas) <= updated) return ready;
  const because = failure?.holds === true ? `: ${failure.message}` : "";
  return {
    is: "waiting",
    why: `${available} of ${want} pods are available, ${updated} are up to date${because}`,
    stuck: isLasting(because),
  };
}

function statefulSet(live: Props): Progress {
  const [spec, status] = [recordAt(live, "spec"), recordAt(live, "status")];
  const want = number(spec.replicas, 1);
  if (!isSeen(live, status)) return waiting("the controller has not seen it");
  const isRolling = recordAt(spec, "updateStrategy").type !== "OnDelete";
  const updated = number(status.updatedReplicas);
  const partition = number(recordAt(spec, "updateStrategy", "rollingUpdate").partition);
  const isUpdated = !isRolling || status.currentRevision === status.updateRevision || updated >= want - partition;
  if (number(status.readyReplicas) >= want && isUpdated) return ready;
  return waiting(`${number(status.readyReplicas)} of ${want} pods are ready, ${updated} are up to date`);
}

function daemonSet(live: Props): Progress {
  const status = recordAt(live, "status");
  if (!isSeen(live, status)) return waiting("the controller has not seen it");
  const want = number(status.desiredNumberScheduled);
  const [available, updated] = [number(status.numberAvailable), number(status.updatedNumberScheduled)];
  return available >= want && updated >= want ? ready : waiting(`${available} of ${want} pods are available`);
}

function job(live: Props): Progress {
  const [spec, status] = [recordAt(live, "spec"), recordAt(live, "status")];
  if (spec.suspend === true) return ready;
  const failure = condition(status, "Failed");
  if (failure?.holds === true) return failed(failure.message || failure.reason);
  if (condition(status, "Complete")?.holds === true) return ready;
  return waiting(
    `${number(status.succeeded)} of ${number(spec.completions, 1)} pods have succeeded, ${number(status.active)} run`,
  );
}

function pod(live: Props): Progress {
  const status = recordAt(live, "status");
  if (status.phase === "Succeeded" || condition(status, "Ready")?.holds === true) return ready;
  if (status.phase === "Failed") return failed(String(status.message ?? status.reason ?? "the pod has failed"));
  const scheduled = condition(status, "PodScheduled");
  return waiting(scheduled?.holds === false ? scheduled.message : `its phase is ${String(status.phase ?? "not told")}`);
}

function service(live: Props): Progress {
  if (recordAt(live, "spec").type !== "LoadBalancer") return ready;
  const { ingress } = recordAt(live, "status", "loadBalancer");
  return Array.isArray(ingress) && ingress.length > 0 ? ready : waiting("its load balancer has no address");
}

function claim(live: Props, context: Context): Progress {
  if (!context.bindsAtOnce) return ready;
  const { phase } = recordAt(live, "status");
  if (phase === "Lost") return failed("its volume is lost");
  return phase === "Bound" ? ready : waiting(`its phase is ${String(phase ?? "not told")}`);
}

const namespace = (live: Props): Progress =>
  recordAt(live, "status").phase === "Active" ? ready : waiting("it is not active");

const quota = (live: Props): Progress =>
  Object.keys(recordAt(live, "spec", "hard")).length === 0 || Object.keys(recordAt(live, "status", "hard")).length > 0
    ? ready
    : waiting("its controller has not counted yet");

function definition(live: Props): Progress {
  const status = recordAt(live, "status");
  const names = condition(status, "NamesAccepted");
  if (names?.holds === false) return failed(names.message);
  return condition(status, "Established")?.holds === true ? ready : waiting("it is not served yet");
}

/** What readiness takes from elsewhere in the cluster. */
export interface Context {
  /** Whether the claim's storage class binds without a pod. */
  readonly bindsAtOnce: boolean;
}

interface Rule {
  readonly progress: (live: Props, context: Context) => Progress;
  readonly seconds: number;
}

/** Kinds that are waited for, and for how long unless told otherwise (those of the official plug-in). */
const RULES: Readonly<Record<string, Rule>> = {
  Deployment: { progress: deployment, seconds: 600 },
  StatefulSet: { progress: statefulSet, seconds: 600 },
  DaemonSet: { progress: daemonSet, seconds: 600 },
  Job: { progress: job, seconds: 600 },
  Pod: { progress: pod, seconds: 600 },
  Service: { progress: service, seconds: 600 },
  PersistentVolumeClaim: { progress: claim, seconds: 300 },
  Namespace: { progress: namespace, seconds: 300 },
  ResourceQuota: { progress: quota, seconds: 60 },
  CustomResourceDefinition: { progress: definition, seconds: 60 },
};
const BUILT_IN = /^(v1|(apps|batch|apiextensions\.k8s\.io)\/.+)$/;

/** The rule for a kind of Kubernetes' own; nothing else is waited for. */
export const ruleOf = (live: Props): Rule | undefined =>
  BUILT_IN.test(String(live.apiVersion)) ? RULES[String(live.kind)] : undefined;
