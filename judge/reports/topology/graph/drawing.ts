import { Graph, layout } from "@dagrejs/dagre";
import type { Mark } from "../model.ts";

/** A graph to be drawn: nodes of known size, in groups or not, and edges with a line of words. Data only. */
export interface DrawnNode {
  readonly id: string;
  /** Anchor in the page. */
  readonly anchor: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly style: string;
  readonly mark: Mark;
  readonly urns: readonly string[];
  /** Group that holds it. */
  readonly group?: string;
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly words: string;
  readonly style: string;
  /** What opens it. */
  readonly urns: readonly string[];
}

export interface Drawing {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly groups: readonly { readonly id: string; readonly title: string }[];
  readonly direction: "TB" | "LR";
}

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface PlacedDrawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly (DrawnNode & Placed)[];
  readonly groups: readonly ({ readonly title: string } & Placed)[];
  readonly edges: readonly (DrawnEdge & {
    readonly points: readonly (readonly [number, number])[];
    readonly label: readonly [number, number];
  })[];
}

export const NODE = { w: 176, line: 13, head: 26 } as const;
/** Between two columns a line leaves at the right side and arrives at the left one, whatever stands between. */
const across = (edge: DrawnEdge, a: Placed, b: Placed): PlacedDrawing["edges"][number] => ({
  ...edge,
  points: [
    [a.x + a.w, a.y + a.h / 2],
    [b.x, b.y + b.h / 2],
  ],
  label: [(a.x + a.w + b.x) / 2, (a.y + b.y) / 2],
});

const heightOf = (node: DrawnNode): number => NODE.head + node.lines.length * NODE.line + 8;
const labelWidth = (words: string): number => Math.max(20, words.length * 5.8 + 8);

/** Coordinates by dagre: no clock and no chance in it, so the same drawing has the same places. */
export function place(drawing: Drawing): PlacedDrawing {
  const graph = new Graph({ multigraph: true, compound: true });
  graph.setGraph({
    rankdir: drawing.direction,
    nodesep: drawing.direction === "LR" ? 12 : 26,
    edgesep: 14,
    ranksep: drawing.direction === "LR" ? 240 : 44,
    marginx: 16,
    marginy: 16,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of drawing.groups) graph.setNode(id, { width: 0, height: 0 });
  for (const node of drawing.nodes) {
    graph.setNode(node.id, { width: NODE.w, height: heightOf(node) });
    if (node.group !== undefined) graph.setParent(node.id, node.group);
  }
  drawing.edges.forEach(({ from, to, words }, i) => {
    graph.setEdge(from, to, { width: labelWidth(words), height: 14, labelpos: "c" }, String(i));
  });
  layout(graph);
  const at = (id: string): Placed => {
    const { x = 0, y = 0, width, height } = graph.node(id);
    return { x: x - width / 2, y: y - height / 2, w: width, h: height };
  };
  const whole = graph.graph();
  return {
    width: whole.width ?? 0,
    height: whole.height ?? 0,
    nodes: drawing.nodes.map((node) => ({ ...node, ...at(node.id) })),
    groups: drawing.groups.map(({ id, title }) => ({ title, ...at(id) })),
    edges: drawing.edges.map((edge, i) => {
      if (drawing.direction === "LR") return across(edge, at(edge.from), at(edge.to));
      const { points = [], x = 0, y = 0 } = graph.edge(edge.from, edge.to, String(i));
      return { ...edge, points: points.map((p: { x: number; y: number }) => [p.x, p.y] as const), label: [x, y] };
    }),
  };
}
