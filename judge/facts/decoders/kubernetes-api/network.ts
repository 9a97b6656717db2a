import type { core, meta, networking } from "@pulumi/kubernetes/types/input.js";
import { type Known, mapKnown } from "../../../../kernel/known.ts";
import type { TransportFact } from "../../fact-edge.ts";
import type { NetworkPolicyFact, PodSelector, TrafficPeer, TrafficPort, TrafficRule } from "../../fact-kubernetes.ts";
import type { ServiceFact, ServicePort } from "../../fact-services.ts";
import type { Reader } from "../../reader.ts";
import { type Decoder, decoder } from "../decoder.ts";
import { inside, nameOf, reading, tokensOf, type WithMetadata } from "./manifest.ts";

/** A target port is a number or a name, both read as text. */
type ServicePorts = Omit<core.v1.ServicePort, "targetPort"> & { readonly targetPort?: string };
type ServiceSpec = Omit<core.v1.ServiceSpec, "ports"> & { readonly ports?: readonly ServicePorts[] };
interface Service extends WithMetadata {
  readonly spec?: ServiceSpec;
}
interface Ingress extends WithMetadata {
  readonly spec?: networking.v1.IngressSpec;
}
/** Rules of both directions: one names its peers `from`, the other `to`. */
type Sides = Omit<networking.v1.NetworkPolicyIngressRule & networking.v1.NetworkPolicyEgressRule, "ports"> & {
  readonly ports?: readonly Port[];
};
/** A number or a name, both read as text. */
type Port = Omit<networking.v1.NetworkPolicyPort, "port"> & { readonly port?: string };
type PolicySpec = Omit<networking.v1.NetworkPolicySpec, "ingress" | "egress"> & {
  readonly ingress?: readonly Sides[];
  readonly egress?: readonly Sides[];
};
interface Policy extends WithMetadata {
  readonly spec?: PolicySpec;
}

/** Before `ingressClassName`, the class was an annotation, which controllers still honour. */
const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

const annotations = (read: Reader<WithMetadata>): Known<Readonly<Record<string, string>>> =>
  inside(read.object("metadata"), (m) => m.map("annotations"), {});

function className(read: Reader<Ingress>): Known<string | undefined> {
  const field = inside(read.object("spec"), (s) => s.text("ingressClassName"), undefined);
  if (!field.known || field.value !== undefined) return field;
  return mapKnown(annotations(read), (all) => all[CLASS_ANNOTATION]);
}

/** A host without an entry of `tls` is answered in clear text; an entry without a secret leaves the certificate to the controller. */
function certificateOf(read: Reader<Ingress>): TransportFact["checks"][number] {
  const tls = inside(read.object("spec"), (s) => s.list("tls"), []);
  const value = mapKnown(tls, (list) => list.length > 0);
  return { property: "spec.tls", value, got: mapKnown(tls, (list) => list.length), want: "a certificate" };
}

function selectorOf(selector: Reader<meta.v1.LabelSelector>): Known<PodSelector> {
  const labels = selector.map("matchLabels");
  const expressions = selector.list("matchExpressions");
  if (!labels.known) return labels;
  return mapKnown(expressions, (list) => ({
    labels: labels.value,
    expressions: list.map((e) => ({ key: e.text("key"), operator: e.text("operator"), values: e.texts("values") })),
  }));
}

const EVERYTHING: PodSelector = { labels: {}, expressions: [] };

function peerOf(at: string, peer: Reader<networking.v1.NetworkPolicyPeer>): TrafficPeer {
  const block = peer.object("ipBlock");
  const chosen = (which: "namespaceSelector" | "podSelector"): Known<PodSelector | undefined> =>
    inside<meta.v1.LabelSelector, PodSelector | undefined>(peer.object(which), selectorOf, undefined);
  return {
    at,
    cidr: inside(block, (b) => b.text("cidr"), undefined),
    except: inside(block, (b) => b.texts("except"), []),
    namespaces: chosen("namespaceSelector"),
    pods: chosen("podSelector"),
  };
}

