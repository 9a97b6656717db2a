import { SECRET, UNKNOWN } from "../../../judge/facts/raw.ts";
import {
  clusterObject,
  container,
  K,
  NAMESPACE,
  namespaceOf,
  object,
  pod,
  templated,
} from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { RuleCases } from "../../harness/rule-cases.ts";

const role = (rule: Record<string, string[]>) =>
  object(K.role, "r", { rules: [{ verbs: ["get"], apiGroups: [""], resources: ["configmaps"], ...rule }] });
const clusterRole = (rest: Parameters<typeof clusterObject>[2]) => clusterObject(K.clusterRole, "cr", rest);
const binding = (name: string, kind: string, subject: string) =>
  object(K.roleBinding, "b", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ kind, name: subject, namespace: NAMESPACE }],
  });
const account = object(K.serviceAccount, "worker", { automountServiceAccountToken: false });
const silent = pod({ automountServiceAccountToken: null });
const on = { role: urnOf(K.role, "r"), clusterRole: urnOf(K.clusterRole, "cr"), binding: urnOf(K.roleBinding, "b") };
const inPod = urnOf(K.pod, "p");
const ownProvider = raw(K.provider, "c", { namespace: "default" });

export const k8s05: RuleCases = {
  passing: [
    { name: "one verb on one resource", resources: [role({})], on: on.role },
    { name: "a look at webhooks", resources: [role({ resources: ["mutatingwebhookconfigurations"] })], on: on.role },
    { name: "a named account", resources: [binding("view", "ServiceAccount", "worker")], on: on.binding },
    { name: "an account without token", resources: [account], on: account.urn },
    { name: "a pod without token", resources: [pod()], on: inPod },
    { name: "a pod that leaves it to its account", resources: [account, silent], on: inPod },
    {
      name: "the default account without token",
      resources: [
        raw(K.serviceAccountPatch, "default", {
          metadata: { name: "default", namespace: "default" },
          automountServiceAccountToken: false,
        }),
      ],
      on: urnOf(K.serviceAccountPatch, "default"),
    },
  ],
  failing: [
    { name: "every verb", resources: [role({ verbs: ["*"] })], on: on.role, property: "rules[0].verbs[0]", got: "*" },
    { name: "escalation", resources: [role({ verbs: ["get", "bind"] })], on: on.role, property: "rules[0].verbs[1]" },
    {
      name: "a shell in pods",
      resources: [role({ resources: ["pods", "pods/exec"] })],
      on: on.role,
      property: "rules[0].resources[1]",
      got: "pods/exec",
    },
    {
      name: "webhooks of its own",
      resources: [role({ resources: ["mutatingwebhookconfigurations"], verbs: ["get", "create"] })],
      on: on.role,
      property: "rules[0].resources[0]",
    },
    {
      name: "every resource",
      resources: [role({ resources: ["*"] })],
      on: on.role,
      property: "rules[0].resources[0]",
    },
    {
      name: "every subresource",
      resources: [role({ resources: ["deployments/*"] })],
      on: on.role,
      property: "rules[0].resources[0]",
    },
    {
      name: "secrets of every namespace",
      resources: [clusterRole({ rules: [{ verbs: ["list"], apiGroups: [""], resources: ["secrets"] }] })],
      on: on.clusterRole,
      property: "rules[0].resources[0]",
    },
    {
      name: "rights gathered by labels",
      resources: [clusterRole({ aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: "b" } }] } })],
      on: on.clusterRole,
      property: "aggregationRule",
    },
    {
      name: "cluster-admin in one namespace",
      resources: [binding("cluster-admin", "ServiceAccount", "worker")],
      on: on.binding,
      property: "roleRef.name",
    },
    {
      name: "whom no rule stops",
      resources: [binding("view", "Group", "system:masters")],
      on: on.binding,
      property: "subjects[0].name",
    },
    {
      name: "every account of a namespace",
      resources: [binding("view", "Group", "system:serviceaccounts:space-1")],
      on: on.binding,
      property: "subjects[0].name",
    },
    {
      name: "the default account",
      resources: [binding("view", "ServiceAccount", "default")],
      on: on.binding,
      property: "subjects[0].kind",
    },
    {
      name: "a token for whoever runs as it",
      resources: [object(K.serviceAccount, "worker")],
      on: urnOf(K.serviceAccount, "worker"),
      property: "automountServiceAccountToken",
    },
    {
      name: "a pod that asks for the token",
      resources: [account, pod({ automountServiceAccountToken: true })],
      on: inPod,
      property: "spec.automountServiceAccountToken",
    },
    {
      name: "a pod of the default account",
      resources: [pod({ serviceAccountName: "default" })],
      on: inPod,
      property: "spec.serviceAccountName",
    },
    {
      name: "a pod that names none",
      resources: [templated(K.deployment, "d", { serviceAccountName: null })],
      on: urnOf(K.deployment, "d"),
      property: "spec.template.spec.serviceAccountName",
    },
    {
      name: "the default namespace",
      resources: [raw(K.configMap, "c", { metadata: { name: "c" }, data: {} })],
      on: urnOf(K.configMap, "c"),
      property: "metadata.namespace",
      got: "default",
    },
    {
      name: "the default namespace by the provider's choice",
      resources: [
        ownProvider,
        raw(K.service, "s", { metadata: { name: "s" }, spec: {} }, { provider: ownProvider.urn }),
      ],
      on: urnOf(K.service, "s"),
      property: "metadata.namespace",
    },
  ],
  undecided: [
    { name: "rules that are not known", resources: [object(K.role, "r", { rules: UNKNOWN })], on: on.role },
    {
      name: "an account that stands elsewhere",
      resources: [silent],
      on: inPod,
      property: "spec.automountServiceAccountToken",
    },
    {
      name: "a namespace that is not known",
      resources: [raw(K.configMap, "c", { metadata: { name: "c", namespace: UNKNOWN } })],
      on: urnOf(K.configMap, "c"),
    },
  ],
  notApplicable: [
    { name: "a namespace", resources: [namespaceOf()], on: "stack" },
    {
      name: "a patch of an account's labels",
      resources: [raw(K.serviceAccountPatch, "a", { metadata: { name: "a", namespace: NAMESPACE } })],
      on: urnOf(K.serviceAccountPatch, "a"),
    },
  ],
  mutations: [
    { of: "one verb on one resource", on: on.role, property: "rules.0.verbs", to: ["*"] },
    { of: "a named account", on: on.binding, property: "subjects.0.name", to: "default" },
    { of: "an account without token", on: account.urn, property: "automountServiceAccountToken", to: undefined },
    { of: "a pod without token", on: inPod, property: "spec.automountServiceAccountToken", to: true },
    { of: "a pod without token", on: inPod, property: "metadata.namespace", to: "default" },
  ],
};

