import { describe, expect, it } from "vitest";
import { estateOf } from "../../../judge/facts/estate.ts";
import { type RawObject, type RawResource, UNKNOWN } from "../../../judge/facts/raw.ts";
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
});
