import { type RawObject, type RawResource, UNKNOWN } from "../../../judge/facts/raw.ts";
import type { RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { K, podSpec } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import type { MoreCases } from "../../harness/rule-cases.ts";
import { T } from "../../harness/types.ts";
import { acls, gateway, net, netUrn, serves, vpc } from "../../harness/wires.ts";

/** Ways of workloads out of their cluster, and into it: what policies and Services open, and what only looks as if. */
const NODES = "10.0.0.0/24";
const cluster = raw(
  T.cluster,
  "k8s",
  { region: "fr-par", cni: "cilium", privateNetworkId: "fr-par/nodes" },
  { id: "fr-par/k8s" },
);
const provider = raw(K.provider, "in-k8s", { kubeconfig: "x" }, { dependsOn: { kubeconfig: [cluster.urn] }, id: "p" });
const under = { provider: provider.urn };
const ground = [
  vpc("v"),
  net("nodes", "compute", { v4: NODES }),
  ...acls("v"),
  gateway("g"),
  serves("g", "nodes"),
  cluster,
  provider,
];
const space = (name: string, labels: RawObject = { "data-class": "health-pseudo", permit: name }): RawResource =>
  raw(K.namespace, name, { metadata: { name, labels } }, under);
const pod = (name: string, namespace: string, labels: RawObject = {}, over: RawObject = {}): RawResource =>
  raw(K.pod, name, { metadata: { name, namespace, labels: { app: name, ...labels } }, spec: podSpec(over) }, under);
const policy = (name: string, namespace: string, spec: RawObject): RawResource =>
  raw(K.networkPolicy, name, { metadata: { name, namespace }, spec: { podSelector: {}, ...spec } }, under);
const closed = (namespace: string, over: RawObject = {}): RawResource =>
  policy(`closed-${namespace}`, namespace, { policyTypes: ["Ingress", "Egress"], ...over });
const out = (name: string, namespace: string, to: readonly RawObject[], over: RawObject = {}): RawResource =>
  policy(name, namespace, { policyTypes: ["Egress"], egress: [{ to: [...to] }], ...over });
const service = (name: string, namespace: string, spec: RawObject, annotations: RawObject = {}): RawResource =>
  raw(K.service, name, { metadata: { name, namespace, annotations }, spec }, under);

const one = [...ground, space("one"), pod("a", "one")];
const podUrn = (name: string): string => urnOf(K.pod, name);
const policyUrn = (name: string): string => urnOf(K.networkPolicy, name);
const reach = { on: podUrn("a"), property: "reach" };
const PROXY = [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "egress" } } }];
const EDGE = { tier: "dmz", "data-class": "technical" };
const ANYWHERE = [{ ipBlock: { cidr: "0.0.0.0/0" } }];
const proxy = [
  space("egress", EDGE),
  pod("proxy", "egress", EDGE),
  closed("egress"),
  out("proxy-out", "egress", ANYWHERE),
];
const nat = (policyOrPod: string, property: string, from = "a") => ({
  way: [
    { kind: "pod", from: podUrn(from), to: netUrn("nodes"), by: policyOrPod, property },
    {
      kind: "nat",
      from: netUrn("nodes"),
      to: urnOf(T.gateway, "g"),
      by: urnOf(T.attachment, "g-nodes"),
      property: "ipamConfigs",
    },
    {
      kind: "nat",
      from: urnOf(T.gateway, "g"),
      to: "internet",
      by: urnOf(T.attachment, "g-nodes"),
      property: "enableMasquerade",
    },
  ],
});

