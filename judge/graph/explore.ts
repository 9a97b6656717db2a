import { fromNetwork } from "./from-network.ts";
import { fromBalancer, fromMachine, fromRouter, fromVpc } from "./from-places.ts";
import { ELSEWHERE, type Ground, type Hop, INTERNET, type Limit, weaker } from "./model.ts";
import { EVERYTHING, intersect, isEmpty, type Packets, subtract, union } from "./packets.ts";
import { fromElsewhere, fromInternet } from "./sources.ts";
import { fromAny, type Move, type Place, placeKey, type Sight } from "./steps.ts";
import type { Wires } from "./wires.ts";

/**
 * Follows packets from a source, shortest way first, over what is known before over what is not, until nothing new arrives anywhere.
 * Never hangs: a place that is met too often is taken to get every packet, and when the walks of one estate have taken too many
 * moves, each further one stops and says so; such an answer has `limits`, and no rule may call it a proof.
 */
export interface Walk {
  readonly arrivals: readonly Arrival[];
  readonly limits: readonly Limit[];
}

/** Packets from the source that reach a node, with the way that they take. */
export interface Arrival {
  readonly to: string;
  readonly packets: Packets;
  readonly path: readonly Hop[];
  /** The weakest of its hops. */
  readonly ground: Ground;
}

export interface WalkOptions {
  /** Only the ways out are asked for: networks where nothing passes packets on are left aside. Default false. */
  readonly passingOnly?: boolean;
  /** Networks that are taken away. Default none. */
  readonly without?: ReadonlySet<string>;
  /** Only these of the packets that a network could send. Default: all. */
  readonly sending?: Packets;
  /** Told of each arrival; true ends the walk there, because the caller has seen enough. Default: never. */
  readonly enough?: (arrival: Arrival) => boolean;
}

const MOST_VISITS = 48;

interface Step {
  readonly place: Place;
  readonly packets: Packets;
  readonly parent: Step | undefined;
  readonly hops: readonly Hop[];
  readonly ground: Ground;
}

interface Seen {
  visits: number;
  packets: Packets;
}

/** Walks from a private network, from `internet` or from `elsewhere`. A source that the estate does not have reaches nothing. */
export function walk(wires: Wires, source: string, options: WalkOptions = {}): Walk {
  const sight: Sight = { wires, passingOnly: options.passingOnly === true, without: options.without ?? new Set() };
  const arrivals: Arrival[] = [];
  const limits: Limit[] = [];
  const queues: Readonly<Record<"sure" | "unsure", Step[]>> = { sure: [], unsure: [] };
  const seen = new Map<string, Seen>();
  let ended = false;

  function take(move: Move, parent: Step | undefined): void {
    if (ended || isEmpty(move.packets)) return;
    wires.budget.moves -= 1;
    const ground = move.hops.reduce((g, hop) => weaker(g, hop.ground), parent?.ground ?? "stated");
    if (move.arrives !== undefined && move.arrives !== source) {
      const arrival = { to: move.arrives, packets: move.packets, path: pathOf(parent, move.hops), ground };
      arrivals.push(arrival);
      ended = options.enough?.(arrival) === true;
    }
    if (move.next === undefined) return;
    const step: Step = { place: move.next, packets: move.packets, parent, hops: move.hops, ground };
    queues[ground === "unresolved" ? "unsure" : "sure"].push(step);
  }

  function visit(step: Step): void {
    const key = placeKey(step.place);
    const before = seen.get(key) ?? { visits: 0, packets: { boxes: [], exact: true } };
    const fresh = subtract(step.packets, before.packets);
    if (isEmpty(fresh)) return;
    before.visits += 1;
    const wide = before.visits > MOST_VISITS;
    if (wide) limits.push({ at: step.place.id, what: "visits" });
    if (!fresh.exact) limits.push({ at: step.place.id, what: "packet-sets" });
    const next = wide ? EVERYTHING : fresh;
    before.packets = wide ? EVERYTHING : union(before.packets, fresh);
    seen.set(key, before);
    for (const move of movesFrom(step.place, next, step.parent === undefined && step.hops.length === 0, sight)) {
      take(move, step);
    }
  }

  for (const move of movesOf(source, sight)) {
    take(
      options.sending === undefined ? move : { ...move, packets: intersect(move.packets, options.sending) },
      undefined,
    );
  }
  const [sure, unsure] = [cursor(queues.sure), cursor(queues.unsure)];
  for (let step = sure() ?? unsure(); step !== undefined; step = sure() ?? unsure()) {
    if (ended) break;
    if (wires.budget.moves <= 0) {
      limits.push({ at: source, what: "steps" });
      break;
    }
    visit(step);
  }
  return { arrivals, limits };
}

/** Takes from the front of a growing list, without moving the rest. */
const cursor = <T>(list: readonly T[]): (() => T | undefined) => {
  let next = 0;
  return () => (next < list.length ? list[next++] : undefined);
};

function movesOf(source: string, sight: Sight): readonly Move[] {
  if (source === INTERNET) return fromInternet(sight);
  if (source === ELSEWHERE) return fromElsewhere(sight);
  const net = sight.wires.nets.get(source);
  return net === undefined ? [] : [{ packets: fromAny(net.ranges), hops: [], next: { on: "network", id: source } }];
}

function movesFrom(place: Place, set: Packets, isSource: boolean, sight: Sight): readonly Move[] {
  switch (place.on) {
    case "network": {
      const net = sight.wires.nets.get(place.id);
      return net === undefined ? [] : fromNetwork(net, set, isSource, sight);
    }
    case "vpc":
      return fromVpc(place, set, sight);
    case "machine":
      return fromMachine(place.id, sight);
    case "router":
      return fromRouter(place, set, sight);
    case "balancer":
      return fromBalancer(place.id, set, sight);
  }
}

function pathOf(last: Step | undefined, hops: readonly Hop[]): readonly Hop[] {
  const parts: (readonly Hop[])[] = [hops];
  for (let step = last; step !== undefined; step = step.parent) parts.push(step.hops);
  return parts.reverse().flat();
}
