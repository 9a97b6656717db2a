import { type Known, mapKnown } from "../../kernel/known.ts";
import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import type { NetworkPolicyFact, PodFact } from "../facts/fact-kubernetes.ts";
import { namespaceLink, namespaceOf, placed } from "../facts/kubernetes-scope.ts";
import { perEstate } from "../facts/per-estate.ts";
import type { Ground } from "./model.ts";
import {
  type Contact,
  contact,
  type Direction,
  isPeer,
  NAME_LABEL,
  type Opener,
  type PlacedPolicy,
  type Pod,
} from "./pod-contact.ts";
import { meetPorts } from "./pod-ports.ts";
import { selects } from "./pod-selectors.ts";

/**
 * What network policies let pods send and take.
 *
 * Modelled, as Kubernetes and cilium do: a direction in which no policy selects a pod is open, everything else is what some rule of a selecting
 * policy lists; policies add up; peers by pod and namespace labels (the name's own among them), by address ranges with exceptions; a connection between two pods needs both
 * sides. What is not known of a policy opens; a policy of which the selection, the namespace or the directions are not known restricts nobody. Pods in the
 * host's network are as free as their node. Not modelled: policies of cilium's own kinds, service meshes, named ports (every port), DNS.
 */
export interface Pods {
  readonly all: readonly Pod[];
  /** Whether one may open a connection to the other, and by what. */
  readonly between: (from: Pod, to: Pod) => Contact | undefined;
  /** What a pod may send out of its cluster, whatever the addresses of pods. */
  readonly leaving: (from: Pod) => Contact | undefined;
  /** What it takes from outside of its cluster, by the address of who calls. */
  readonly entering: (to: Pod) => Contact | undefined;
  /** Whether pods of other namespaces may call it at all: cheap, so asked before all pairs are. */
  readonly hearsOthers: (to: Pod) => boolean;
}

/** The pods of an estate, joined once. */
export const pods = perEstate((estate): Pods => {
  const policies = placed("network-policy", estate).map(
    ({ fact, object }): PlacedPolicy => ({ fact, cluster: object.cluster, namespace: namespaceOf(object, estate) }),
  );
  const all = placed("pod", estate).map(({ fact, object }): Pod => {
    const pod = podOf(fact, object.cluster, namespaceOf(object, estate), labelsAt(object, estate));
    const loose = unenforced(object.cluster, estate);
    return pod.free !== undefined || loose === undefined ? pod : { ...pod, free: loose };
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
    if (pod.free !== undefined || !pod.namespace.known) return undefined;
    const before = memo[direction].get(pod.id);
    if (before !== undefined) return before.length === 0 ? undefined : before;
    const near = byNamespace.get(`${pod.cluster} ${pod.namespace.value}`) ?? [];
    const own = near.filter((policy) => governs(policy, pod, direction));
    memo[direction].set(pod.id, own);
    return own.length === 0 ? undefined : own;
  };
  const outside: Readonly<Record<Direction, Map<string, { readonly contact: Contact | undefined }>>> = {
    Ingress: new Map(),
    Egress: new Map(),
  };
  /** Several rules ask it of every pod. */
  const withOutside = (pod: Pod, direction: Direction): Contact | undefined => {
    const before = outside[direction].get(pod.id);
    if (before !== undefined) return before.contact;
    const found = contact(over(pod, direction), direction, pod, undefined);
    outside[direction].set(pod.id, { contact: found });
    return found;
  };
  return {
    all,
    between: (from, to) => {
      if (from.cluster !== to.cluster) return undefined;
      // Who is heard is mostly fewer than who is called: it is asked first.
      const into = contact(over(to, "Ingress"), "Ingress", to, (peer, policy) => isPeer(peer, from, policy));
      if (into === undefined) return undefined;
      const out = contact(over(from, "Egress"), "Egress", from, (peer, policy) => isPeer(peer, to, policy));
      if (out === undefined) return undefined;
      // The narrower side tells why it is open.
      const narrow = over(to, "Ingress") === undefined ? out : into;
      return { ...narrow, packets: meetPorts(out.packets, into.packets), ground: worse(out.ground, into.ground) };
    },
    leaving: (from) => withOutside(from, "Egress"),
    entering: (to) => withOutside(to, "Ingress"),
    hearsOthers: (to) => over(to, "Ingress")?.some(({ fact }) => isWide(fact)) !== false,
  };
});

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

/** What leaves a cluster's policies without effect: a plug-in that knows none. A cluster that is not in the file is taken to have one. */
function unenforced(provider: string, estate: Estate): Opener | undefined {
  for (const urn of clustersBehind(provider, estate)) {
    const cni = estate.factOf("cluster-network", urn)?.cni;
    if (cni === undefined || (cni.value.known && ENFORCING.has(cni.value.value ?? ""))) continue;
    return { by: urn, property: cni.property, ground: cni.value.known ? "stated" : "unresolved" };
  }
  return undefined;
}

/** What the provider instance of a cluster is made from: the cluster itself, where it is in the file. */
export const clustersBehind = (provider: string, estate: Estate): readonly string[] => [
  ...new Set(Object.values(estate.resource(provider)?.raw.propertyDependencies ?? {}).flat()),
];

function podOf(fact: PodFact, cluster: string, namespace: Known<string>, namespaceLabels: Pod["namespaceLabels"]): Pod {
  const { value, property } = fact.hostNetwork;
  const onHost = !value.known || value.value === true;
  const free: Opener | undefined = onHost
    ? { by: fact.urn, property, ground: value.known ? "stated" : "unresolved" }
    : undefined;
  return { id: fact.urn, cluster, namespace, labels: fact.labels, namespaceLabels, free };
}

function labelsAt(object: Parameters<typeof namespaceLink>[0], estate: Estate): Pod["namespaceLabels"] {
  const link = namespaceLink(object, estate);
  if (link.kind !== "found") return undefined;
  const { labels, name } = link.fact;
  return name.known ? mapKnown(labels.value, (own) => ({ ...own, [NAME_LABEL]: name.value ?? "" })) : labels.value;
}

const worse = (a: Ground, b: Ground): Ground => (a === "unresolved" || b === "unresolved" ? "unresolved" : "stated");

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
