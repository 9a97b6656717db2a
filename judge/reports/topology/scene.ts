import type { Item } from "./model.ts";

/** What is drawn, with coordinates: the layout makes it, the drawing only paints it. Lengths are SVG user units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export type Shape =
  /** A place that holds others. */
  | (Box & { readonly kind: "frame"; readonly style: string; readonly item?: Item })
  /** Something that stands in a place. */
  | (Box & { readonly kind: "card"; readonly style: string; readonly item: Item })
  | {
      readonly kind: "line";
      readonly style: string;
      readonly points: readonly (readonly [number, number])[];
      readonly dot: boolean;
    }
  | { readonly kind: "text"; readonly style: string; readonly x: number; readonly y: number; readonly text: string };

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** A part of the scene that knows how high it became. */
export interface Part {
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Widths of an average glyph in parts of the font's size, measured on common sans-serif faces. */
const GLYPH = { plain: 0.55, bold: 0.63 } as const;

/** Text cut in its middle to a width: beginnings are alike, ends tell names apart. */
export function cut(text: string, width: number, size: number, weight: keyof typeof GLYPH = "plain"): string {
  const most = Math.max(4, Math.floor(width / (size * GLYPH[weight])));
  if (text.length <= most) return text;
  const tail = Math.floor((most - 1) / 2);
  return `${text.slice(0, most - 1 - tail)}…${text.slice(-tail)}`;
}
