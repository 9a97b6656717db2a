import { describe, expect, it } from "vitest";
import { estateOf } from "../../../judge/facts/estate.ts";
import { type RawObject, type RawResource, UNKNOWN } from "../../../judge/facts/raw.ts";
import { intoPodsFromInternet } from "../../../judge/graph/pod-doors.ts";
import { reachFromPod } from "../../../judge/graph/pod-reach.ts";
import { K, podSpec } from "../../harness/kubernetes.ts";
import { raw, urnOf } from "../../harness/raw.ts";
import { T } from "../../harness/types.ts";
import { acls, gateway, net, netUrn, serves, vpc } from "../../harness/wires.ts";

const cluster = raw(
  T.cluster,
  "k8s",
  { region: "fr-par", cni: "cilium", privateNetworkId: "fr-par/nodes" },
  { id: "fr-par/k8s" },
);
const provider = raw(K.provider, "in-k8s", { kubeconfig: "x" }, { dependsOn: { kubeconfig: [cluster.urn] }, id: "p" });
const under = { provider: provider.urn };
const space = (name: string, labels: RawObject = {}): RawResource =>
  raw(K.namespace, name, { metadata: { name, labels } }, under);
const pod = (name: string, namespace: string, over: RawObject = {}): RawResource =>
  raw(K.pod, name, { metadata: { name, namespace, labels: { app: name } }, spec: podSpec(over) }, under);
const policy = (name: string, namespace: string, spec: RawObject): RawResource =>
  raw(K.networkPolicy, name, { metadata: { name, namespace }, spec: { podSelector: {}, ...spec } }, under);
const closed = (namespace: string): RawResource =>
  policy(`closed-${namespace}`, namespace, { policyTypes: ["Ingress", "Egress"] });
const ground = [
  vpc("v"),
  net("nodes", "compute", { v4: "10.0.0.0/24" }),
  net("data", "data", { v4: "10.0.1.0/24" }),
  ...acls("v"),
  gateway("g"),
  serves("g", "nodes"),
  cluster,
  provider,
];
const two = [space("one", { team: "a" }), space("two"), pod("a", "one"), pod("b", "two")];
const to = (...names: string[]) => names.map((name) => urnOf(K.pod, name));
const reached = (resources: readonly RawResource[], from = "a"): readonly string[] => {
  const { arrivals } = reachFromPod(estateOf("gate", resources), urnOf(K.pod, from));
  return [...new Set(arrivals.map((a) => `${a.to}${a.ground === "unresolved" ? " perhaps" : ""}`))].sort();
};
const egress = (...rules: RawObject[]): RawObject => ({ policyTypes: ["Egress"], egress: rules });

