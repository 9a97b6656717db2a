import { type RawObject, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { clusterObject, K, NAMESPACE, object, pod } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";

const reads = { verbs: ["get"], apiGroups: [""], resources: ["configmaps"] };
const role = (rule: RawObject) => object(K.role, "r", { rules: [{ ...reads, ...rule }] });
const clusterRole = (rule: RawObject) => clusterObject(K.clusterRole, "cr", { rules: [{ ...reads, ...rule }] });
const [r, cr] = [urnOf(K.role, "r"), urnOf(K.clusterRole, "cr")];
const bind = (type: string, name: string) =>
  object(type, "b", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ kind: "ServiceAccount", name: "worker", namespace: NAMESPACE }],
  });
const everywhere = urnOf(K.clusterRoleBinding, "b");
const inPod = urnOf(K.pod, "p");
const silent = pod({ automountServiceAccountToken: null });
const account = (name: string, namespace = NAMESPACE) =>
  raw(K.serviceAccount, name, { metadata: { name, namespace }, automountServiceAccountToken: false });
const inDefault = (type: string, name: string) => raw(type, "x", { metadata: { name, namespace: "default" } });
const TOKEN = "spec.automountServiceAccountToken";

export const moreRights = {
  "K8S-05": {
    passing: [
      {
        name: "secrets by name",
        resources: [clusterRole({ resources: ["secrets"], resourceNames: ["tls"] })],
        on: cr,
        alone: true,
      },
      { name: "admin in one namespace", resources: [bind(K.roleBinding, "admin")], on: urnOf(K.roleBinding, "b") },
      {
        name: "the ConfigMap that the server makes in default",
        resources: [inDefault(K.configMap, "kube-root-ca.crt")],
        on: urnOf(K.configMap, "x"),
      },
      {
        name: "the Service that the server makes in default",
        resources: [inDefault(K.service, "kubernetes")],
        on: urnOf(K.service, "x"),
      },
      {
        name: "an account by the old field",
        resources: [pod({ serviceAccountName: null, serviceAccount: "worker", automountServiceAccountToken: false })],
        on: inPod,
      },
      {
        name: "a pod that leaves it to its account, among others, and which",
        resources: [account("other"), account("worker"), silent],
        on: inPod,
        property: TOKEN,
        got: "worker",
        path: [urnOf(K.serviceAccount, "worker")],
      },
    ],
    failing: [
      {
        name: "escalation by escalating",
        resources: [role({ verbs: ["escalate"] })],
        on: r,
        property: "rules[0].verbs[0]",
        alone: true,
      },
      {
        name: "escalation by another's name",
        resources: [role({ verbs: ["impersonate"] })],
        on: r,
        property: "rules[0].verbs[0]",
      },
      {
        name: "every verb in the whole cluster",
        resources: [clusterRole({ verbs: ["*"] })],
        on: cr,
        property: "rules[0].verbs[0]",
      },
      { name: "every group", resources: [role({ apiGroups: ["*"] })], on: r, property: "rules[0].apiGroups[0]" },
      {
        name: "every URL",
        resources: [clusterRole({ nonResourceURLs: ["*"] })],
        on: cr,
        property: "rules[0].nonResourceURLs[0]",
      },
      ...["get", "watch"].map((verb) => ({
        name: `secrets of every namespace, to ${verb}`,
        resources: [clusterRole({ verbs: [verb], resources: ["secrets"] })],
        on: cr,
        property: "rules[0].resources[0]",
      })),
      ...["cluster-admin", "admin", "edit"].map((name) => ({
        name: `${name} everywhere`,
        resources: [bind(K.clusterRoleBinding, name)],
        on: everywhere,
        property: "roleRef.name",
      })),
      {
        name: "a default account with its token, and what is wanted",
        resources: [
          {
            ...account("worker"),
            inputs: { metadata: { name: "worker", namespace: NAMESPACE }, automountServiceAccountToken: true },
          },
        ],
        on: urnOf(K.serviceAccount, "worker"),
        property: "automountServiceAccountToken",
        want: false,
      },
      {
        name: "a pod that asks for the token, and what is wanted",
        resources: [account("worker"), pod({ automountServiceAccountToken: true })],
        on: inPod,
        property: TOKEN,
        want: false,
      },
      {
        name: "the default account by the old field",
        resources: [pod({ serviceAccountName: null, serviceAccount: "default" })],
        on: inPod,
        property: "spec.serviceAccountName",
      },
      {
        name: "a Service of another name in default",
        resources: [inDefault(K.service, "web")],
        on: urnOf(K.service, "x"),
        property: "metadata.namespace",
      },
      {
        name: "a Deployment that is called like a Service of the server",
        resources: [inDefault(K.deployment, "kubernetes")],
        on: urnOf(K.deployment, "x"),
        property: "metadata.namespace",
      },
    ],
    undecided: [
      {
        name: "an account of another namespace",
        resources: [account("worker", "other"), silent],
        on: inPod,
        property: TOKEN,
      },
      {
        name: "an account of another cluster",
        resources: [{ ...account("worker"), provider: "urn:other" }, silent],
        on: inPod,
        property: TOKEN,
      },
      { name: "another account", resources: [account("other"), silent], on: inPod, property: TOKEN },
      {
        name: "an account of a namespace that is not known",
        resources: [
          account("worker"),
          { ...silent, inputs: { ...silent.inputs, metadata: { name: "p", namespace: UNKNOWN } } },
        ],
        on: inPod,
        property: TOKEN,
      },
    ],
    notApplicable: [
      {
        name: "a patch of a namespace's labels, told of them",
        resources: [raw(K.namespacePatch, "a", { metadata: { name: "a" }, automountServiceAccountToken: true })],
        on: urnOf(K.namespacePatch, "a"),
        property: "metadata",
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
