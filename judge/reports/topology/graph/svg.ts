import { escapeHtml } from "../../html-page.ts";
import { safe } from "../../wording.ts";
import { cut } from "../scene.ts";
import { MAP_STYLE } from "../theme.ts";
import { NODE, type PlacedDrawing } from "./drawing.ts";

const num = (value: number): string => String(Math.round(value * 10) / 10);

const text = (x: number, y: number, words: string, style: string): string =>
  `<text x="${num(x)}" y="${num(y)}" class="${style}">${escapeHtml(words)}</text>`;

/** A curve through the points that the layout gave, ending in an arrow. */
function curve(points: readonly (readonly [number, number])[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const last = rest.at(-1) ?? first;
  if (rest.length === 1) {
    const middle = num((first[0] + last[0]) / 2);
    return `M${num(first[0])} ${num(first[1])}C${middle} ${num(first[1])} ${middle} ${num(last[1])} ${num(last[0])} ${num(last[1])}`;
  }
  const middles = rest.slice(0, -1).map(([x, y], i) => {
    const [nx, ny] = rest[i + 1] ?? last;
    return `Q${num(x)} ${num(y)} ${num((x + nx) / 2)} ${num((y + ny) / 2)}`;
  });
  return `M${num(first[0])} ${num(first[1])}${middles.join("")}L${num(last[0])} ${num(last[1])}`;
}

/** A placed graph as one SVG element: groups, then lines with their words, then nodes on top. */
export function graphSvg(placed: PlacedDrawing, title: string, id: string): string {
  const groups = placed.groups.map(
    (g) =>
      `<g class="region"><rect x="${num(g.x)}" y="${num(g.y)}" width="${num(g.w)}" height="${num(g.h)}" rx="10"/>${text(g.x + 12, g.y + 20, g.title, "group-name")}</g>`,
  );
  const edges = placed.edges.map((e, i) => {
    const words = cut(e.words, e.words.length * 6, 10.5);
    return `<g id="${id}-e${i}" class="edge-line ${e.style}"><path d="${curve(e.points)}" marker-end="url(#${id}-arrow)"/>${words === "" ? "" : `<rect class="plate" x="${num(e.label[0] - words.length * 2.9 - 3)}" y="${num(e.label[1] - 8)}" width="${num(words.length * 5.8 + 6)}" height="14" rx="3"/>${text(e.label[0], e.label[1] + 3, words, "small middle")}`}</g>`;
  });
  const nodes = placed.nodes.map((n) => {
    const label = [n.title, ...n.lines].join(", ");
    const mark = n.mark === "none" ? "" : ` m-${n.mark}`;
    const lines = n.lines.map((l, i) =>
      text(n.x + 12, n.y + NODE.head + 8 + i * NODE.line, cut(l, n.w - 20, 10.5), "small"),
    );
    return `<g id="${n.anchor}" class="${n.style}${mark}" tabindex="0" role="img" aria-label="${escapeHtml(label)}"><title>${escapeHtml([label, ...n.urns.slice(0, 20).map(safe)].join("\n"))}</title><rect x="${num(n.x)}" y="${num(n.y)}" width="${num(n.w)}" height="${num(n.h)}" rx="6"/>${text(n.x + 12, n.y + 19, cut(n.title, n.w - 20, 12, "bold"), "title")}${lines.join("")}</g>`;
  });
  const [w, h] = [num(Math.max(1, placed.width)), num(Math.max(1, placed.height))];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="map graph" viewBox="0 0 ${w} ${h}" style="--w:${w}px" role="group" aria-label="${escapeHtml(title)}">`,
    `<title>${escapeHtml(title)}</title><style>${MAP_STYLE}</style>`,
    `<defs><marker id="${id}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" class="arrow"/></marker></defs>`,
    ...groups,
    ...edges,
    ...nodes,
    "</svg>",
  ].join("\n");
}
