import { type Known, mapKnown } from "../../kernel/known.ts";
import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import type { NetworkPolicyFact, PodFact } from "../facts/fact-kubernetes.ts";
import { namespaceLink, namespaceOf, placed } from "../facts/kubernetes-scope.ts";
import type { Ground } from "./model.ts";
import {
  type Contact,
  contact,
  type Direction,
  isPeer,
  NAME_LABEL,
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
  /** Whether pods of other namespaces may call it at all: cheap, so asked before all pairs are. */
  readonly hearsOthers: (to: Pod) => boolean;
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
    const before = memo[direction].get(pod.id);
    if (before !== undefined) return before.length === 0 ? undefined : before;
    const near = byNamespace.get(`${pod.cluster} ${pod.namespace.value}`) ?? [];
    const own = near.filter((policy) => governs(policy, pod, direction));
    memo[direction].set(pod.id, own);
    return own.length === 0 ? undefined : own;
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
