import { layoutRegion, REGION_WIDTH } from "./layout-region.ts";
import type { MapModel } from "./model.ts";
import type { Scene, Shape } from "./scene.ts";

const MARGIN = 24;
const INTERNET = { y: 24, h: 44 } as const;
/** Between the internet and the regions: where the labels of what passes stand. */
const SKY = 86;
const COLUMNS = 2;

/** Places everything on a plain grid: same model, same coordinates. */
export function layout(model: MapModel): Scene {
  const columns = Math.max(1, Math.min(COLUMNS, model.regions.length));
  const width = 2 * MARGIN + columns * REGION_WIDTH + (columns - 1) * MARGIN;
  const shapes: Shape[] = [
    { kind: "frame", style: "internet", x: MARGIN, y: INTERNET.y, w: width - 2 * MARGIN, h: INTERNET.h },
    { kind: "text", style: "internet-name", x: MARGIN + 16, y: INTERNET.y + 28, text: "internet" },
  ];
  const doors = new Map<string, readonly [number, number]>();
  let top = INTERNET.y + INTERNET.h + SKY;
  for (let row = 0; row < model.regions.length; row += columns) {
    const parts = model.regions
      .slice(row, row + columns)
      .map((region, i) => layoutRegion(region, MARGIN + i * (REGION_WIDTH + MARGIN), top));
    for (const part of parts) for (const [anchor, point] of part.doors) doors.set(anchor, point);
    const height = Math.max(0, ...parts.map((part) => part.height));
    // Frames of one row are equally high.
    shapes.push(
      ...parts.flatMap(({ shapes: [frame, ...rest] }) =>
        frame === undefined ? rest : [stretched(frame, height), ...rest],
      ),
    );
    top += height + MARGIN;
  }
  shapes.push(...skyLines(model, doors), ...tunnelLines(model, doors));
  return { width, height: top, shapes };
}

const stretched = (frame: Shape, h: number): Shape => (frame.kind === "frame" ? { ...frame, h } : frame);

/** From each gateway up to the internet, with what comes in and goes out. */
function skyLines(model: MapModel, doors: ReadonlyMap<string, readonly [number, number]>): readonly Shape[] {
  const bottom = INTERNET.y + INTERNET.h;
  return model.regions
    .flatMap((region) => region.gateways)
    .flatMap((gateway): readonly Shape[] => {
      const door = doors.get(gateway.anchor);
      if (door === undefined) return [];
      const [x, y] = door;
      const labels = [gateway.inbound === "" ? "" : `in: ${gateway.inbound}`, gateway.outbound].filter((t) => t !== "");
      return [
        {
          kind: "line",
          style: `sky ${gateway.role}`,
          points: [
            [x, y],
            [x, bottom],
          ],
          dot: false,
        },
        ...labels.map((text, i): Shape => ({ kind: "text", style: "label", x: x + 6, y: bottom + 40 + i * 13, text })),
      ];
    });
}

function tunnelLines(model: MapModel, doors: ReadonlyMap<string, readonly [number, number]>): readonly Shape[] {
  return model.tunnels.flatMap(({ from, to }, i): readonly Shape[] => {
    const a = doors.get(from);
    const b = doors.get(to);
    if (a === undefined || b === undefined) return [];
    const y = INTERNET.y + INTERNET.h + 16 + i * 10;
    return [
      {
        kind: "line",
        style: "tunnel",
        points: [
          [a[0], y],
          [b[0], y],
        ],
        dot: true,
      },
      { kind: "text", style: "label", x: Math.min(a[0], b[0]) + 14, y: y - 4, text: "WireGuard between the regions" },
    ];
  });
}
