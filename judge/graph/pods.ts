import type { Known } from "../../kernel/known.ts";
import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import type { NetworkPolicyFact, PodFact, TrafficPeer, TrafficRule } from "../facts/fact-kubernetes.ts";
import { namespaceLink, namespaceOf, placed } from "../facts/kubernetes-scope.ts";
import { readRange } from "./addresses.ts";
import type { Ground } from "./model.ts";
import { ANY_PORT, type Box, boxOf, NONE, type Packets, packets, subtract, union } from "./packets.ts";
import { meetPorts, portOf } from "./pod-ports.ts";
import { type Answer, selects } from "./pod-selectors.ts";

/**
 * What network policies let pods send and take.
 *
 * Modelled, as Kubernetes and cilium do: a direction in which no policy selects a pod is open, everything else is what some rule of a selecting
 * policy lists; policies add up; peers by pod and namespace labels, by address ranges with exceptions; a connection between two pods needs both
 * sides. What is not known of a policy opens; a policy of which the selection, the namespace or the directions are not known restricts nobody. Pods in the
 * host's network are as free as their node. Not modelled: policies of cilium's own kinds, service meshes, named ports (every port), DNS.
 */
export interface Pods {
  readonly all: readonly Pod[];
  /** Whether one may open a connection to the other, and by what. */
  readonly between: (from: Pod, to: Pod) => Contact | undefined;
  /** What a pod may send out of its cluster, whatever the addresses of pods. */
  readonly leaving: (from: Pod) => Contact | undefined;
  /** Whether pods of other namespaces may call it at all: cheap, so asked before all pairs are. */
  readonly hearsOthers: (to: Pod) => boolean;
}

export interface Pod {
  /** URN of the workload. */
  readonly id: string;
  readonly cluster: string;
  readonly namespace: Known<string>;
  readonly labels: Known<Readonly<Record<string, string>>>;
  readonly namespaceLabels: Known<Readonly<Record<string, string>>> | undefined;
  readonly free: boolean;
}

export interface Contact {
  readonly packets: Packets;
  /** Policy and rule that let it, or the pod itself where nothing restricts it. */
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
}

type Direction = "Ingress" | "Egress";

const EVERYTHING: Packets = packets([boxOf(4, {}), boxOf(6, {})]);

interface PlacedPolicy {
  readonly fact: NetworkPolicyFact;
  readonly cluster: string;
  readonly namespace: Known<string>;
}

export function podsOf(estate: Estate): Pods {
  const policies = placed("network-policy", estate).map(
    ({ fact, object }): PlacedPolicy => ({ fact, cluster: object.cluster, namespace: namespaceOf(object, estate) }),
  );
  const all = placed("pod", estate).map(({ fact, object }): Pod => {
    const pod = podOf(fact, object.cluster, namespaceOf(object, estate), labelsAt(object, estate));
    return enforces(object.cluster, estate) ? pod : { ...pod, free: true };
  });
  const byNamespace = new Map<string, PlacedPolicy[]>();
  for (const policy of policies) {
    if (!policy.namespace.known) continue;
    const place = `${policy.cluster} ${policy.namespace.value}`;
    push(byNamespace, place, policy);
  }
  const memo: Readonly<Record<Direction, Map<string, readonly PlacedPolicy[]>>> = {
    Ingress: new Map(),
    Egress: new Map(),
  };
  const over = (pod: Pod, direction: Direction): readonly PlacedPolicy[] | undefined => {
    if (pod.free || !pod.namespace.known) return undefined;
    const near = byNamespace.get(`${pod.cluster} ${pod.namespace.value}`) ?? [];
    const own = memo[direction].get(pod.id) ?? near.filter((policy) => governs(policy, pod, direction));
    memo[direction].set(pod.id, own);
    return own.length === 0 ? undefined : own;
  };
  return {
    all,
    between: (from, to) => {
      if (from.cluster !== to.cluster) return undefined;
      const out = contact(over(from, "Egress"), "Egress", from, (peer, policy) => isPeer(peer, to, policy));
      if (out === undefined) return undefined;
      const into = contact(over(to, "Ingress"), "Ingress", to, (peer, policy) => isPeer(peer, from, policy));
      if (into === undefined) return undefined;
      // The narrower side tells why it is open.
      const narrow = over(to, "Ingress") === undefined ? out : into;
      return { ...narrow, packets: meetPorts(out.packets, into.packets), ground: worse(out.ground, into.ground) };
    },
    leaving: (from) => contact(over(from, "Egress"), "Egress", from, undefined),
    hearsOthers: (to) => over(to, "Ingress")?.some(({ fact }) => isWide(fact)) !== false,
  };
}

/** Whether a policy's ingress names anybody beside pods of its own namespace. */
function isWide({ ingress }: NetworkPolicyFact): boolean {
  if (!ingress.value.known) return true;
  return ingress.value.value.some(
    ({ peers }) =>
      !peers.known ||
      peers.value.length === 0 ||
      peers.value.some((p) => !p.cidr.known || !p.namespaces.known || p.namespaces.value !== undefined),
  );
}

const ENFORCING: ReadonlySet<string> = new Set(["cilium", "cilium_native", "calico"]);

/** Whether the cluster behind a provider has a network plug-in that knows policies; a cluster that is not in the file is taken to. */
function enforces(provider: string, estate: Estate): boolean {
  const suppliers = Object.values(estate.resource(provider)?.raw.propertyDependencies ?? {}).flat();
  return suppliers.every((urn) => {
    const cni = estate.factOf("cluster-network", urn)?.cni.value;
    return cni === undefined || (cni.known && ENFORCING.has(cni.value ?? ""));
  });
}

