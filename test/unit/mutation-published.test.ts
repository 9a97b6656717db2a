import { describe, expect, it } from "vitest";
import { mutationTable } from "../../docs/generate/mutation.ts";
import { RULE_IDS } from "../../policy-packs/bastide/rules/ids.ts";
import { AREAS, rulesOf, sourcesDigest } from "../mutation/areas.ts";
import { below, type Measured, olderThan, publishedResults, score } from "../mutation/results.ts";

/** The published scores: every area has its row, and a row tells when it is older than what it measures. */
const result: Measured = {
  area: "a",
  date: "2026-11-24",
  sources: "s",
  tests: "t",
  killed: 89,
  timedOut: 1,
  survived: 9,
  uncovered: 1,
  broken: 7,
  ignored: 7,
};

describe("mutation scores", () => {
  it("count what was noticed of all that could be, and never round up", () => {
    expect(score(result)).toBe(90);
    expect(score({ ...result, killed: 899, timedOut: 0, survived: 100, uncovered: 1 })).toBe(89.9);
  });
  it("are below a floor by a tenth, and where there is none never", () => {
    const area = { name: "a", files: [], runner: "cases" } as const;
    expect(below({ ...area, floor: 90 }, result)).toBe(false);
    expect(below({ ...area, floor: 90 }, { ...result, killed: 88 })).toBe(true);
    expect(below(area, { ...result, killed: 0 })).toBe(false);
  });
  it("are older than their sources, or than their tests, as soon as those change", () => {
    const [area] = AREAS;
    if (area === undefined) throw new Error("no area");
    expect(olderThan(area, result)).toBe("sources");
    expect(olderThan(area, { ...result, sources: sourcesDigest(area) })).toBe("tests");
  });
  it("cover every rule, each in one area", () => {
    const own = AREAS.filter(({ floor }) => floor !== undefined).flatMap(rulesOf);
    expect([...own].sort()).toEqual([...RULE_IDS].sort());
  });
  it("are published for areas that exist, and every area has a row", () => {
    const names = AREAS.map(({ name }) => name);
    expect(publishedResults().filter(({ area }) => !names.includes(area))).toEqual([]);
    expect(names.filter((name) => !mutationTable().includes(`| \`${name}\` |`))).toEqual([]);
  });
});
