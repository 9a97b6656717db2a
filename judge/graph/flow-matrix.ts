import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import type { Arrival } from "./explore.ts";
import type { Limit } from "./model.ts";
import {
  type Box,
  boxOf,
  isEmpty,
  type Packets,
  type Protocol,
  packets,
  protocolSpan,
  type Span,
  subtract,
  union,
} from "./packets.ts";
import { reachFrom, wires } from "./reach.ts";
import type { Net } from "./topology.ts";

/**
 * The flows that the graph finds between private networks, against those that the law declares.
 *
 * A declared flow is two sets of packets, since filters are stateless: from a client's ports to the service's, and back. Whatever else gets
 * from one network to another is undeclared, also the same ports the other way round.
 */
export interface DeclaredFlow {
  readonly name: string;
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly protocol: Protocol;
  readonly ports: Span;
}

interface FlowEnd {
  readonly region: string;
  readonly tier: string;
}

export interface MatrixOptions {
  /** Ports that clients call from. */
  readonly clientPorts: Span;
  /** Flows that count as declared although nothing declares them. Default: none. */
  readonly meant?: (from: string, arrival: Arrival) => boolean;
}

/** Undeclared flows of one source that are told; a walk that found as many has found enough. */
const MOST_TOLD = 32;

export interface UndeclaredFlow {
  readonly from: string;
  readonly to: string;
  readonly packets: Packets;
  readonly arrival: Arrival;
}

export interface MissingFlow {
  readonly flow: DeclaredFlow;
  readonly family: 4 | 6;
  /** Networks of its ends, when the estate has them. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface Matrix {
  /** By source network: undeclared flows, shortest way first, not more than there is use for. */
  readonly undeclared: ReadonlyMap<string, readonly UndeclaredFlow[]>;
  readonly missing: readonly MissingFlow[];
  readonly limits: readonly Limit[];
}

const standsAt = (net: Net, end: FlowEnd): boolean => net.tier === end.tier && net.region === end.region;
const key = (region: string | undefined, tier: string | undefined): string => `${region} ${tier}`;

export function flowMatrix(estate: Estate, flows: readonly DeclaredFlow[], options: MatrixOptions): Matrix {
  const nets = [...wires(estate).nets.values()];
  const byEnds = new Map<string, DeclaredFlow[]>();
  for (const flow of flows) {
    const ends = `${key(flow.from.region, flow.from.tier)} ${key(flow.to.region, flow.to.tier)}`;
    push(byEnds, ends, flow);
  }
  const between = (a: Net, b: Net): readonly DeclaredFlow[] =>
    byEnds.get(`${key(a.region, a.tier)} ${key(b.region, b.tier)}`) ?? [];

  const undeclared = new Map<string, UndeclaredFlow[]>();
  const limits: Limit[] = [];
  const found = new Map<string, Packets>();
  for (const net of nets) {
    const told: UndeclaredFlow[] = [];
    const enough = (arrival: Arrival): boolean => {
      const target = wires(estate).nets.get(arrival.to);
      if (target === undefined || options.meant?.(net.id, arrival) === true) return false;
      const allowed = [
        ...between(net, target).flatMap((flow) => called(flow, net, target, options)),
        ...between(target, net).flatMap((flow) => answered(flow, net, target, options)),
      ];
      if (allowed.length > 0) {
        const pair = `${net.id} ${target.id}`;
        found.set(pair, union(found.get(pair) ?? packets([]), arrival.packets));
      }
      const more = subtract(arrival.packets, packets(allowed));
      if (!isEmpty(more)) told.push({ from: net.id, to: target.id, packets: more, arrival });
      return told.length >= MOST_TOLD && told.some((flow) => flow.arrival.ground !== "unresolved");
    };
    limits.push(...reachFrom(estate, net.id, { enough }).limits);
    if (told.length > 0) undeclared.set(net.id, told);
  }
  const ended = (net: Net): boolean => (undeclared.get(net.id)?.length ?? 0) >= MOST_TOLD;
  // Of a source whose walk was ended early nobody knows what else it reaches: it is refused in any case.
  const whole = flows.filter(
    (flow) => !nets.some((net) => ended(net) && (standsAt(net, flow.from) || standsAt(net, flow.to))),
  );
  const missing = whole.flatMap((flow) => missingOf(flow, nets, found, options));
  return { undeclared, missing, limits };
}

/** From clients of one network to the service in another; IPv6 stays within a region. */
function called(flow: DeclaredFlow, from: Net, to: Net, { clientPorts }: MatrixOptions): readonly Box[] {
  return pairs(from, to).map(([family, a, b]) =>
    boxOf(family, { protocol: protocolSpan(flow.protocol), from: a, to: b, fromPort: clientPorts, toPort: flow.ports }),
  );
}

function answered(flow: DeclaredFlow, from: Net, to: Net, { clientPorts }: MatrixOptions): readonly Box[] {
  return pairs(from, to).map(([family, a, b]) =>
    boxOf(family, { protocol: protocolSpan(flow.protocol), from: a, to: b, fromPort: flow.ports, toPort: clientPorts }),
  );
}

function pairs(from: Net, to: Net): readonly (readonly [4 | 6, Box["from"], Box["to"]])[] {
  return from.ranges.flatMap((a) =>
    to.ranges
      .filter((b) => a.family === b.family && (a.family === 4 || from.region === to.region))
      .map((b) => [a.family, a.range, b.range] as const),
  );
}

/** Declared and not found, in one family or both, there or back. */
function missingOf(
  flow: DeclaredFlow,
  nets: readonly Net[],
  found: ReadonlyMap<string, Packets>,
  options: MatrixOptions,
): readonly MissingFlow[] {
  const from = nets.filter((net) => standsAt(net, flow.from));
  const to = nets.filter((net) => standsAt(net, flow.to));
  if (from.length === 0 || to.length === 0) {
    return [{ flow, family: 4, from: from[0]?.id, to: to[0]?.id }];
  }
  return from.flatMap((a) =>
    to.flatMap((b) => {
      const there = found.get(`${a.id} ${b.id}`) ?? packets([]);
      const back = found.get(`${b.id} ${a.id}`) ?? packets([]);
      const lost = [
        ...called(flow, a, b, options).filter((box) => !isEmpty(subtract(packets([box]), there))),
        ...answered(flow, b, a, options).filter((box) => !isEmpty(subtract(packets([box]), back))),
      ];
      const [first] = lost;
      return first === undefined ? [] : [{ flow, family: first.family, from: a.id, to: b.id }];
    }),
  );
}

/** Declared flows as a compiled law carries them; what is not one of them allows nothing and is left out. */
export function readFlows(rows: readonly Readonly<Record<string, unknown>>[]): readonly DeclaredFlow[] {
  return rows.flatMap((row) => {
    const from = readEnd(row.from);
    const to = readEnd(row.to);
    const { name, protocol, ports } = row;
    if (from === undefined || to === undefined || typeof name !== "string") return [];
    if (protocol !== "TCP" && protocol !== "UDP") return [];
    if (!Array.isArray(ports) || ports.length !== 2) return [];
    const [low, high] = ports.map(Number);
    return low === undefined || high === undefined || !(low <= high)
      ? []
      : [{ name, from, to, protocol, ports: [low, high] as const }];
  });
}

function readEnd(end: unknown): FlowEnd | undefined {
  if (typeof end !== "object" || end === null || !("region" in end) || !("tier" in end)) return undefined;
  return typeof end.region === "string" && typeof end.tier === "string"
    ? { region: end.region, tier: end.tier }
    : undefined;
}
