import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AREAS, type Area, sourcesDigest, testsDigest } from "./areas.ts";

const FILE = join(import.meta.dirname, "results.json");
const count = z.int().nonnegative();

const measured = z.strictObject({
  area: z.string(),
  date: z.iso.date(),
  /** Digests of what was mutated, and of the tests that were to notice. */
  sources: z.string(),
  tests: z.string(),
  killed: count,
  timedOut: count,
  survived: count,
  /** Reached by no test; counted like survivors. */
  uncovered: count,
  /** Nothing could be loaded with them; not counted. */
  broken: count,
  /** Prose; not counted. */
  ignored: count,
});
export type Measured = z.infer<typeof measured>;

const schema = z.strictObject({ schema: z.literal("bastide.mutation/1"), areas: z.array(measured).readonly() });

export const publishedResults = (): readonly Measured[] => schema.parse(JSON.parse(readFileSync(FILE, "utf8"))).areas;

/** Noticed mutants of a hundred, rounded down to a tenth. */
export function score({ killed, timedOut, survived, uncovered }: Measured): number {
  const noticed = killed + timedOut;
  const all = noticed + survived + uncovered;
  return all === 0 ? 100 : Math.floor((noticed * 1000) / all) / 10;
}

export const below = ({ floor }: Area, result: Measured): boolean => floor !== undefined && score(result) < floor;

/** What changed in an area since it was measured; `undefined` when nothing did. */
export function olderThan(area: Area, { sources, tests }: Measured): "sources" | "tests" | undefined {
  if (sources !== sourcesDigest(area)) return "sources";
  return tests === testsDigest(area) ? undefined : "tests";
}

/** Writes down one area's result; what is known of others stays. */
export function publish(fresh: Measured): void {
  const known = publishedResults().filter(({ area }) => area !== fresh.area);
  const order = AREAS.map(({ name }) => name);
  const areas = [...known, fresh]
    .filter(({ area }) => order.includes(area))
    .sort((a, b) => order.indexOf(a.area) - order.indexOf(b.area));
  writeFileSync(FILE, `${JSON.stringify({ schema: "bastide.mutation/1", areas }, null, 2)}\n`);
}
