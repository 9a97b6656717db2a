import type { Estate } from "../../../../judge/facts/estate.ts";
import { perEstate } from "../../../../judge/facts/per-estate.ts";
import type { Ground, Hop, Limit } from "../../../../judge/graph/model.ts";
import { wires } from "../../../../judge/graph/reach.ts";
import { type About, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { pathOf } from "./way.ts";

/** A way that should not be there. */
export interface Witness {
  readonly path: readonly Hop[];
  readonly ground: Ground;
  /** What to tell beside the way. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A way as facts: each hop with the resource and the property that opened it. */
const told = (path: readonly Hop[]) =>
  path.map(({ kind, from, to, by, property }) => ({ kind, from, to, by, property }));

/**
 * The verdict on ways that should not be there: a known one fails, one that only may be there is undecided, and so is a pass that met a
 * bound, because what was not followed to its end is no proof.
 */
export function verdictOn(
  about: About,
  witnesses: readonly Witness[],
  limits: readonly Limit[],
  estate: Estate,
): Result {
  const known = witnesses.find((w) => w.ground !== "unresolved");
  if (known !== undefined) {
    const assumed = known.ground === "assumed" ? ({ proof: "assumed" } as const) : {};
    return fail({ ...about, ...assumed, path: pathOf(known.path) }, { ...known.more, way: told(known.path) });
  }
  const [possible] = witnesses;
  if (possible !== undefined) {
    const lost = possible.path.find((hop) => hop.ground === "unresolved");
    return undecided(
      { ...about, path: pathOf(possible.path) },
      { property: lost?.property ?? about.property, suppliers: lost === undefined ? [] : [lost.by] },
    );
  }
  const [limit] = limits;
  if (limit !== undefined) return undecided(about, { property: limit.what, suppliers: [limit.at] });
  return pass({ ...about, proof: restsOnAssumptions(estate) ? "assumed" : undefined }, "no way");
}

/** Whether the proof stands on references that are only known as derived from the right resource. */
const restsOnAssumptions = perEstate((estate): boolean =>
  [...wires(estate).vpcs.values()].some(
    (vpc) =>
      vpc.nets.some((member) => member.ground === "assumed") ||
      [...vpc.filters[4], ...vpc.filters[6]].some((filter) => filter.ground === "assumed"),
  ),
);
