import { estateOf } from "../../judge/facts/estate.ts";
import type { RawResource } from "../../judge/facts/raw.ts";
import type { Box } from "../../judge/graph/packets.ts";
import { reachFrom } from "../../judge/graph/reach.ts";
import { PacketWalker } from "./packet-walker.ts";
import type { Packet } from "./packet-world.ts";
import { type Family, PROTOCOLS } from "./universe.ts";

/** Where the graph and the walker differ, in words that a person can check by hand. */
export interface Difference {
  readonly side: "graph misses" | "graph invents";
  readonly from: string;
  readonly to: string;
  readonly packet: string;
}

const fits = (box: Box, p: Packet, asked: Asked): boolean =>
  box.family === p.family &&
  p.protocol >= box.protocol[0] &&
  p.protocol <= box.protocol[1] &&
  (!asked.ports || (p.toPort >= box.toPort[0] && p.toPort <= box.toPort[1])) &&
  (!asked.headers ||
    (p.from >= box.from[0] &&
      p.from <= box.from[1] &&
      p.to >= box.to[0] &&
      p.to <= box.to[1] &&
      p.fromPort >= box.fromPort[0] &&
      p.fromPort <= box.fromPort[1]));

/** What is compared of a packet at a node: everything at a network; elsewhere addresses are translated, or nobody's. */
interface Asked {
  readonly ports: boolean;
  readonly headers: boolean;
}

export function differences(
  resources: readonly RawResource[],
  options: { readonly invents: boolean },
): readonly Difference[] {
  const estate = estateOf("gate", resources);
  const found: Difference[] = [];
  const nets = resources.filter((r) => r.type.startsWith("scaleway:network/privateNetwork:")).map((r) => r.urn);
  const sources = [...nets, "internet", "elsewhere"];
  const walks = new Map(sources.map((from) => [from, reachFrom(estate, from)] as const));
  const walker = new PacketWalker(resources);
  const all = walker.world.all();
  for (const from of sources) {
    const walked = walker.walk(from);
    const graph = walks.get(from);
    const nodes = new Set([...walked.at.keys(), ...(graph?.arrivals ?? []).map((a) => a.to)]);
    for (const to of nodes) {
      const asked = { ports: to !== "elsewhere", headers: nets.includes(to) };
      const boxes = (graph?.arrivals ?? []).filter((a) => a.to === to).flatMap((a) => a.packets.boxes);
      const packets = walked.at.get(to) ?? [];
      const missed = packets.find((p) => !boxes.some((box) => fits(box, p, asked)));
      if (missed !== undefined) found.push({ side: "graph misses", from, to, packet: words(missed) });
      if (!options.invents) continue;
      const have = new Set(packets.map((p) => shown(p, asked)));
      const invented = all.find((p) => boxes.some((box) => fits(box, p, asked)) && !have.has(shown(p, asked)));
      if (invented !== undefined) found.push({ side: "graph invents", from, to, packet: words(invented) });
    }
  }
  return found;
}

const shown = (p: Packet, asked: Asked): string =>
  [p.family, p.protocol, asked.ports && p.toPort, ...(asked.headers ? [p.from, p.to, p.fromPort] : [])].join(" ");

const words = (p: Packet): string =>
  `${PROTOCOLS[p.protocol]} ${address(p.family, p.from)}:${p.fromPort} > ${address(p.family, p.to)}:${p.toPort}`;

function address(family: Family, value: bigint): string {
  const size = family === 4 ? 8 : 16;
  const count = family === 4 ? 4 : 8;
  const parts = Array.from(
    { length: count },
    (_, i) => (value >> BigInt(size * (count - 1 - i))) & ((1n << BigInt(size)) - 1n),
  );
  return family === 4 ? parts.join(".") : parts.map((p) => p.toString(16)).join(":");
}
