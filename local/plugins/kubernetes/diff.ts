import { isRecord, isUnknown, type Props } from "../../../plugins/engine/values.ts";
import { same } from "../values.ts";
import type { Path } from "./secrets.ts";

export type ChangeKind = "add" | "delete" | "update";

/** A difference of two trees of inputs, as deep as it can be told. */
export interface Change {
  readonly path: Path;
  readonly kind: ChangeKind;
}

/** What differs between two values on the wire; an envelope differs by its content alone, an unknown value from everything. */
export function changesOf(before: unknown, after: unknown, path: Path = []): readonly Change[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ path, kind: "add" }];
  if (after === undefined) return [{ path, kind: "delete" }];
  if (isRecord(before) && isRecord(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      changesOf(before[key], after[key], [...path, key]),
    );
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }).flatMap((_, i) =>
      changesOf(before[i], after[i], [...path, i]),
    );
  return same(before, after) && !isUnknown(after) ? [] : [{ path, kind: "update" }];
}

/** A path as Pulumi writes it: `spec.containers[0].image`, `metadata.labels["app.kubernetes.io/name"]`. */
export const pathText = (path: Path): string =>
  path.reduce<string>((told, step) => {
    if (typeof step === "number") return `${told}[${step}]`;
    if (!/^[A-Za-z_$][\w$-]*$/.test(step)) return `${told}[${JSON.stringify(step)}]`;
    return told === "" ? step : `${told}.${step}`;
  }, "");

/** One kind's fields that the API server never changes. */
interface Fixed {
  readonly paths: readonly string[];
  /** All that is below `under`, but these. */
  readonly allBut?: { readonly under: string; readonly free: readonly string[] };
  readonly when?: (before: Props) => boolean;
}

const WORKLOAD: Fixed = { paths: ["spec.selector"] };
const BINDING: Fixed = { paths: ["roleRef"] };
const DATA: Fixed = {
  paths: ["data", "binaryData", "stringData", "immutable"],
  when: ({ immutable }) => immutable === true,
};

/** From the API's validation of updates (Kubernetes 1.35); custom resources say it in their own rules, which only the server knows. */
const FIXED: Readonly<Record<string, readonly Fixed[]>> = {
  "apps/Deployment": [WORKLOAD],
  "apps/DaemonSet": [WORKLOAD],
  "apps/ReplicaSet": [WORKLOAD],
  "apps/StatefulSet": [
    {
      paths: [],
      allBut: {
        under: "spec",
        free: [
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds",
        ],
      },
    },
  ],
  "batch/Job": [
    {
      paths: [
        "spec.selector",
        "spec.template",
        "spec.completions",
        "spec.completionMode",
        "spec.podFailurePolicy",
        "spec.successPolicy",
        "spec.backoffLimitPerIndex",
        "spec.managedBy",
      ],
    },
  ],
  "core/Service": [{ paths: ["spec.clusterIP", "spec.clusterIPs"] }],
  "core/PersistentVolumeClaim": [
    { paths: [], allBut: { under: "spec", free: ["resources", "volumeAttributesClassName"] } },
  ],
  "core/ConfigMap": [DATA],
  "core/Secret": [DATA, { paths: ["type"] }],
  "core/Pod": [
    {
      paths: [],
      allBut: {
        under: "spec",
        free: [
          "containers",
          "initContainers",
          "activeDeadlineSeconds",
          "tolerations",
          "terminationGracePeriodSeconds",
          "schedulingGates",
        ],
      },
    },
  ],
  "storage.k8s.io/StorageClass": [{ paths: ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"] }],
  "rbac.authorization.k8s.io/RoleBinding": [BINDING],
  "rbac.authorization.k8s.io/ClusterRoleBinding": [BINDING],
  "policy/PodDisruptionBudget": [],
  "scheduling.k8s.io/PriorityClass": [{ paths: ["value", "preemptionPolicy"] }],
  "node.k8s.io/RuntimeClass": [{ paths: ["handler"] }],
};

/** Group and kind, without the version: a field stays fixed over versions. */
const familyOf = ({ apiVersion, kind }: Props): string => {
  const [group = "", version] = String(apiVersion ?? "").split("/");
  return `${version === undefined ? "core" : group}/${String(kind ?? "")}`;
};

const isUnder = (path: string, prefix: string): boolean =>
  path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`);

/** What makes another object of it: who it is. A new version of its group does not. */
const isOtherObject = ({ path }: Change, before: Props, after: Props): boolean =>
  (path[0] === "metadata" && (path[1] === "name" || path[1] === "namespace")) ||
  (path[0] === "metadata" && path.length === 1) ||
  (path[0] === "kind" && before.kind !== after.kind) ||
  (path[0] === "apiVersion" && familyOf(before) !== familyOf(after));

/** Whether a change can only be had by replacing the object. */
export function mustReplace(change: Change, before: Props, after: Props): boolean {
  if (isOtherObject(change, before, after)) return true;
  const path = pathText(change.path);
  return (FIXED[familyOf(before)] ?? []).some(
    ({ paths, allBut, when }) =>
      (when?.(before) ?? true) &&
      (paths.some((fixed) => isUnder(path, fixed) || isUnder(fixed, path)) ||
        (allBut !== undefined &&
          isUnder(path, allBut.under) &&
          !allBut.free.some((free) => isUnder(path, `${allBut.under}.${free}`)))),
  );
}
