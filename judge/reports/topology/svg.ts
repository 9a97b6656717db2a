import { escapeHtml } from "../html-page.ts";
import { safe } from "../wording.ts";
import type { Badge, Item, Mark } from "./model.ts";
import { type Box, cut, type Scene, type Shape } from "./scene.ts";
import { MAP_STYLE } from "./theme.ts";

const FLAGS: Readonly<Record<Mark, string>> = {
  violation: "violation",
  doubt: "cannot know",
  waived: "waived",
  none: "",
};

/** Strokes of the badges' icons in a 10 × 10 field. */
const ICONS: Readonly<Record<Badge["icon"], string>> = {
  key: "M1 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M5 5h5M8 5v2.5M10 5v2",
  lock: "M2 5h6v4.5h-6zM3.3 5v-2a1.7 1.7 0 0 1 3.4 0v2",
  shield: "M5 1l3.5 1.3v2.7c0 2-1.5 3.6-3.5 4.4c-2-.8-3.5-2.4-3.5-4.4v-2.7z",
  none: "M1.5 1.5l7 7M8.5 1.5l-7 7",
};

/** The scene as one SVG element that carries its own style: a picture by itself, and the body of the page. */
export const svg = (scene: Scene, title: string): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 ${num(scene.width)} ${num(scene.height)}" role="group" aria-label="${escapeHtml(title)}">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${MAP_STYLE}</style>`,
    `<rect style="fill:var(--paper);stroke:none" width="${num(scene.width)}" height="${num(scene.height)}"/>`,
    ...scene.shapes.map(draw),
    "</svg>",
  ].join("\n");

function draw(shape: Shape): string {
  switch (shape.kind) {
    case "frame":
      return shape.item === undefined ? group(shape.style, rect(shape, 10)) : frame(shape, shape.item);
    case "card":
      return card(shape, shape.item);
    case "line":
      return line(shape);
    case "text":
      return text(shape.x, shape.y, shape.text, shape.style);
  }
}

const group = (style: string, content: string): string => `<g class="${style}">${content}</g>`;

/** A place with a name: focusable, and told in full to who can't see it. */
function frame(box: Box & { readonly style: string }, item: Item): string {
  const head = item.title === "" ? "" : text(box.x + 12, box.y + 20, cut(item.title, box.w / 2, 12, "bold"), "title");
  const lines = item.lines.map((l, i) => text(box.x + 12, box.y + 35 + i * 12, cut(l, box.w - 24, 10.5), "small"));
  return node(box.style, item, [rect(box, 6), head, ...lines, flag(box, item)]);
}

function card(box: Box & { readonly style: string }, item: Item): string {
  const lines = item.lines.map((l, i) => text(box.x + 12, box.y + 31 + i * 13, cut(l, box.w - 18, 10.5), "small"));
  const badges = badgeRow(item.badges, box.x + 12, box.y + box.h - 23, box.w - 16);
  return node(`${box.style} c-${cssName(item.dataClass)}`, item, [
    rect(box, 5),
    `<rect class="edge" x="${num(box.x + 1)}" y="${num(box.y + 4)}" width="4" height="${num(box.h - 8)}" rx="2"/>`,
    text(box.x + 12, box.y + 17, cut(item.title, box.w - 18, 12, "bold"), "title"),
    ...lines,
    badges,
    flag(box, item),
  ]);
}

function node(style: string, item: Item, parts: readonly string[]): string {
  const mark = item.mark === "none" ? "" : ` m-${item.mark}`;
  const words = [item.title, ...item.lines, ...item.badges.map((b) => b.text), FLAGS[item.mark]].filter(
    (w) => w !== "",
  );
  const label = words.length === 0 ? (item.urns[0] ?? "") : words.join(", ");
  const title = `<title>${escapeHtml([label, ...item.urns.map(safe)].join("\n"))}</title>`;
  const attributes = `id="${item.anchor}" class="${style}${mark}" tabindex="0" role="img" aria-label="${escapeHtml(label)}"`;
  return `<g ${attributes}>${title}${parts.join("")}</g>`;
}

const flag = (box: Box, item: Item): string =>
  item.mark === "none" ? "" : text(box.x + box.w - 8, box.y + 13, FLAGS[item.mark], "flag end");

function badgeRow(badges: readonly Badge[], x: number, y: number, w: number): string {
  let at = x;
  const drawn: string[] = [];
  for (const { icon, text: words } of badges) {
    const width = 26 + words.length * 6.6;
    if (at + width > x + w) break;
    drawn.push(
      `<g class="badge"><rect x="${num(at)}" y="${num(y)}" width="${num(width)}" height="16" rx="8"/><path transform="translate(${num(at + 5)} ${num(y + 3)})" d="${ICONS[icon]}"/>${text(at + 18, y + 11.5, words, "")}</g>`,
    );
    at += width + 4;
  }
  return drawn.join("");
}

function line(shape: Shape & { readonly kind: "line" }): string {
  const points = shape.points.map(([x, y]) => `${num(x)},${num(y)}`).join(" ");
  const end = shape.points.at(-1);
  const dot = shape.dot && end !== undefined ? `<circle cx="${num(end[0])}" cy="${num(end[1])}" r="3.5"/>` : "";
  return group(shape.style, `<polyline points="${points}"/>${dot}`);
}

const rect = (box: Box, radius: number): string =>
  `<rect x="${num(box.x)}" y="${num(box.y)}" width="${num(box.w)}" height="${num(box.h)}" rx="${radius}"/>`;

const text = (x: number, y: number, words: string, style: string): string =>
  `<text x="${num(x)}" y="${num(y)}"${style === "" ? "" : ` class="${style}"`}>${escapeHtml(words)}</text>`;

/** One decimal is below what an eye can see, and keeps the bytes the same everywhere. */
const num = (value: number): string => String(Math.round(value * 10) / 10);

const cssName = (value: string): string => (/^[a-z-]+$/.test(value) ? value : "none");
