import { byText, sortedUnique } from "../../../../kernel/order.ts";
import { ELSEWHERE, INTERNET } from "../../../graph/model.ts";
import { type Connection, connections } from "../../../graph/reach.ts";
import { trafficText } from "../../../graph/traffic-text.ts";
import { label } from "../../wording.ts";
import { anchorOf, innerOf, type MapReader, regionNameOf, shortNameIn, tagOf } from "../reading.ts";
import type { Drawing, DrawnEdge, DrawnNode } from "./drawing.ts";

/** The internet stands at both ends, so that what comes in reads downwards and what goes out too. */
const OUT = "internet, outgoing";
const ANSWERS = "answers of ";

/** One row of what can talk: for the drawing, and as text beside it. */
export interface FlowRow {
  readonly from: string;
  readonly to: string;
  readonly words: string;
  readonly unresolved: boolean;
  readonly by: readonly string[];
}

/** Every pair that can talk; answers to what the other side may open are left to the line that they answer. */
export function flowRows({ estate }: MapReader): readonly FlowRow[] {
  const found = connections(estate).connections.map((c) => ({ c, words: trafficText(c.traffic) }));
  const open = new Set(found.filter(({ words }) => !words.startsWith(ANSWERS)).map(({ c }) => `${c.from}\n${c.to}`));
  return found
    .filter(({ c, words }) => !(words.startsWith(ANSWERS) && open.has(`${c.to}\n${c.from}`)))
    .map(({ c, words }) => rowOf(c, words));
}

const rowOf = ({ from, to, path, ground }: Connection, words: string): FlowRow => ({
  from,
  to,
  words,
  unresolved: ground === "unresolved",
  by: sortedUnique(path.map((hop) => hop.by)),
});

/** Networks by region with what may pass between them and to and from the internet, as the graph proves it. */
export function flowsDrawing(reader: MapReader, rows: readonly FlowRow[]): Drawing {
  const ends = (urn: string, out: boolean): string => (urn === INTERNET && out ? OUT : urn);
  const { kept, bundled } = bundles(reader, rows);
  const edges = kept.map(
    (r): DrawnEdge => ({
      from: ends(r.from, false),
      to: ends(r.to, true),
      words: r.words,
      style: r.unresolved ? "unresolved" : r.from === INTERNET ? "inbound" : r.to === INTERNET ? "outbound" : "inside",
      urns: r.by,
    }),
  );
  const used = sortedUnique([
    ...edges.flatMap((e) => [e.from, e.to]),
    ...[...bundled.values()].flatMap((b) => b.networks),
  ]);
  const networks = reader.estate.facts("private-network").map((f) => f.urn);
  const ids = sortedUnique([...used, ...networks.filter((urn) => used.includes(urn))]);
  const nodes = ids.map((id) => nodeOf(reader, id)).sort((a, b) => byText(a.id, b.id));
  const groups = sortedUnique(nodes.flatMap((n) => n.group ?? [])).map((id) => ({
    id,
    title: groupTitle(id, bundled),
  }));
  return { nodes, edges, groups, direction: "TB" };
}

interface Bundle {
  readonly networks: readonly string[];
  readonly pairs: number;
}

/** From so many pairs of one region on that may exchange everything, they are told in its title and not drawn one by one. */
const MOST_OPEN_PAIRS = 8;

function bundles(
  reader: MapReader,
  rows: readonly FlowRow[],
): { readonly kept: readonly FlowRow[]; readonly bundled: ReadonlyMap<string, Bundle> } {
  const regionIn = (id: string): string => {
    const r = reader.estate.resource(id);
    return r === undefined ? "" : regionNameOf(r);
  };
  const inside = (r: FlowRow): string => {
    const region = regionIn(r.from);
    return r.words.startsWith("everything") && region !== "" && region === regionIn(r.to) ? `region ${region}` : "";
  };
  const open = new Map<string, FlowRow[]>();
  for (const r of rows) if (inside(r) !== "") open.set(inside(r), [...(open.get(inside(r)) ?? []), r]);
  const bundled = new Map(
    [...open]
      .filter(([, list]) => list.length > MOST_OPEN_PAIRS)
      .map(
        ([id, list]) =>
          [id, { networks: sortedUnique(list.flatMap((r) => [r.from, r.to])), pairs: list.length }] as const,
      ),
  );
  return { kept: rows.filter((r) => !bundled.has(inside(r))), bundled };
}

function groupTitle(id: string, bundled: ReadonlyMap<string, Bundle>): string {
  const name = id.replace("region ", "");
  const bundle = bundled.get(id);
  return bundle === undefined ? name : `${name}: ${bundle.pairs} pairs inside may exchange everything`;
}

const PLACES: Readonly<Record<string, readonly [title: string, line: string]>> = {
  [INTERNET]: ["internet", "what comes in"],
  [OUT]: ["internet", "what goes out"],
  [ELSEWHERE]: ["outside this estate", "a place that it only names"],
};

function nodeOf(reader: MapReader, id: string): DrawnNode {
  const place = PLACES[id];
  if (place !== undefined) {
    return {
      id,
      anchor: anchorOf(`flows ${id}`),
      title: place[0],
      lines: [place[1]],
      style: "internet",
      mark: "none",
      urns: [],
    };
  }
  const r = reader.estate.resource(id);
  const anchor = anchorOf(`flows ${id}`);
  if (r === undefined) return { id, anchor, title: label(id), lines: [], style: "host", mark: "none", urns: [id] };
  const region = regionNameOf(r);
  const tier = tagOf(r, "tier");
  const range = innerOf(r, "ipv4Subnet", "subnet");
  const style = /^[a-z]+$/.test(tier) ? `flow-node tier-${tier}` : "flow-node tier-none";
  return {
    id,
    anchor,
    title: tier === "" ? shortNameIn(region, r.name) : tier,
    lines: range === "" ? [] : [range],
    style,
    mark: reader.markOf([id]),
    urns: [id],
    ...(region === "" ? {} : { group: `region ${region}` }),
  };
}
