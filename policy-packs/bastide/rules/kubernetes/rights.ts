import type { core, meta, rbac } from "@pulumi/kubernetes/types/input.js";
import { KINDS } from "../../../../judge/facts/kubernetes-kinds.data.ts";
import { type ManifestCheck, OBJECT, POD } from "../../../../judge/kit/manifest/check.ts";
import {
  allOf,
  anyOf,
  every,
  matches,
  not,
  oneOf,
  type Place,
  some,
  unset,
  unsetOr,
  way,
} from "../../../../judge/kit/manifest/condition.ts";

/** Checks on rights inside a cluster that one object decides by itself. Sources: CIS Kubernetes 2.0.1 §5.1, Kubernetes RBAC good practices. */
const metadata = way<meta.v1.ObjectMeta>(OBJECT, "metadata");
const at = (...steps: readonly string[]): Place => ({ from: OBJECT, steps });
const item = (name: string): Place => ({ from: name, steps: [] });
const pod = way<core.v1.PodSpec>(POD);
const rule = way<rbac.v1.PolicyRule>("r");
const subject = way<rbac.v1.Subject>("s");

const ROLES = ["Role", "ClusterRole"];
const BINDINGS = ["RoleBinding", "ClusterRoleBinding"];
/** Verbs that give more than they say: every one, or somebody else's rights. */
const ESCALATING = ["*", "bind", "escalate", "impersonate"];
/** Ways into pods and nodes past every rule on them, and tokens for whom one likes. Source: Kubernetes, RBAC good practices. */
const INSIDE = [
  "nodes/proxy",
  "pods/attach",
  "pods/ephemeralcontainers",
  "pods/exec",
  "pods/portforward",
  "pods/proxy",
  "serviceaccounts/token",
  "services/proxy",
];
/** What decides who is let in, and what is looked at before. */
const WALLS = [
  "certificatesigningrequests/approval",
  "mutatingwebhookconfigurations",
  "persistentvolumes",
  "validatingadmissionpolicies",
  "validatingadmissionpolicybindings",
  "validatingwebhookconfigurations",
];
const WRITES = ["create", "update", "patch", "delete", "deletecollection"];
/** Everybody, nobody in particular, or those whom no rule stops. */
const EVERYBODY = "^system:(masters|authenticated|unauthenticated|anonymous|serviceaccounts)(:|$)";

/** Objects that the server makes in `default` itself. */
const BUILT_IN: Readonly<Record<string, string>> = {
  ServiceAccount: "default",
  ConfigMap: "kube-root-ca.crt",
  Service: "kubernetes",
};
const namespaced = KINDS.filter((row) => row.namespaced).map((row) => row.kind);

const elsewhere = (name: string, on: readonly string[], builtIn?: string): ManifestCheck => {
  const away = not(oneOf(metadata("namespace"), "default"));
  return {
    name,
    on,
    holds: builtIn === undefined ? away : anyOf(oneOf(metadata("name"), builtIn), away),
    want: "a namespace of its own",
    message: "nothing stands in the default namespace",
  };
};

export const roleChecks: readonly ManifestCheck[] = [
  {
    name: "verbs",
    on: ROLES,
    holds: every(at("rules"), "r", not(some(rule("verbs"), "x", oneOf(item("x"), ...ESCALATING)))),
    want: "verbs by name, and none that escalates",
    message: "no verb *, bind, escalate or impersonate",
  },
  {
    name: "resources",
    on: ROLES,
    holds: every(
      at("rules"),
      "r",
      allOf(
        not(some(rule("resources"), "x", matches(item("x"), "\\*"))),
        not(some(rule("apiGroups"), "x", oneOf(item("x"), "*"))),
        not(some(rule("nonResourceURLs"), "x", oneOf(item("x"), "*"))),
      ),
    ),
    want: "resources by name",
    message: "no wildcard among resources, groups or URLs",
  },
  {
    name: "inside pods",
    on: ROLES,
    holds: every(at("rules"), "r", not(some(rule("resources"), "x", oneOf(item("x"), ...INSIDE)))),
    want: "no subresource that leads into pods or nodes, or makes tokens",
    message: "no role runs commands in pods, speaks to them through the API server, or makes tokens",
  },
  {
    name: "walls",
    on: ROLES,
    holds: every(
      at("rules"),
      "r",
      not(
        allOf(
          some(rule("resources"), "x", oneOf(item("x"), ...WALLS)),
          some(rule("verbs"), "y", oneOf(item("y"), ...WRITES)),
        ),
      ),
    ),
    want: "no right to change webhooks, admission policies, approvals or volumes of the cluster",
    message: "no role changes what admission rests on, approves identities, or makes volumes by hand",
  },
  {
    name: "secrets everywhere",
    on: ["ClusterRole"],
    holds: every(
      at("rules"),
      "r",
      not(
        allOf(
          some(rule("resources"), "x", oneOf(item("x"), "secrets")),
          some(rule("verbs"), "x", oneOf(item("x"), "get", "list", "watch")),
          unset(rule("resourceNames")),
        ),
      ),
    ),
    want: "secrets by name, or a Role of one namespace",
    message: "no ClusterRole reads secrets of every namespace",
  },
  {
    name: "aggregation",
    on: ["ClusterRole"],
    holds: unset(at("aggregationRule")),
    want: null,
    message: "a role's rights are written in it, not gathered by labels",
  },
  {
    name: "bound role",
    on: BINDINGS,
    holds: not(oneOf(at("roleRef", "name"), "cluster-admin")),
    want: "another role than cluster-admin",
    message: "nobody is bound to cluster-admin",
  },
  {
    name: "role bound everywhere",
    on: ["ClusterRoleBinding"],
    holds: not(oneOf(at("roleRef", "name"), "admin", "edit")),
    want: "a role of its own, or a RoleBinding",
    message: "admin and edit are bound in single namespaces only",
  },
  {
    name: "subjects",
    on: BINDINGS,
    holds: every(
      at("subjects"),
      "s",
      allOf(
        not(matches(subject("name"), EVERYBODY)),
        not(allOf(oneOf(subject("kind"), "ServiceAccount"), oneOf(subject("name"), "default"))),
      ),
    ),
    want: "named accounts, not everybody's and not the default one",
    message: "rights go to named accounts: not to system:masters, everybody, or a default service account",
  },
  {
    name: "account token",
    on: ["ServiceAccount"],
    holds: oneOf(at("automountServiceAccountToken"), false),
    want: false,
    message: "automountServiceAccountToken of a service account must be false",
  },
];

export const accountChecks: readonly ManifestCheck[] = [
  {
    name: "pod token",
    on: "pods",
    holds: unsetOr(pod("automountServiceAccountToken"), false),
    want: false,
    message: "no token of a service account is mounted unasked; project one with audience and expiry",
  },
  {
    name: "account",
    on: "pods",
    holds: anyOf(
      allOf(
        unset(pod("serviceAccountName")),
        not(unset(pod("serviceAccount"))),
        not(oneOf(pod("serviceAccount"), "default")),
      ),
      allOf(not(unset(pod("serviceAccountName"))), not(oneOf(pod("serviceAccountName"), "default"))),
    ),
    want: "a service account of its own",
    message: "a pod has a service account of its own, not the default one",
  },
];

export const placeChecks: readonly ManifestCheck[] = [
  elsewhere(
    "namespace",
    namespaced.filter((kind) => !Object.hasOwn(BUILT_IN, kind)),
  ),
  ...Object.entries(BUILT_IN).map(([kind, name]) => elsewhere(`namespace of ${kind}`, [kind], name)),
];
