import { push } from "../../kernel/multimap.ts";
import { byText } from "../../kernel/order.ts";
import type { Estate } from "../facts/estate.ts";
import { type Arrival, type Walk, type WalkOptions, walk } from "./explore.ts";
import { ELSEWHERE, type Ground, type Hop, INTERNET, type Limit } from "./model.ts";
import { PROTOCOLS, type Protocol, type Span } from "./packets.ts";
import { type Wires, wiresOf } from "./wires.ts";

/** Reachability, as others ask for it. See README.md for what is modelled. */

const built = new WeakMap<Estate, Wires>();

/** The wires of an estate, joined once; an estate that still grows is joined anew each time. */
export function wires(estate: Estate): Wires {
  const known = built.get(estate);
  if (known !== undefined) return known;
  const made = wiresOf(estate);
  if (!estate.partial) built.set(estate, made);
  return made;
}

/** What a source reaches: a private network by URN, `internet` or `elsewhere`. Arrivals come shortest way first, known before unknown. */
export const reachFrom = (estate: Estate, source: string, options: WalkOptions = {}): Walk =>
  walk(wires(estate), source, options);

/** What may be sent from one node to another: protocol and ports of one IP family. */
export interface Traffic {
  readonly family: 4 | 6;
  /** `any`: every protocol. */
  readonly protocol: Protocol | "any";
  readonly fromPorts: Span;
  readonly toPorts: Span;
}

export interface Connection {
  readonly from: string;
  readonly to: string;
  /** Distinct, in canonical order. */
  readonly traffic: readonly Traffic[];
  /** The shortest way. */
  readonly path: readonly Hop[];
  /** The strongest ground on which it is open at all. */
  readonly ground: Ground;
}

export interface Connections {
  readonly connections: readonly Connection[];
  /** Not empty: what is listed may be more than there is. */
  readonly limits: readonly Limit[];
}

/** Every pair of sources and nodes with a way between them, in canonical order. */
export function connections(estate: Estate): Connections {
  const sources = [...wires(estate).nets.keys(), INTERNET, ELSEWHERE].sort(byText);
  const found: Connection[] = [];
  const limits: Limit[] = [];
  for (const from of sources) {
    const { arrivals, limits: met } = reachFrom(estate, from);
    limits.push(...met);
    const byTarget = new Map<string, Arrival[]>();
    for (const arrival of arrivals) push(byTarget, arrival.to, arrival);
    for (const [to, list] of [...byTarget].sort(([a], [b]) => byText(a, b))) {
      const [first] = list;
      if (first === undefined) continue;
      const traffic = distinct(list.flatMap((arrival) => trafficOf(arrival.packets)));
      found.push({ from, to, traffic, path: first.path, ground: first.ground });
    }
  }
  return { connections: found, limits };
}

/** The protocols and ports of a set of packets, whatever the addresses. */
export function trafficOf(set: { readonly boxes: Walk["arrivals"][number]["packets"]["boxes"] }): readonly Traffic[] {
  return distinct(
    set.boxes.flatMap(({ family, protocol, fromPort, toPort }) => {
      const all = protocol[0] === 0 && protocol[1] === PROTOCOLS.length - 1;
      const names: readonly Traffic["protocol"][] = all ? ["any"] : PROTOCOLS.slice(protocol[0], protocol[1] + 1);
      return names.map((name): Traffic => ({ family, protocol: name, fromPorts: fromPort, toPorts: toPort }));
    }),
  );
}

const keyOf = (t: Traffic): string => `${t.family} ${t.protocol} ${t.toPorts.join("-")} ${t.fromPorts.join("-")}`;

const distinct = (list: readonly Traffic[]): readonly Traffic[] =>
  [...new Map(list.map((t) => [keyOf(t), t])).entries()].sort(([a], [b]) => byText(a, b)).map(([, t]) => t);