describe("pods", () => {
  it("without policies reach each other and, by their node, the internet", () => {
    expect(reached([...ground, ...two])).toEqual(["internet", ...to("b")].sort());
  });

  it("reach nothing when nothing is allowed", () => {
    expect(reached([...ground, ...two, closed("one")])).toEqual([]);
  });

  it("are not reached when the other side lets nobody in", () => {
    expect(reached([...ground, ...two, closed("two")])).toEqual(["internet"]);
  });

  it.each<readonly [string, RawResource, readonly string[]]>([
    ["reach by a namespace's name, which the server makes a label of", space("one", { team: "a" }), to("b")],
    ["do not by another name", space("one", { team: "a" }), []],
    [
      "perhaps do, where its name is not known yet",
      raw(K.namespace, "one", { metadata: { name: UNKNOWN } }, under),
      [],
    ],
  ])("%s", (name, own, expected) => {
    const wanted = name.includes("another") ? "three" : "one";
    const open = policy("in", "two", {
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": wanted } } }] }],
    });
    const unknownName = name.startsWith("perhaps");
    const found = reached([...ground, own, space("two"), pod("a", "one"), pod("b", "two"), closed("two"), open]);
    expect(found).toEqual(
      unknownName ? ["internet", `${to("b")[0]} perhaps`].sort() : ["internet", ...expected].sort(),
    );
  });

  it("reach by labels of namespaces and pods", () => {
    const open = policy("in", "two", {
      policyTypes: ["Ingress"],
      ingress: [
        { from: [{ namespaceSelector: { matchLabels: { team: "a" } }, podSelector: { matchLabels: { app: "a" } } }] },
      ],
    });
    const out = policy(
      "out",
      "one",
      egress({ to: [{ namespaceSelector: {} }], ports: [{ protocol: "TCP", port: 443 }] }),
    );
    const found = reachFromPod(
      estateOf("gate", [...ground, ...two, closed("two"), open, out]),
      urnOf(K.pod, "a"),
    ).arrivals;
    expect(
      found.map((a) => [
        a.to,
        a.packets.boxes[0]?.toPort,
        a.path.map((h) => `${h.by.split("::").at(-1)}.${h.property}`),
      ]),
    ).toEqual([[urnOf(K.pod, "b"), [443, 443], ["in.spec.ingress[0]"]]]);
    const other = policy("in", "two", {
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: "b" } } }] }],
    });
    expect(reached([...ground, ...two, closed("two"), other, out])).toEqual([]);
  });

  it("leave to ranges less their exceptions", () => {
    const out = (except: readonly string[]) =>
      policy("out", "one", egress({ to: [{ ipBlock: { cidr: "0.0.0.0/0", except } }] }));
    expect(reached([...ground, ...two, out([])])).toEqual(["internet"]);
    expect(reached([...ground, ...two, out(["0.0.0.0/1", "128.0.0.0/1"])])).toEqual([]);
  });

  it("on the host's network are as free as the node", () => {
    expect(reached([...ground, space("one"), pod("a", "one", { hostNetwork: true }), closed("one")])).toEqual([
      "internet",
    ]);
  });

  it("under a policy that is not known are free, perhaps", () => {
    const unknown = policy("out", "one", { policyTypes: ["Egress"], egress: UNKNOWN });
    expect(reached([...ground, ...two, unknown])).toEqual(["internet perhaps", `${urnOf(K.pod, "b")} perhaps`].sort());
    const whose = policy("out", "one", { podSelector: UNKNOWN, policyTypes: ["Egress"] });
    expect(reached([...ground, ...two, whose])).toEqual(["internet", ...to("b")].sort());
  });

  it("of a cluster that is not in the file leave nobody knows where", () => {
    const alone = { ...provider, propertyDependencies: {} };
    const estate = [space("one"), pod("a", "one"), alone];
    expect(reached(estate)).toEqual(["elsewhere perhaps"]);
  });

  it("don't reach what the filter keeps their nodes from", () => {
    expect(reached([...ground, ...two])).not.toContain(netUrn("data"));
  });

  it("leave by their node's own address, whatever few addresses they may send to", () => {
    const out = policy("out", "one", egress({ to: [{ ipBlock: { cidr: "203.0.113.7/32" } }] }));
    const pool = raw(
      T.pool,
      "workers",
      { clusterId: "fr-par/k8s", publicIpDisabled: false, zone: "fr-par-1" },
      { id: "fr-par/workers" },
    );
    const shut = ground.filter((r) => r.type !== T.attachment);
    expect(reached([...shut, ...two, out])).toEqual([]);
    expect(reached([...shut, ...two, out, pool])).toEqual(["internet"]);
  });
});

