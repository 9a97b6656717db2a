import { type RawObject, type RawValue, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { K, NAMESPACE, namespaceOf, object, pod } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";

const BOTH = ["Ingress", "Egress"];
const policy = (spec: RawObject, name = "deny") =>
  object(K.networkPolicy, name, { spec: { podSelector: {}, policyTypes: BOTH, ...spec } });
const deny = policy({});
const ns = urnOf(K.namespace, "ns");
const out = urnOf(K.networkPolicy, "out");
const inPod = urnOf(K.pod, "p");
const opens = (egress: RawValue, over: RawObject = {}) => [
  namespaceOf(),
  deny,
  policy({ policyTypes: ["Egress"], egress, ...over }, "out"),
];
const cluster = (over: RawObject) =>
  raw(T.cluster, "c", {
    version: "1.35",
    cni: "cilium",
    autoUpgrade: { enable: true, maintenanceWindowDay: "sunday", maintenanceWindowStartHour: 3 },
    ...over,
  });
const c = urnOf(T.cluster, "c");
const podIn = (namespace: RawValue) => raw(K.pod, "p", { ...pod().inputs, metadata: { name: "p", namespace } });
const PRIVATE = "service.beta.kubernetes.io/scw-loadbalancer-private";
const service = (spec: RawObject, annotations: RawObject = {}) =>
  raw(T.service, "s", { metadata: { annotations }, spec });
const web = urnOf(T.service, "s");
const classed = raw(T.ingressClass, "k", { metadata: { name: "inside" } });
const ingress = (ingressClassName: RawValue) => raw(T.ingress, "i", { spec: { ingressClassName } });
const i = urnOf(T.ingress, "i");
export const moreClusters = {
  "K8S-03": {
    passing: [
      {
        name: "one policy for both, and which",
        resources: [namespaceOf(), deny],
        on: ns,
        property: "networkPolicy.Ingress",
        got: deny.urn,
        path: [deny.urn],
      },
      {
        name: "some pods with every way out",
        resources: opens([{}], { podSelector: { matchLabels: { app: "proxy" } } }),
        on: ns,
      },
      { name: "named ports to everybody", resources: opens([{ ports: [{ port: 443 }] }]), on: ns },
      { name: "every port of named peers", resources: opens([{ to: [{ podSelector: {} }] }]), on: ns },
      { name: "a pod of a namespace that denies", resources: [namespaceOf(), deny, pod()], on: ns },
      { name: "a pod of the cluster itself", resources: [namespaceOf(), deny, podIn("kube-system")], on: ns },
      {
        name: "a patch of a namespace, which is judged where it is made",
        resources: [namespaceOf(), deny, raw(K.namespacePatch, "patch", { metadata: { name: "other" } })],
        on: ns,
      },
    ],
    failing: [
      {
        name: "one direction that a policy opens to some",
        resources: [namespaceOf(), policy({ ingress: [{ from: [{ podSelector: {} }] }] })],
        on: ns,
        property: "networkPolicy.Ingress",
      },
      {
        name: "pods by an expression only",
        resources: [namespaceOf(), policy({ podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] } })],
        on: ns,
        property: "networkPolicy.Egress",
      },
      {
        name: "every way in",
        resources: [namespaceOf(), deny, policy({ policyTypes: ["Ingress"], ingress: [{}] }, "out")],
        on: out,
        property: "spec.ingress[0]",
        got: "everybody",
      },
      { name: "no plug-in named", resources: [cluster({ cni: null })], on: c, property: "cni" },
    ],
    undecided: [
      { name: "ways out that are not known", resources: opens(UNKNOWN), on: out, property: "spec.egress" },
      { name: "peers that are not known", resources: opens([{ to: UNKNOWN }]), on: out, property: "spec.egress[0]" },
      { name: "ports that are not known", resources: opens([{ ports: UNKNOWN }]), on: out, property: "spec.egress[0]" },
      {
        name: "every way out of pods that are not known",
        resources: opens([{}], { podSelector: UNKNOWN }),
        on: out,
        property: "spec.egress[0]",
      },
      {
        name: "a pod of a namespace that is not here",
        resources: [pod()],
        on: inPod,
        property: "metadata.namespace",
        from: inPod,
      },
      {
        name: "a pod of a namespace that is not known",
        resources: [namespaceOf(), deny, podIn(UNKNOWN)],
        on: inPod,
        property: "metadata.namespace",
      },
    ],
    notApplicable: [
      {
        name: "a namespace of the cluster itself, told by its name",
        resources: [namespaceOf({}, "kube-system")],
        on: ns,
        property: "metadata.name",
      },
      {
        name: "a patch alone",
        resources: [raw(K.namespacePatch, "patch", { metadata: { name: NAMESPACE } })],
        on: "stack",
      },
    ],
  },
  "K8S-04": {
    passing: [
      { name: "inside the cluster, written out", resources: [service({ type: "ClusterIP" })], on: web, alone: true },
      {
        name: "an Ingress of one of two classes, and which",
        resources: [raw(T.ingressClass, "x", { metadata: { name: "outside" } }), classed, ingress("inside")],
        on: i,
        property: "spec.ingressClassName",
        path: [classed.urn],
        alone: true,
      },
    ],
    failing: [
      {
        name: "an external address, and what is wanted",
        resources: [service({ externalIPs: ["51.15.0.1"] })],
        on: web,
        property: "spec.externalIPs",
        want: [],
      },
      {
        name: "a load balancer that is private in a manner of speaking",
        resources: [service({ type: "LoadBalancer" }, { [PRIVATE]: "yes" })],
        on: web,
        property: `metadata.annotations["${PRIVATE}"]`,
      },
    ],
    undecided: [
      {
        name: "a class that is not known",
        resources: [classed, ingress(UNKNOWN)],
        on: i,
        property: "spec.ingressClassName",
        alone: true,
      },
      {
        name: "a class beside one whose name is not known",
        resources: [raw(T.ingressClass, "x", { metadata: { name: UNKNOWN } }), ingress("inside")],
        on: i,
        property: "spec.ingressClassName",
      },
    ],
  },
  "K8S-07": {
    passing: [
      {
        name: "gates and plug-ins that only add checks",
        resources: [cluster({ featureGates: ["UserNamespacesSupport"], admissionPlugins: ["AlwaysPullImages"] })],
        on: c,
        property: "featureGates",
        got: ["UserNamespacesSupport"],
      },
      {
        name: "a limit, told by name",
        resources: [raw(T.pool, "p", { kubeletArgs: { maxPods: "64" } })],
        on: urnOf(T.pool, "p"),
        property: "kubeletArgs",
        got: ["maxPods"],
      },
    ],
    failing: [
      {
        name: "a gate beside one that is listed",
        resources: [cluster({ featureGates: ["UserNamespacesSupport", "X"] })],
        on: c,
        property: "featureGates",
      },
      { name: "no version", resources: [cluster({ version: null })], on: c, property: "version" },
      {
        name: "no upgrades, and what is wanted",
        resources: [cluster({ autoUpgrade: { enable: false, maintenanceWindowDay: "any" } })],
        on: c,
        property: "autoUpgrade.enable",
        want: true,
      },
      {
        name: "upgrades on a day of no name",
        resources: [cluster({ autoUpgrade: { enable: true, maintenanceWindowDay: "" } })],
        on: c,
        property: "autoUpgrade.maintenanceWindowDay",
      },
    ],
  },
} as const satisfies Partial<Record<RuleId, MoreCases>>;