const portOf = (port: Reader<Port>): TrafficPort => ({
  protocol: port.text("protocol"),
  port: port.text("port"),
  end: port.count("endPort"),
});

function rulesOf(spec: Reader<PolicySpec>, list: "ingress" | "egress"): Known<readonly TrafficRule[]> {
  return mapKnown(spec.list(list), (rules) =>
    rules.map((rule, i) => {
      const at = `spec.${list}[${i}]`;
      const side = list === "ingress" ? "from" : "to";
      const peers = rule.list(side);
      return {
        at,
        peers: mapKnown(peers, (all) => all.map((p, j) => peerOf(`${at}.${side}[${j}]`, p))),
        ports: mapKnown(rule.list("ports"), (all) => all.map(portOf)),
      };
    }),
  );
}

function policyOf(read: Reader<Policy>, urn: string): NetworkPolicyFact {
  const spec = read.object("spec");
  const ingress = reading(spec, "spec.ingress", (s) => rulesOf(s, "ingress"), []);
  const egress = reading(spec, "spec.egress", (s) => rulesOf(s, "egress"), []);
  const written = inside(spec, (s) => s.texts("policyTypes"), []);
  const directions: Known<readonly string[]> =
    written.known && written.value.length === 0
      ? mapKnown(egress.value, (rules) => (rules.length > 0 ? ["Ingress", "Egress"] : ["Ingress"]))
      : written;
  return {
    kind: "network-policy",
    urn,
    selects: reading(
      spec,
      "spec.podSelector",
      (s) => inside(s.object("podSelector"), selectorOf, EVERYTHING),
      EVERYTHING,
    ),
    directions: { property: "spec.policyTypes", value: directions },
    ingress,
    egress,
  };
}

const servicePorts = (spec: Reader<ServiceSpec>): Known<readonly ServicePort[]> =>
  mapKnown(spec.list("ports"), (ports) =>
    ports.map((port, i) => ({
      at: `spec.ports[${i}]`,
      protocol: port.text("protocol"),
      port: port.count("port"),
      target: port.text("targetPort"),
      nodePort: port.count("nodePort"),
    })),
  );

function serviceOf(read: Reader<Service>, urn: string): ServiceFact {
  const spec = read.object("spec");
  const text = (name: "type" | "loadBalancerIP" | "externalTrafficPolicy", absent?: string) =>
    reading<ServiceSpec, string | undefined>(spec, `spec.${name}`, (s) => s.text(name), absent);
  return {
    kind: "service",
    urn,
    type: text("type", "ClusterIP"),
    annotations: { property: "metadata.annotations", value: annotations(read) },
    externalIps: reading(spec, "spec.externalIPs", (s) => s.texts("externalIPs"), []),
    selector: reading(spec, "spec.selector", (s) => s.map("selector"), {}),
    ports: reading(spec, "spec.ports", servicePorts, []),
    balancerAddress: text("loadBalancerIP"),
    allocatesNodePorts: reading<ServiceSpec, boolean | undefined>(
      spec,
      "spec.allocateLoadBalancerNodePorts",
      (s) => s.flag("allocateLoadBalancerNodePorts"),
      undefined,
    ),
    externalTraffic: text("externalTrafficPolicy"),
  };
}

export const networkObjectDecoders: readonly Decoder[] = [
  ...tokensOf("Service").map((type) => decoder<Service>(type, (read, { urn }) => [serviceOf(read, urn)])),

  ...tokensOf("Ingress").map((type) =>
    decoder<Ingress>(type, (read, { urn }) => [
      { kind: "ingress", urn, className: { property: "spec.ingressClassName", value: className(read) } },
      { kind: "transport", urn, checks: [certificateOf(read)] },
    ]),
  ),

  ...tokensOf("IngressClass").map((type) =>
    decoder<WithMetadata>(type, (read, { urn }) => [
      { kind: "ingress-class", urn, name: nameOf(read.object("metadata")) },
    ]),
  ),

  ...tokensOf("NetworkPolicy").map((type) => decoder<Policy>(type, (read, { urn }) => [policyOf(read, urn)])),
];
