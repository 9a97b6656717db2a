import type { Band, ClusterItem, Item, VpcModel } from "./model.ts";
import type { Part, Shape } from "./scene.ts";

/** Left column of a band: its tier and ranges. */
const LABEL = 168;
/** Space for the lines that come down from the gateways, one lane each. */
export const LANES = { x: LABEL + 14, step: 16, most: 6 } as const;
const NODES = LANES.x + LANES.step * LANES.most;
const GAP = 8;
const CARD = { w: 158, h: 50 } as const;
const POOL = { h: 64 } as const;
const CLUSTER_HEAD = 50;
const BAND_PAD = 8;

export interface VpcPart extends Part {
  /** Middle of each network's band, by anchor. */
  readonly middles: ReadonlyMap<string, number>;
}

/** A VPC as a frame with one band for each of its networks, in the order of tiers. */
export function layoutVpc(model: VpcModel, x: number, y: number, w: number): VpcPart {
  const shapes: Shape[] = [];
  const middles = new Map<string, number>();
  let at = y + 34;
  for (const band of model.bands) {
    const part = layoutBand(band, x + 8, at, w - 16);
    middles.set(band.network.anchor, at + part.height / 2);
    shapes.push(...part.shapes);
    at += part.height + 4;
  }
  const height = at + 6 - y;
  // The frame's own words stand right of the lanes, where no line passes.
  const frame: Shape = { kind: "frame", style: "vpc", x, y, w, h: height, item: { ...model.vpc, lines: [] } };
  const words = model.vpc.lines.map(
    (text, i): Shape => ({ kind: "text", style: "small", x: x + 8 + NODES, y: y + 20 + i * 12, text }),
  );
  return { height, shapes: [frame, ...words, ...shapes], middles };
}

function layoutBand(band: Band, x: number, y: number, w: number): Part {
  const inside = layoutNodes(band, x + NODES, y + BAND_PAD, w - NODES - 8);
  const height = Math.max(inside.height + 2 * BAND_PAD, 50);
  const tier = /^[a-z]+$/.test(band.tier) ? band.tier : "none";
  const ranges = band.network.lines;
  return {
    height,
    shapes: [
      {
        kind: "frame",
        style: `band tier-${tier}`,
        x,
        y,
        w,
        h: height,
        item: { ...band.network, title: "", lines: [] },
      },
      { kind: "text", style: "tier", x: x + 10, y: y + 18, text: band.tier },
      ...ranges.map((text, i): Shape => ({ kind: "text", style: "small", x: x + 10, y: y + 31 + i * 11, text })),
      ...inside.shapes,
      ...(inside.shapes.length > 0
        ? []
        : [{ kind: "text", style: "small", x: x + NODES, y: y + 28, text: "nothing attached" } as const]),
    ],
  };
}

/** Hosts in rows, then clusters over the whole width. */
export function layoutNodes(
  { hosts, clusters }: Pick<Band, "hosts" | "clusters">,
  x: number,
  y: number,
  w: number,
): Part {
  const rows = layoutCards(hosts, x, y, w, CARD.w, CARD.h, "host");
  const shapes: Shape[] = [...rows.shapes];
  let at = y + rows.height + (rows.height > 0 && clusters.length > 0 ? GAP : 0);
  for (const cluster of clusters) {
    const part = layoutCluster(cluster, x, at, w);
    shapes.push(...part.shapes);
    at += part.height + GAP;
  }
  return { height: clusters.length > 0 ? at - GAP - y : rows.height, shapes };
}

function layoutCluster(cluster: ClusterItem, x: number, y: number, w: number): Part {
  const columns = Math.max(1, cluster.zones.length);
  const column = (w - 16 - (columns - 1) * GAP) / columns;
  const shapes = cluster.zones.flatMap(({ zone, pools }, i): readonly Shape[] => {
    const left = x + 8 + i * (column + GAP);
    return [
      { kind: "text", style: "small", x: left + 2, y: y + CLUSTER_HEAD + 10, text: zone },
      ...pools.map(
        (item, row): Shape => ({
          kind: "card",
          style: "pool",
          x: left,
          y: y + CLUSTER_HEAD + 15 + row * (POOL.h + 5),
          w: column,
          h: POOL.h,
          item,
        }),
      ),
    ];
  });
  const deepest = Math.max(0, ...cluster.zones.map(({ pools }) => pools.length));
  const height = CLUSTER_HEAD + (deepest === 0 ? 0 : 15 + deepest * (POOL.h + 5) + 3);
  return { height, shapes: [{ kind: "frame", style: "cluster", x, y, w, h: height, item: cluster }, ...shapes] };
}

/** Cards of one size in rows, left to right. */
export function layoutCards(
  items: readonly Item[],
  x: number,
  y: number,
  w: number,
  cardWidth: number,
  cardHeight: number,
  style: string,
): Part {
  const perRow = Math.max(1, Math.floor((w + GAP) / (cardWidth + GAP)));
  const width = (w - (perRow - 1) * GAP) / perRow;
  const shapes = items.map(
    (item, i): Shape => ({
      kind: "card",
      style,
      x: x + (i % perRow) * (width + GAP),
      y: y + Math.floor(i / perRow) * (cardHeight + GAP),
      w: width,
      h: cardHeight,
      item,
    }),
  );
  const rows = Math.ceil(items.length / perRow);
  return { height: rows === 0 ? 0 : rows * (cardHeight + GAP) - GAP, shapes };
}