const secret = (rest: Parameters<typeof object>[2] = {}) => object(K.secret, "s", rest);
const inSecret = urnOf(K.secret, "s");
const variable = { name: "P", valueFrom: { secretKeyRef: { name: "s", key: "k" } } };

export const k8s06: RuleCases = {
  passing: [
    { name: "a secret that an outer store fills", resources: [secret()], on: inSecret },
    {
      name: "a mounted secret",
      resources: [pod({ volumes: [{ name: "s", secret: { secretName: "s" } }] })],
      on: inPod,
    },
    {
      name: "a plain variable",
      resources: [pod({ containers: [container({ env: [{ name: "A", value: "b" }] })] })],
      on: inPod,
    },
  ],
  failing: [
    {
      name: "content in the manifest",
      resources: [secret({ stringData: { password: "x" } })],
      on: inSecret,
      property: "stringData",
    },
    {
      name: "content that the program hides",
      resources: [secret({ data: SECRET })],
      on: inSecret,
      property: "data",
      got: "a secret",
    },
    {
      name: "a token that never ends",
      resources: [secret({ type: "kubernetes.io/service-account-token" })],
      on: inSecret,
      property: "type",
    },
    {
      name: "a variable",
      resources: [pod({ containers: [container({ env: [variable] })] })],
      on: inPod,
      property: "spec.containers[0].env[0].valueFrom.secretKeyRef",
    },
    {
      name: "a whole secret as variables of an init container",
      resources: [pod({ initContainers: [container({ envFrom: [{ secretRef: { name: "s" } }] })] })],
      on: inPod,
      property: "spec.initContainers[0].envFrom[0].secretRef",
    },
  ],
  undecided: [
    { name: "content that is not known", resources: [secret({ data: UNKNOWN })], on: inSecret },
    {
      name: "variables that are not known",
      resources: [pod({ containers: [container({ env: UNKNOWN })] })],
      on: inPod,
    },
  ],
  notApplicable: [{ name: "a namespace", resources: [namespaceOf()], on: "stack" }],
  mutations: [
    { of: "a secret that an outer store fills", on: inSecret, property: "data", to: { a: "Yg==" } },
    { of: "a plain variable", on: inPod, property: "spec.containers.0.env", to: [variable] },
  ],
};
