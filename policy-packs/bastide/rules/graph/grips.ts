import type { DataRight } from "../../../../judge/graph/right.ts";
import { type About, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";

/** Every node and every resource on the way of a right, in order. */
const pathOf = ({ path }: DataRight): readonly string[] => {
  const all = path.flatMap((grip) => [grip.from, grip.by, grip.to]);
  return all.filter((item, i) => all.indexOf(item) === i);
};

/** The verdict on rights that should not be there. */
export function verdictOnRights(about: About, rights: readonly DataRight[]): Result {
  const known = rights.find((right) => right.ground !== "unresolved");
  if (known !== undefined) {
    const way = known.path.map(({ from, to, by, property }) => ({ from, to, by, property }));
    const got = { right: known.right, on: known.on, how: known.how, others: rights.length - 1, way };
    const assumed = known.ground === "assumed" ? ({ proof: "assumed" } as const) : {};
    return fail({ ...about, ...assumed, path: pathOf(known) }, got);
  }
  const [possible] = rights;
  if (possible === undefined) return pass(about, "no such right");
  const lost = possible.path.find((grip) => grip.ground === "unresolved") ?? possible.path[0];
  return undecided(
    { ...about, path: pathOf(possible) },
    { property: lost?.property ?? about.property, suppliers: lost === undefined ? [] : [lost.by] },
  );
}
