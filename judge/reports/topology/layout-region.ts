import { count } from "../wording.ts";
import { LANES, layoutCards, layoutNodes, layoutVpc } from "./layout-vpc.ts";
import type { GatewayItem, Item, RegionModel } from "./model.ts";
import type { Part, Shape } from "./scene.ts";

export const REGION_WIDTH = 800;
const PAD = 16;
const HEAD = 16;
/** Left of the gateways: the region's name. */
const NAME = 190;
const GATEWAY = { w: 178, h: 52, gap: 12 } as const;
/** A region with more of one kind shows the first of them and counts the others. */
const MOST_CARDS = 40;

export interface RegionPart extends Part {
  /** Top middle of each gateway, by anchor: where the line to the internet begins. */
  readonly doors: ReadonlyMap<string, readonly [number, number]>;
}

/** One region, top down: gateways, VPCs with their bands, what has no network, buckets, services. */
export function layoutRegion(region: RegionModel, x: number, y: number): RegionPart {
  const left = x + PAD;
  const width = REGION_WIDTH - 2 * PAD;
  const shapes: Shape[] = [
    { kind: "text", style: "region-name", x: left, y: y + 34, text: region.name },
    { kind: "text", style: "small", x: left, y: y + 50, text: count(region.resources, "resource") },
  ];
  let at = y + HEAD;
  const doors = new Map<string, readonly [number, number]>();
  const share = (width - NAME + GATEWAY.gap) / Math.max(1, region.gateways.length) - GATEWAY.gap;
  const gatewayWidth = Math.min(GATEWAY.w, share);
  const gateways = region.gateways.map((item, i) => {
    const box = { x: left + NAME + i * (gatewayWidth + GATEWAY.gap), y: at, w: gatewayWidth, h: GATEWAY.h };
    doors.set(item.anchor, [box.x + box.w / 2, box.y]);
    return { item, box };
  });
  shapes.push(
    ...gateways.map(({ item, box }): Shape => ({ kind: "card", style: `gateway ${item.role}`, item, ...box })),
  );
  at += GATEWAY.h + 14 + gateways.length * 7;

  const middles = new Map<string, number>();
  for (const vpc of region.vpcs) {
    const part = layoutVpc(vpc, left, at, width);
    for (const [anchor, middle] of part.middles) middles.set(anchor, middle);
    shapes.push(...part.shapes);
    at += part.height + 12;
  }
  shapes.push(
    ...gateways.flatMap(({ item, box }, i) => drops(item, i, box.x + box.w / 2, box.y + GATEWAY.h, left, middles)),
  );

  const section = (title: string, part: (top: number) => Part): void => {
    const made = part(at + 26);
    if (made.shapes.length === 0) return;
    shapes.push({ kind: "text", style: "section", x: left, y: at + 16, text: title }, ...made.shapes);
    at += 26 + made.height + 10;
  };
  section("outside any private network of this estate", (top) => layoutNodes(region.loose, left, top, width));
  section("object storage: one public endpoint, policies and keys decide who reads", (top) =>
    layoutCards(capped(region.buckets), left, top, width, 230, 68, "bucket"),
  );
  section("regional services", (top) => layoutCards(region.services, left, top, width, 140, 66, "service"));
  const height = at + 6 - y;
  return { height, shapes: [{ kind: "frame", style: "region", x, y, w: REGION_WIDTH, h: height }, ...shapes], doors };
}

/** From a gateway down its own lane to each network that it serves. Deeper channels for later gateways: no two lines cross. */
function drops(
  gateway: GatewayItem,
  index: number,
  x: number,
  y: number,
  left: number,
  middles: ReadonlyMap<string, number>,
): readonly Shape[] {
  const lane = left + 8 + LANES.x + (index % LANES.most) * LANES.step;
  const channel = y + 7 + index * 7;
  return gateway.serves.flatMap((anchor): readonly Shape[] => {
    const middle = middles.get(anchor);
    if (middle === undefined) return [];
    const points: (readonly [number, number])[] = [
      [x, y],
      [x, channel],
      [lane, channel],
      [lane, middle],
    ];
    return [{ kind: "line", style: `drop ${gateway.role}`, points, dot: true }];
  });
}

/** The first items, worst marks kept, and one more that counts the rest. */
function capped(items: readonly Item[]): readonly Item[] {
  if (items.length <= MOST_CARDS) return items;
  const marked = items.filter((item) => item.mark !== "none");
  const shown = [...marked, ...items.filter((item) => item.mark === "none")].slice(0, MOST_CARDS - 1);
  const rest = items.filter((item) => !shown.includes(item));
  const more: Item = {
    anchor: `${rest[0]?.anchor ?? "r"}-more`,
    title: `and ${rest.length} more`,
    lines: rest.slice(0, 2).map((item) => item.title),
    badges: [],
    dataClass: "",
    mark: "none",
    urns: rest.flatMap((item) => item.urns),
  };
  return [...items.filter((item) => shown.includes(item)), more];
}
