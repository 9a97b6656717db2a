import type { Estate } from "../facts/estate.ts";
import { type Arrival, type Walk, walk } from "./explore.ts";
import { ELSEWHERE, type Hop, type Limit, weaker } from "./model.ts";
import { isEmpty } from "./packets.ts";
import type { Pod } from "./pod-contact.ts";
import { type Pods, podsOf } from "./pods.ts";
import { wires } from "./reach.ts";
import { candidates } from "./topology.ts";

const built = new WeakMap<Estate, Pods>();

/** The pods of an estate, joined once. */
export function pods(estate: Estate): Pods {
  const known = built.get(estate);
  if (known !== undefined) return known;
  const made = podsOf(estate);
  if (!estate.partial) built.set(estate, made);
  return made;
}

/**
 * What a pod reaches: other pods of its cluster, and by its node's address whatever the node's network reaches, as far as its policies let it.
 * A pod whose cluster's network is not in the file leaves to `elsewhere`, unresolved.
 */
export function reachFromPod(estate: Estate, id: string): Walk {
  const all = pods(estate);
  const from = all.all.find((pod) => pod.id === id);
  if (from === undefined) return { arrivals: [], limits: [] };
  const inside = all.all.flatMap((to): readonly Arrival[] => {
    const found = to.id === id ? undefined : all.between(from, to);
    if (found === undefined || isEmpty(found.packets)) return [];
    return [{ to: to.id, packets: found.packets, path: [hop(id, to.id, found)], ground: found.ground }];
  });
  const leaving = all.leaving(from);
  if (leaving === undefined || isEmpty(leaving.packets)) return { arrivals: inside, limits: [] };
  const nets = nodeNetworks(from, estate);
  const limits: Limit[] = [];
  const outside = nets.flatMap((net): readonly Arrival[] => {
    const first = hop(id, net, leaving);
    const further = walk(wires(estate), net, { sending: leaving.packets });
    limits.push(...further.limits);
    return further.arrivals.map((a) => ({ ...a, path: [first, ...a.path], ground: weaker(a.ground, first.ground) }));
  });
  if (nets.length > 0) return { arrivals: [...inside, ...outside], limits };
  const lost: Hop = { ...hop(id, ELSEWHERE, leaving), ground: "unresolved" };
  return {
    arrivals: [...inside, { to: ELSEWHERE, packets: leaving.packets, path: [lost], ground: "unresolved" }],
    limits,
  };
}

const hop = (
  from: string,
  to: string,
  { by, property, ground }: { by: string; property: string; ground: Hop["ground"] },
): Hop => ({
  kind: "pod",
  from,
  to,
  by,
  property,
  ground,
});

/** Networks of the cluster that a pod's provider is made for: its kubeconfig comes from there. */
function nodeNetworks({ cluster }: Pod, estate: Estate): readonly string[] {
  const provider = estate.resource(cluster);
  const suppliers = Object.values(provider?.raw.propertyDependencies ?? {}).flat();
  return [...new Set(suppliers)].flatMap((urn) => {
    const fact = estate.factOf("cluster-network", urn);
    return fact === undefined ? [] : candidates(fact.network, "private-network", estate).map((named) => named.id);
  });
}
