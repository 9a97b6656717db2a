import type { RawResource } from "../../judge/facts/raw.ts";
import { type Family, isPublic, type Ports, PROTOCOLS, type Range, rangeOf, universeOf } from "./universe.ts";

/** Every header of a small world, each one object, so that sets of them are sets of objects. */
export interface Packet {
  readonly family: Family;
  readonly protocol: number;
  readonly from: bigint;
  readonly to: bigint;
  readonly fromPort: number;
  readonly toPort: number;
}

/** One address of the world. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

export class PacketWorld {
  readonly addresses: readonly Address[];
  /** Addresses of the internet. */
  readonly outside: readonly Address[];
  readonly #fromPorts: readonly number[];
  readonly #toPorts: readonly number[];
  readonly #made = new Map<string, readonly Packet[]>();

  constructor(resources: readonly RawResource[]) {
    const worlds = ([4, 6] as const).map((family) => worldOf(resources, family));
    this.addresses = worlds.flatMap((w) => w.addresses.map((value) => ({ family: w.family, value })));
    this.outside = this.addresses.filter((a) => isPublic(a.family, a.value));
    this.#fromPorts = worlds[0]?.fromPorts ?? [];
    this.#toPorts = worlds[0]?.toPorts ?? [];
  }

  /** All packets from one address to another. */
  between(from: Address, to: Address): readonly Packet[] {
    if (from.family !== to.family) return [];
    const key = `${from.value} ${to.value}`;
    const before = this.#made.get(key);
    if (before !== undefined) return before;
    const made = PROTOCOLS.flatMap((_, protocol) =>
      this.#fromPorts.flatMap((fromPort) =>
        this.#toPorts.map((toPort) => ({
          family: from.family,
          protocol,
          from: from.value,
          to: to.value,
          fromPort,
          toPort,
        })),
      ),
    );
    this.#made.set(key, made);
    return made;
  }

  all(from: readonly Address[] = this.addresses, to: readonly Address[] = this.addresses): readonly Packet[] {
    return from.flatMap((f) => to.flatMap((t) => this.between(f, t)));
  }

  /** The same packet for somebody else. */
  readdressed(p: Packet, to: Address): Packet | undefined {
    return this.between({ family: p.family, value: p.from }, to).find(
      (q) => q.protocol === p.protocol && q.fromPort === p.fromPort && q.toPort === p.toPort,
    );
  }
}

/** The ports that an ACL's rule names on one side. */
function written(rule: object, side: "src" | "dst"): readonly Ports[] {
  const fields = new Map<string, unknown>(Object.entries(rule));
  const [low, high] = [fields.get(`${side}PortLow`), fields.get(`${side}PortHigh`)];
  return typeof low === "number" ? [[low, typeof high === "number" ? high : low]] : [];
}

/** Every range and port that the estate writes, wherever it writes it: found by looking at all texts, so that none is missed. */
function worldOf(resources: readonly RawResource[], family: Family): ReturnType<typeof universeOf> {
  const ranges: Range[] = [];
  const [to, from]: [Ports[], Ports[]] = [[], []];
  const look = (key: string, value: unknown): void => {
    if (typeof value === "string") {
      const range = rangeOf(value);
      if (range !== undefined && range.family === family) ranges.push(range.range);
      const pair = /^(\d+)(?:-(\d+))?$/.exec(value);
      if (key === "portRange" && pair !== null) to.push([Number(pair[1]), Number(pair[2] ?? pair[1])]);
    } else if (typeof value === "number") {
      if (/port/i.test(key) && !/Port(Low|High)$/.test(key)) to.push([value, value]);
    } else if (Array.isArray(value)) for (const item of value) look(key, item);
    else if (typeof value === "object" && value !== null) {
      from.push(...written(value, "src"));
      to.push(...written(value, "dst"));
      for (const [k, v] of Object.entries(value)) look(k, v);
    }
  };
  for (const r of resources) look("", r.inputs);
  const usable = (all: readonly Ports[]): readonly Ports[] => all.filter(([low, high]) => low > 0 && high < 65_536);
  return universeOf(family, ranges, { from: usable(from), to: usable(to) });
}
