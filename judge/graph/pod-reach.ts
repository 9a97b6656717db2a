import type { Estate } from "../facts/estate.ts";
import { perEstate } from "../facts/per-estate.ts";
import { PUBLIC_SPACE } from "./addresses.ts";
import { type Arrival, type Walk, type WalkOptions, walk } from "./explore.ts";
import { ELSEWHERE, type Hop, INTERNET, type Limit, weaker } from "./model.ts";
import { intersect, isEmpty, type Packets } from "./packets.ts";
import type { Contact, Opener, Pod } from "./pod-contact.ts";
import { intoPods } from "./pod-doors.ts";
import { nodeNetworks, publicNodes } from "./pod-nodes.ts";
import { pods } from "./pods.ts";
import { wires } from "./reach.ts";
import { addressedTo, fromAny, toAny } from "./steps.ts";

/**
 * What a pod reaches: other pods of its cluster, and by its node's address whatever the node's network reaches, as far as its policies let it,
 * pods of other clusters behind their Services among that. A pod whose cluster's network is not in the file leaves to `elsewhere`, unresolved.
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
  const outside = reachOutside(estate, from);
  return { arrivals: [...inside, ...outside.arrivals], limits: outside.limits };
}

/** Which ways out of its cluster are asked for. */
export type OutsideOptions = Pick<WalkOptions, "passingOnly" | "without">;

/**
 * What a pod reaches outside of its cluster, and what it reaches of it by its Services' ports on nodes; pods of one cluster among each other
 * are not listed otherwise.
 */
export function reachOutside(estate: Estate, from: Pod, options: OutsideOptions = {}): Walk {
  const leaving = pods(estate).leaving(from);
  if (leaving === undefined || isEmpty(leaving.packets)) return { arrivals: [], limits: [] };
  const nets = nodeNetworks(from.cluster, estate);
  const arrivals: Arrival[] = [...byPublicAddress(estate, from, leaving)];
  const limits: Limit[] = [];
  for (const net of nets) {
    if (options.without?.has(net.id) === true) continue;
    const first = { ...hop(from.id, net.id, leaving), ground: weaker(leaving.ground, net.ground) };
    const further = walked(estate, net.id, leaving.packets, options);
    limits.push(...further.limits);
    for (const a of further.arrivals) {
      if (a.to !== from.id) arrivals.push({ ...a, path: [first, ...a.path], ground: weaker(a.ground, first.ground) });
    }
  }
  if (nets.length > 0 || arrivals.length > 0) return { arrivals, limits };
  const lost: Hop = { ...hop(from.id, ELSEWHERE, leaving), ground: "unresolved" };
  return { arrivals: [{ to: ELSEWHERE, packets: leaving.packets, path: [lost], ground: "unresolved" }], limits };
}

/** Nodes with addresses of their own send what is for the internet there, past every gateway. */
function byPublicAddress(estate: Estate, { id, cluster }: Pod, leaving: Contact): readonly Arrival[] {
  const out = addressedTo(leaving.packets, PUBLIC_SPACE);
  if (isEmpty(out)) return [];
  return publicNodes(cluster, estate).map(({ pool, ...way }): Arrival => {
    const first = hop(id, pool, leaving);
    const last: Hop = { kind: "public-address", from: pool, to: INTERNET, ...way };
    return { to: INTERNET, packets: out, path: [first, last], ground: weaker(first.ground, way.ground) };
  });
}

const walks = perEstate(() => new Map<string, Walk>());

/** Pods of one cluster mostly may send the same: each set is walked once. */
function walked(estate: Estate, net: string, sending: Packets, options: OutsideOptions): Walk {
  const { passingOnly = false, without = new Set<string>() } = options;
  const key = [net, passingOnly, [...without].join(" "), textOf(sending)].join("|");
  const before = walks(estate).get(key);
  if (before !== undefined) return before;
  const { arrivals, limits } = walk(wires(estate), net, { sending, passingOnly, without });
  const own = wires(estate).nets.get(net)?.ranges ?? [];
  const here: Arrival = {
    to: net,
    packets: intersect(intersect(sending, fromAny(own)), toAny(own)),
    path: [],
    ground: "stated",
  };
  // Only the ways out are asked for: pods behind doors are none.
  const further = passingOnly ? [] : intoPods(estate, [here, ...arrivals]);
  const found: Walk = { arrivals: [...arrivals, ...further], limits };
  walks(estate).set(key, found);
  return found;
}

const textOf = ({ boxes, exact }: Packets): string =>
  `${exact} ${boxes.map((b) => [b.family, b.protocol, b.from, b.to, b.fromPort, b.toPort].join(",")).join(";")}`;

const hop = (from: string, to: string, { by, property, ground }: Opener): Hop => ({
  kind: "pod",
  from,
  to,
  by,
  property,
  ground,
});
