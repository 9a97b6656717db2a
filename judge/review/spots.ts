import type { BlindSpot, RawEstate } from "../facts/raw.ts";

/**
 * What a comparison of these two can't tell: what neither door shows, and what follows from their being two doors. A plan
 * shows deletions and replacements by itself; without one they are inferred.
 */
export function notComparedOf(base: RawEstate, head: RawEstate): readonly BlindSpot[] {
  const common = ["other-stacks", "provider-functions", "remote-components"];
  const spots = [...base.notSeen, ...head.notSeen].filter((spot) => common.includes(spot));
  const inferred = head.steps === undefined ? ["replacements are inferred: only a plan shows them"] : [];
  const doors = base.door === head.door ? [] : ["two doors: what only one of them shows is not compared"];
  return [...spots, ...inferred, ...doors];
}