describe("Services", () => {
  const service = (spec: RawObject, annotations: RawObject = {}): RawResource =>
    raw(K.service, "s", { metadata: { name: "s", namespace: "two", annotations }, spec }, under);
  const front = { selector: { app: "b" }, ports: [{ port: 443, targetPort: 8443 }] };
  const PRIVATE = { "service.beta.kubernetes.io/scw-loadbalancer-private": "true" };
  const inside = [...ground, space("two"), pod("b", "two")];
  const fromInternet = (resources: readonly RawResource[]) =>
    intoPodsFromInternet(estateOf("gate", resources)).map((a) => [
      a.to,
      a.packets.boxes[0]?.toPort,
      a.path.map((h) => `${h.by.split("::").at(-1)}.${h.property}`),
      a.ground,
    ]);
  const open = (cidr: string) =>
    policy("in", "two", { policyTypes: ["Ingress"], ingress: [{ from: [{ ipBlock: { cidr } }] }] });

  it("of a public load balancer let the internet in, as far as the pods' policies do", () => {
    const door = service({ ...front, type: "LoadBalancer", externalTrafficPolicy: "Local" });
    const b = to("b")[0];
    expect(fromInternet([...inside, door])).toEqual([[b, [8443, 8443], ["s.spec.type", "b.networkPolicy"], "stated"]]);
    expect(fromInternet([...inside, door, closed("two")])).toEqual([]);
    expect(fromInternet([...inside, door, open("10.0.0.0/8")])).toEqual([]);
    expect(fromInternet([...inside, door, open("203.0.113.0/24")])).toEqual([
      [b, [8443, 8443], ["s.spec.type", "in.spec.ingress[0]"], "stated"],
    ]);
  });

  it("that hide their callers behind a node are open to whom a node may be", () => {
    const door = service({ ...front, type: "LoadBalancer" });
    expect(fromInternet([...inside, door, open("10.0.0.0/24")]).map(([pod]) => pod)).toEqual(to("b"));
  });

  it.each<readonly [string, RawObject, RawObject, boolean | "unresolved"]>([
    ["private", { ...front, type: "LoadBalancer" }, PRIVATE, false],
    ["of the cluster alone", front, {}, false],
    ["of a port of the nodes", { ...front, type: "NodePort" }, {}, false],
    ["of other pods", { ...front, type: "LoadBalancer", selector: { app: "c" } }, {}, false],
    ["without labels", { type: "LoadBalancer", ports: front.ports }, {}, false],
    ["of a type that is not known", { ...front, type: UNKNOWN }, {}, "unresolved"],
  ])("%s: from the internet or not", (_, spec, annotations, expected) => {
    const [found] = fromInternet([...inside, service(spec, annotations)]);
    expect(found === undefined ? false : found[3] === "unresolved" ? "unresolved" : true).toBe(expected);
  });

  it.each<readonly [string, RawObject, readonly string[]]>([
    ["a port of the nodes", { ...front, type: "NodePort" }, to("b")],
    ["a private load balancer", { ...front, type: "LoadBalancer", allocateLoadBalancerNodePorts: false }, to("b")],
    ["a Service of the cluster alone", front, []],
  ])("are called from another cluster's pods by %s", (_, spec, expected) => {
    const other = raw(
      T.cluster,
      "k9s",
      { region: "fr-par", cni: "cilium", privateNetworkId: "fr-par/far" },
      { id: "fr-par/k9s" },
    );
    const into = raw(K.provider, "in-k9s", { kubeconfig: "x" }, { dependsOn: { kubeconfig: [other.urn] }, id: "q" });
    const abroad = { provider: into.urn };
    const caller = [
      raw(K.namespace, "far-space", { metadata: { name: "one" } }, abroad),
      raw(K.pod, "a", { metadata: { name: "a", namespace: "one", labels: {} }, spec: podSpec() }, abroad),
    ];
    const near = ground.filter((r) => r.type !== T.acl);
    const nets = [...near, net("far", "compute", { v4: "10.0.2.0/24" }), other, into, ...caller];
    const found = (more: readonly RawResource[]) =>
      reached([...nets, space("two"), pod("b", "two"), service(spec, PRIVATE), ...more]).filter((id) =>
        id.includes("Pod"),
      );
    expect(found([])).toEqual(expected);
    expect(found([closed("two")])).toEqual([]);
  });

  it("are no matter to a pod on its node's network, which answers by itself", () => {
    const hosted = pod("b", "two", { hostNetwork: true });
    const found = reached([...ground, space("one"), space("two"), pod("a", "one"), hosted, closed("two")]);
    expect(found).toContain(to("b")[0]);
  });
});