const worse = (a: Ground, b: Ground): Ground => (a === "unresolved" || b === "unresolved" ? "unresolved" : "stated");

const podOf = (
  fact: PodFact,
  cluster: string,
  namespace: Known<string>,
  namespaceLabels: Pod["namespaceLabels"],
): Pod => ({
  id: fact.urn,
  cluster,
  namespace,
  labels: fact.labels,
  namespaceLabels,
  free: !(fact.hostNetwork.value.known && fact.hostNetwork.value.value !== true),
});

function labelsAt(object: Parameters<typeof namespaceLink>[0], estate: Estate): Pod["namespaceLabels"] {
  const link = namespaceLink(object, estate);
  return link.kind === "found" ? link.fact.labels.value : undefined;
}

/** Surely for this pod: everything else restricts nobody. */
function governs({ fact, cluster, namespace }: PlacedPolicy, pod: Pod, direction: Direction): boolean {
  const directions = fact.directions.value;
  return (
    cluster === pod.cluster &&
    namespace.known &&
    pod.namespace.known &&
    namespace.value === pod.namespace.value &&
    directions.known &&
    directions.value.includes(direction) &&
    fact.selects.value.known &&
    selects(fact.selects.value.value, pod.labels) === "yes"
  );
}

/** Whether a peer of a rule means a pod; ranges mean no pods of the cluster. */
function isPeer(peer: TrafficPeer, pod: Pod, policy: PlacedPolicy): Answer {
  if (peer.cidr.known && peer.cidr.value !== undefined) return "no";
  if (!peer.cidr.known || !peer.namespaces.known || !peer.pods.known) return "perhaps";
  const { value: namespaces } = peer.namespaces;
  const inside: Answer =
    namespaces === undefined
      ? !policy.namespace.known || !pod.namespace.known
        ? "perhaps"
        : policy.namespace.value === pod.namespace.value
          ? "yes"
          : "no"
      : selects(namespaces, pod.namespaceLabels);
  const chosen = peer.pods.value === undefined ? "yes" : selects(peer.pods.value, pod.labels);
  return inside === "no" || chosen === "no" ? "no" : inside === "yes" && chosen === "yes" ? "yes" : "perhaps";
}

type Fits = (peer: TrafficPeer, policy: PlacedPolicy) => Answer;

/** What the policies over a pod let pass in one direction: to or from a pod that `fits`, or, without it, outside of the cluster. */
function contact(
  policies: readonly PlacedPolicy[] | undefined,
  direction: Direction,
  pod: Pod,
  fits: Fits | undefined,
): Contact | undefined {
  if (policies === undefined) return { packets: EVERYTHING, by: pod.id, property: "networkPolicy", ground: "stated" };
  let found: Contact | undefined;
  for (const policy of policies) {
    const rules = direction === "Egress" ? policy.fact.egress : policy.fact.ingress;
    if (!rules.value.known) {
      found ??= { packets: EVERYTHING, by: policy.fact.urn, property: rules.property, ground: "unresolved" };
      continue;
    }
    for (const rule of rules.value.value) {
      const passed = passing(rule, policy, fits);
      if (passed === undefined) continue;
      const sure = passed.sure ? "stated" : "unresolved";
      if (found === undefined)
        found = { packets: passed.packets, by: policy.fact.urn, property: rule.at, ground: sure };
      else
        found = {
          ...found,
          packets: union(found.packets, passed.packets),
          ground: found.ground === "stated" ? "stated" : sure,
        };
    }
  }
  return found;
}

function passing(
  rule: TrafficRule,
  policy: PlacedPolicy,
  fits: Fits | undefined,
): { packets: Packets; sure: boolean } | undefined {
  const ports = rule.ports.known
    ? rule.ports.value.map(portOf)
    : [{ protocol: undefined, ports: ANY_PORT, sure: false }];
  const over = (to: Partial<Omit<Box, "family">>, family: 4 | 6): readonly Box[] =>
    ports.length === 0
      ? [boxOf(family, to)]
      : ports.map(({ protocol, ports: span }) =>
          boxOf(family, { ...to, ...(protocol === undefined ? {} : { protocol }), toPort: span }),
        );
  const everywhere = packets(([4, 6] as const).flatMap((family) => over({}, family)));
  const known = ports.every((port) => port.sure);
  if (!rule.peers.known) return { packets: everywhere, sure: false };
  if (rule.peers.value.length === 0) return { packets: everywhere, sure: known };
  let set: Packets = NONE;
  let sure = false;
  for (const peer of rule.peers.value) {
    const answer = fits?.(peer, policy);
    if (answer === "yes" || answer === "perhaps") {
      set = union(set, everywhere);
      sure ||= answer === "yes" && known;
    }
    if (fits !== undefined) continue;
    const range = peer.cidr.known ? (peer.cidr.value === undefined ? undefined : readRange(peer.cidr.value)) : "any";
    if (range === undefined) continue;
    if (range === "any") {
      set = union(set, everywhere);
      continue;
    }
    const except = peer.except.known ? peer.except.value.flatMap((text) => readRange(text) ?? []) : [];
    const holes = packets(except.map((hole) => boxOf(hole.family, { to: hole.range })));
    set = union(set, subtract(packets(over({ to: range.range }, range.family)), holes));
    sure ||= known;
  }
  return set.boxes.length === 0 ? undefined : { packets: set, sure };
}
