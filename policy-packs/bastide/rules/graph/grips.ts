import type { DataRight } from "../../../../judge/graph/right.ts";
import { type About, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { pathOf } from "./way.ts";

/** The verdict on rights that should not be there. */
export function verdictOnRights(about: About, rights: readonly DataRight[]): Result {
  const known = rights.find((right) => right.ground !== "unresolved");
  if (known !== undefined) {
    const way = known.path.map(({ from, to, by, property }) => ({ from, to, by, property }));
    const got = { right: known.right, on: known.on, how: known.how, others: rights.length - 1, way };
    const assumed = known.ground === "assumed" ? ({ proof: "assumed" } as const) : {};
    return fail({ ...about, ...assumed, path: pathOf(known.path) }, got);
  }
  const [possible] = rights;
  if (possible === undefined) return pass(about, "no such right");
  const lost = possible.path.find((grip) => grip.ground === "unresolved") ?? possible.path[0];
  return undecided(
    { ...about, path: pathOf(possible.path) },
    { property: lost?.property ?? about.property, suppliers: lost === undefined ? [] : [lost.by] },
  );
}