const leaving: MoreCases = {
  passing: [
    { name: "a workload whose egress is denied", resources: [...one, closed("one")], ...reach },
    {
      name: "a workload that calls the proxy, which leaves",
      resources: [...one, closed("one"), out("to-proxy", "one", PROXY), ...proxy],
      ...reach,
    },
    {
      name: "a workload that may send to addresses of its own network alone",
      resources: [...one, out("near", "one", [{ ipBlock: { cidr: NODES } }])],
      ...reach,
    },
    {
      name: "everywhere but everywhere",
      resources: [
        ...one,
        out("far", "one", [{ ipBlock: { cidr: "0.0.0.0/0", except: ["0.0.0.0/1", "128.0.0.0/1"] } }]),
      ],
      ...reach,
    },
    {
      name: "a way out of other pods of its namespace",
      resources: [...one, closed("one"), out("far", "one", ANYWHERE, { podSelector: { matchLabels: { app: "b" } } })],
      ...reach,
    },
    {
      name: "nodes without a way out",
      resources: [...one.filter((r) => r.type !== T.attachment)],
      ...reach,
    },
  ],
  failing: [
    {
      name: "a workload without a policy",
      resources: one,
      ...reach,
      got: nat(podUrn("a"), "networkPolicy"),
    },
    {
      name: "a policy for pods of another name",
      resources: [...one, closed("one", { podSelector: { matchLabels: { app: "A" } } })],
      ...reach,
    },
    {
      name: "a policy of the namespace next to it",
      resources: [...one, space("two"), closed("two")],
      ...reach,
    },
    { name: "a policy of one direction", resources: [...one, closed("one", { policyTypes: ["Ingress"] })], ...reach },
    {
      name: "a range that somebody widened",
      resources: [...one, closed("one"), out("far", "one", ANYWHERE)],
      ...reach,
      got: nat(policyUrn("far"), "spec.egress[0]"),
    },
    {
      name: "one public address",
      resources: [...one, closed("one"), out("far", "one", [{ ipBlock: { cidr: "203.0.113.7/32" } }])],
      ...reach,
    },
    {
      name: "a workload on its node's network",
      resources: [...ground, space("one"), pod("a", "one", {}, { hostNetwork: true }), closed("one")],
      ...reach,
      got: nat(podUrn("a"), "spec.hostNetwork"),
    },
    {
      name: "a cluster whose plug-in enforces nothing",
      resources: [
        ...one.filter((r) => r !== cluster),
        { ...cluster, inputs: { ...cluster.inputs, cni: "flannel" } },
        closed("one"),
      ],
      ...reach,
      got: nat(cluster.urn, "cni"),
    },
  ],
  undecided: [
    {
      name: "a policy whose rules are not known",
      resources: [...one, policy("out", "one", { policyTypes: ["Egress"], egress: UNKNOWN })],
      ...reach,
    },
    {
      name: "a cluster that is not in the file",
      resources: [{ ...provider, propertyDependencies: {} }, space("one"), pod("a", "one")],
      ...reach,
    },
  ],
};

const FRONT = { type: "LoadBalancer", selector: { app: "a" }, ports: [{ port: 443 }] };
const PRIVATE = { "service.beta.kubernetes.io/scw-loadbalancer-private": "true" };
const from = (cidr: string): RawObject => ({ ingress: [{ from: [{ ipBlock: { cidr } }] }] });

export const workloadWays: Partial<Record<RuleId, MoreCases>> = {
  G1: {
    ...leaving,
    failing: [
      ...(leaving.failing ?? []),
      {
        name: "a workload that calls itself the edge in a space",
        resources: [...ground, space("one", { tier: "compute", "data-class": "health-pseudo" }), pod("a", "one", EDGE)],
        ...reach,
      },
    ],
  },
  G9: leaving,
  G2: {
    passing: [
      {
        name: "a public Service of pods that let nobody in",
        resources: [...one, closed("one"), service("s", "one", FRONT)],
        ...reach,
      },
      { name: "a Service in the private network", resources: [...one, service("s", "one", FRONT, PRIVATE)], ...reach },
      {
        name: "a public Service of pods that let only the inside in",
        resources: [
          ...one,
          closed("one", from("192.168.0.0/16")),
          service("s", "one", { ...FRONT, externalTrafficPolicy: "Local" }),
        ],
        ...reach,
      },
    ],
    failing: [
      {
        name: "a public Service",
        resources: [...one, service("s", "one", FRONT)],
        ...reach,
        got: {
          way: [
            {
              kind: "service",
              from: "internet",
              to: urnOf(K.service, "s"),
              by: urnOf(K.service, "s"),
              property: "spec.type",
            },
            { kind: "pod", from: urnOf(K.service, "s"), to: podUrn("a"), by: podUrn("a"), property: "networkPolicy" },
          ],
        },
      },
      {
        name: "a public Service of pods that let everybody in",
        resources: [...one, closed("one", from("0.0.0.0/0")), service("s", "one", FRONT)],
        ...reach,
      },
      {
        name: "an annotation that says almost private",
        resources: [...one, service("s", "one", FRONT, { ...PRIVATE, [Object.keys(PRIVATE)[0] ?? ""]: "yes" })],
        ...reach,
      },
    ],
    undecided: [
      {
        name: "a Service whose type is not known",
        resources: [...one, service("s", "one", { ...FRONT, type: UNKNOWN })],
        ...reach,
      },
    ],
  },
  G8: {
    passing: [{ name: "a workload that may send to its own nodes", resources: [...one, closed("one")], ...reach }],
    failing: [
      {
        name: "a port of the nodes that leads to another permit's pods, which the policy between pods does not allow",
        resources: [
          ...one,
          out("near", "one", [{ ipBlock: { cidr: NODES } }]),
          space("two"),
          pod("b", "two"),
          closed("two", from(NODES)),
          service("s", "two", { type: "NodePort", selector: { app: "b" }, ports: [{ port: 80, nodePort: 30080 }] }),
        ],
        ...reach,
        passes: "rights",
      },
    ],
  },
};
