import { safe, shortName } from "../wording.ts";
import { dataDrawing, dataModel, rightWords } from "./graph/data.ts";
import { type Drawing, type PlacedDrawing, place } from "./graph/drawing.ts";
import { type FlowRow, flowRows, flowsDrawing } from "./graph/flows.ts";
import type { Item, MapModel } from "./model.ts";
import type { MapReader } from "./reading.ts";

/** What the page's script reads: what each box stands for, what each line means, and where each finding leads. */
export interface PageData {
  readonly urns: readonly string[];
  readonly nodes: Readonly<
    Record<string, { title: string; view: string; lines: readonly string[]; urns: readonly number[] }>
  >;
  readonly edges: readonly {
    id: string;
    from: string;
    to: string;
    near: string;
    far: string;
    words: string;
    urns: readonly number[];
  }[];
  readonly findings: readonly (readonly number[])[];
}

export interface Views {
  readonly flows: PlacedDrawing;
  readonly data: PlacedDrawing;
  readonly flowRows: readonly FlowRow[];
  readonly rights: ReturnType<typeof dataModel>;
}

export function viewsOf(reader: MapReader): Views {
  const rows = flowRows(reader);
  const rights = dataModel(reader);
  return {
    flows: place(flowsDrawing(reader, rows)),
    data: place(dataDrawing(reader, rights)),
    flowRows: rows,
    rights,
  };
}

/** Every box of the places, in reading order. */
export const itemsOf = (model: MapModel): readonly Item[] =>
  model.regions.flatMap((r) => [
    ...r.gateways,
    ...r.buckets,
    ...r.services,
    ...r.loose.hosts,
    ...r.loose.clusters.flatMap((c) => [c, ...c.zones.flatMap((z) => z.pools)]),
    ...r.vpcs.flatMap((v) => [
      v.vpc,
      ...v.bands.flatMap((b) => [
        b.network,
        ...b.hosts,
        ...b.clusters.flatMap((c) => [c, ...c.zones.flatMap((z) => z.pools)]),
      ]),
    ]),
  ]);

export function pageData(model: MapModel, views: Views, findings: readonly (readonly string[])[]): PageData {
  const urns: string[] = [];
  const index = new Map<string, number>();
  const numberOf = (urn: string): number => {
    const known = index.get(urn);
    if (known !== undefined) return known;
    index.set(urn, urns.length);
    urns.push(safe(urn));
    return urns.length - 1;
  };
  const nodes: PageData["nodes"][string][] = [];
  const ids: string[] = [];
  const add = (id: string, node: Omit<PageData["nodes"][string], "urns">, of: readonly string[]): void => {
    ids.push(id);
    nodes.push({ ...node, urns: of.map(numberOf) });
  };
  for (const item of itemsOf(model)) {
    const title = item.title === "" ? shortName(item.urns[0] ?? "") : item.title;
    add(item.anchor, { title, view: "places", lines: item.lines }, item.urns);
  }
  for (const [view, drawing] of [
    ["flows", views.flows],
    ["data", views.data],
  ] as const) {
    for (const n of drawing.nodes) add(n.anchor, { title: n.title, view, lines: n.lines }, n.urns);
  }
  return {
    urns,
    nodes: Object.fromEntries(ids.map((id, i) => [id, nodes[i] ?? { title: "", view: "", lines: [], urns: [] }])),
    edges: [...edgesOf("flows", views.flows, numberOf), ...edgesOf("data", views.data, numberOf, wordsOf(views))],
    findings: findings.map((path) => path.map(numberOf)),
  };
}

const wordsOf = ({ rights }: Views): readonly string[] => rights.rows.map(rightWords);

function edgesOf(
  view: string,
  drawing: Pick<Drawing, "nodes" | "edges">,
  numberOf: (urn: string) => number,
  words?: readonly string[],
): PageData["edges"] {
  const node = new Map(drawing.nodes.map((n) => [n.id, n]));
  return drawing.edges.map((e, i) => {
    const [from, to] = [node.get(e.from), node.get(e.to)];
    const name = (n: typeof from): string => [n?.group?.replace("region ", "") ?? "", n?.title ?? ""].join(" ").trim();
    return {
      id: `${view}-e${i}`,
      from: from?.anchor ?? "",
      to: to?.anchor ?? "",
      near: name(from),
      far: name(to),
      words: words?.[i] ?? e.words,
      urns: e.urns.map(numberOf),
    };
  });
}
