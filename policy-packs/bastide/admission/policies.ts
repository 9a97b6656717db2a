import { POD_KINDS } from "../../../judge/facts/kubernetes-kinds.data.ts";
import { type ManifestCheck, METADATA, OBJECT, POD, SYSTEM_NAMESPACES } from "../../../judge/kit/manifest/check.ts";
import type { Condition } from "../../../judge/kit/manifest/condition.ts";
import { cel, type Prefixes } from "./cel.ts";
import { SERVED } from "./resources.data.ts";
import { ADMISSION_RULES, type AdmissionRule } from "./rules.ts";

/** The ConfigMap with what differs from environment to environment; without it nothing that asks for it is admitted. */
export const PARAMETERS = { name: "bastide-admission", namespace: "kube-system" } as const;

/** Who makes the control plane's own objects: the server itself, and controllers with accounts of `kube-system`. */
const NOT_CONTROL_PLANE =
  "!(request.userInfo.username in ['system:apiserver', 'system:kube-controller-manager'] || request.userInfo.username.startsWith('system:serviceaccount:kube-system:'))";

/** Manifests of the API group `admissionregistration.k8s.io/v1`, ready to be applied. */
export interface AdmissionManifest {
  readonly apiVersion: "admissionregistration.k8s.io/v1";
  readonly kind: "ValidatingAdmissionPolicy" | "ValidatingAdmissionPolicyBinding";
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Checks that see the same part of the same kinds: one policy. */
interface Group {
  readonly suffix: string;
  readonly kinds: readonly string[];
  readonly prefixes: Prefixes;
  readonly checks: readonly ManifestCheck[];
}

const path = (dotted: string): readonly string[] => dotted.split(".");

/** Where the specification stands decides the policy: pods, controllers, scheduled jobs, bare templates. */
const SHAPES = [...new Set(POD_KINDS.map((row) => row.pod?.spec ?? ""))].map((spec) => {
  const rows = POD_KINDS.filter((row) => row.pod?.spec === spec);
  const [first] = rows;
  return {
    suffix: (first?.kind ?? "").toLowerCase(),
    kinds: rows.map((row) => row.kind),
    prefixes: { [OBJECT]: [], [POD]: path(spec), [METADATA]: path(first?.pod?.metadata ?? "metadata") },
  };
});

function groupsOf({ checks }: AdmissionRule): readonly Group[] {
  const onPods = checks.filter((check) => check.on === "pods");
  const pods = onPods.length === 0 ? [] : SHAPES.map((shape) => ({ ...shape, checks: onPods }));
  const kinds = [...new Set(checks.flatMap((check) => (check.on === "pods" ? [] : check.on)))].filter(
    (k) => k in SERVED,
  );
  const objects = kinds.map((kind) => ({
    suffix: kind.toLowerCase(),
    kinds: [kind],
    prefixes: { [OBJECT]: [] },
    checks: checks.filter((check) => check.on !== "pods" && check.on.includes(kind)),
  }));
  return [...pods, ...objects];
}

function asksParameters(condition: Condition): boolean {
  switch (condition.is) {
    case "begins":
      return true;
    case "all":
    case "any":
      return condition.of.some(asksParameters);
    case "not":
      return asksParameters(condition.of);
    case "every":
    case "some":
      return asksParameters(condition.holds);
    default:
      return false;
  }
}

const messageOf = (id: string, { name, message }: ManifestCheck): string => `${id} (${name}): ${message}`;

function resourceRules(kinds: readonly string[]) {
  return kinds.flatMap((kind) => {
    const served = SERVED[kind];
    if (served === undefined) return [];
    // Debug containers come by a subresource.
    const resources = kind === "Pod" ? ["pods", "pods/ephemeralcontainers"] : [served.plural];
    return [{ apiGroups: [served.group], apiVersions: [served.version], operations: ["CREATE", "UPDATE"], resources }];
  });
}

function manifestsOf(admission: AdmissionRule, group: Group): readonly AdmissionManifest[] {
  const { rule } = admission;
  const name = `bastide-${rule.id.toLowerCase()}${admission.exemptsControlPlane ? "-own" : ""}-${group.suffix}`;
  const parameters = group.checks.some((check) => asksParameters(check.holds));
  const elsewhere = {
    namespaceSelector: {
      matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: [...SYSTEM_NAMESPACES] }],
    },
  };
  const policy: AdmissionManifest = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata: { name },
    spec: {
      failurePolicy: "Fail",
      ...(parameters ? { paramKind: { apiVersion: "v1", kind: "ConfigMap" } } : {}),
      matchConstraints: { ...elsewhere, resourceRules: resourceRules(group.kinds) },
      ...(admission.exemptsControlPlane
        ? { matchConditions: [{ name: "not-the-control-plane", expression: NOT_CONTROL_PLANE }] }
        : {}),
      validations: group.checks.map((check) => ({
        expression: cel(check.holds, group.prefixes),
        message: messageOf(rule.id, check),
        reason: "Forbidden",
      })),
    },
  };
  const binding: AdmissionManifest = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: ["Deny", "Audit"],
      ...(parameters ? { paramRef: { ...PARAMETERS, parameterNotFoundAction: "Deny" } } : {}),
    },
  };
  return [policy, binding];
}

/** Every policy and binding, in a stable order. Environments differ in the ConfigMap of `PARAMETERS` alone. */
export const admissionManifests = (): readonly AdmissionManifest[] =>
  ADMISSION_RULES.flatMap((admission) => groupsOf(admission).flatMap((group) => manifestsOf(admission, group)));
