import { type RawObject, SECRET, UNKNOWN } from "../../judge/facts/raw.ts";
import { container, cronJob, K, namespaceOf, pod, podSpec, templated } from "./kubernetes.ts";
import type { EstateMutation, Target } from "./mutations.ts";
import { raw } from "./raw.ts";
import { T } from "./types.ts";

/** What a program could add to the rehearsal environment inside its clusters, by the rule that must refuse it. */
const add = (
  name: string,
  { type, inputs }: { readonly type: string; readonly inputs: RawObject },
): EstateMutation => ({
  name,
  add: { type, inputs },
});

const cluster: Target = [T.cluster, "cluster-fr-par"];
const pool: Target = [T.pool, "cluster-fr-par-general-1"];
const airlock: Target = [T.bucketPolicy, "domain-workspaces-export-policy"];
const exported: Target = [T.bucket, "domain-workspaces-export"];
const everything = JSON.stringify({
  Version: "2023-04-17",
  Statement: [
    { Sid: "s", Effect: "Allow", Principal: { SCW: ["application_id:a"] }, Action: ["s3:*"], Resource: ["*"] },
  ],
});
const of = (type: string, inputs: RawObject) => raw(type, "x", inputs);

export const KUBERNETES_MUTATIONS = {
  "K8S-01": [
    add("a namespace without labels", namespaceOf({})),
    add("a level in capitals", namespaceOf({ "pod-security.kubernetes.io/enforce": "Restricted" })),
    add("a level that is unknown", namespaceOf({ "pod-security.kubernetes.io/enforce": UNKNOWN })),
  ],
  "K8S-02": [
    add("a pod on the node's network", pod({ hostNetwork: true })),
    add(
      "a deployment with a privileged init container",
      templated(K.deployment, "d", {
        initContainers: [container({ securityContext: { privileged: true } })],
      }),
    ),
    add("a scheduled job that keeps capabilities", cronJob({ containers: [container({ securityContext: {} })] })),
    add("a pod as a custom resource of the core group", of("kubernetes:v1:Pod", { spec: podSpec({ hostPID: true }) })),
    add(
      "a daemon set of an API that is gone",
      templated("kubernetes:extensions/v1beta1:DaemonSet", "d", { hostIPC: true }),
    ),
    add("a pod of which nothing is known", of(K.pod, { metadata: {}, spec: UNKNOWN })),
  ],
  "K8S-05": [
    add(
      "a role that may do everything",
      of(K.clusterRole, { rules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }] }),
    ),
    add(
      "a role that may become anybody",
      of(K.role, {
        metadata: { namespace: "x" },
        rules: [{ verbs: ["impersonate"], apiGroups: [""], resources: ["users"] }],
      }),
    ),
    add(
      "rights for the default account",
      of(K.roleBinding, {
        metadata: { namespace: "x" },
        roleRef: { kind: "Role", name: "r" },
        subjects: [{ kind: "ServiceAccount", name: "default", namespace: "x" }],
      }),
    ),
    add(
      "the whole cluster for everybody signed in",
      of(K.clusterRoleBinding, {
        roleRef: { kind: "ClusterRole", name: "view" },
        subjects: [{ kind: "Group", name: "system:authenticated" }],
      }),
    ),
    add("an account that mounts its token", of(K.serviceAccount, { metadata: { namespace: "x" } })),
    add("a job in the default namespace", of(K.job, { spec: { template: { spec: podSpec() } } })),
    add("a pod of an account that nobody declares", pod({ automountServiceAccountToken: null })),
  ],
  "K8S-06": [
    add("a secret with its content", of(K.secret, { metadata: { namespace: "x" }, stringData: { password: "x" } })),
    add("a secret whose content the program hides", of(K.secret, { metadata: { namespace: "x" }, data: SECRET })),
    add(
      "a secret in the environment",
      pod({
        containers: [container({ env: [{ name: "P", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }] })],
      }),
    ),
    add(
      "a token that never ends",
      of(K.secret, { metadata: { namespace: "x" }, type: "kubernetes.io/service-account-token" }),
    ),
  ],
  "K8S-03": [
    add("a namespace without any policy", namespaceOf()),
    add(
      "a policy that lets everybody talk with everybody",
      of(K.networkPolicy, {
        metadata: { namespace: "x" },
        spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] },
      }),
    ),
    add("a workload in a namespace that nobody declares", pod()),
    { name: "a network plug-in that enforces nothing", on: cluster, set: { cni: "flannel" } },
    { name: "no network plug-in", on: cluster, set: { cni: "none" } },
  ],
  "K8S-07": [
    { name: "a version that Scaleway ended", on: cluster, set: { version: "1.33" } },
    { name: "a version that is not known", on: cluster, set: { version: UNKNOWN } },
    { name: "upgrades off", on: cluster, set: { "autoUpgrade.enable": false } },
    { name: "a feature gate", on: cluster, set: { featureGates: ["AnonymousAuth"] } },
    { name: "kubelets for anybody", on: pool, set: { kubeletArgs: { anonymousAuth: "true" } } },
  ],
  "K8S-08": [add("a workload, and nothing that refuses another", pod())],
  "ISO-04": [
    add("a claim of the default class", of(K.volumeClaim, { metadata: { namespace: "x" }, spec: {} })),
    add(
      "a claim of a class that nobody declares",
      of(K.volumeClaim, { metadata: { namespace: "x" }, spec: { storageClassName: "fast" } }),
    ),
    add("a volume of a controller", templated(K.statefulSet, "s", {}, { volumeClaimTemplates: [{ spec: {} }] })),
    add(
      "a volume for a pod's life",
      pod({ volumes: [{ name: "v", ephemeral: { volumeClaimTemplate: { spec: {} } } }] }),
    ),
  ],
  "MIG-01": [
    add(
      "a transfer for ever",
      of(K.cronJob, { metadata: { namespace: "x", labels: { purpose: "transfer" } }, spec: {} }),
    ),
    add(
      "a way out for ever",
      of(K.networkPolicy, {
        metadata: { namespace: "x" },
        spec: { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] },
      }),
    ),
  ],
  "MIG-02": [
    add(
      "a transfer that nobody compares",
      of(K.job, { metadata: { namespace: "x", labels: { purpose: "transfer" } }, spec: {} }),
    ),
  ],
  "MIG-03": [
    { name: "an airlock whose writer reads", on: airlock, set: { policy: everything }, blames: exported },
    {
      name: "an airlock without a policy",
      on: airlock,
      drop: true,
      blames: exported,
    },
  ],
  "MIG-04": [add("a claim without exit", of(K.volumeClaim, { metadata: { namespace: "x" }, spec: {} }))],
  "SUP-04": [
    add("a command", of("command:local:Command", { create: "curl example.org | sh" })),
    add("a dynamic provider", of("pulumi-nodejs:dynamic:Resource", { __provider: "exports.handler = 1" })),
    add("a Helm release", of(K.release, { chart: "trino" })),
  ],
  "SUP-01": [
    add("a public image", pod({ containers: [container({ image: "docker.io/library/alpine:3" })] })),
    add("a tag", pod({ containers: [container({ image: "rg.fr-par.scw.cloud/rehearsal/spark:4.1" })] })),
    add(
      "somebody else's namespace of the same registry",
      pod({
        containers: [container({ image: `rg.fr-par.scw.cloud/others/spark@sha256:${"0".repeat(64)}` })],
      }),
    ),
    add(
      "a public image in an init container",
      templated(K.statefulSet, "s", { initContainers: [container({ image: "alpine" })] }),
    ),
  ],
} satisfies Readonly<Record<string, readonly EstateMutation[]>>;
