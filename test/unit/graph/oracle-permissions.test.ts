import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { permissionDifferences } from "../../oracle/compare-permissions.ts";
import { identityEstates } from "../../oracle/identity-estates.ts";

/** The graph's rights against a walker that asks one question at a time, written from the documents alone. */
const given = process.env["BASTIDE_ORACLE_RUNS"];
const numRuns = given === undefined ? 300 : Number(given);
/** The same estates each time in `npm test`; others each time in `npm run oracle`. */
const seed = given === undefined ? { seed: 20_261_124 } : {};

describe("graph and permission walker", () => {
  it("agree on every right of small random estates", { timeout: 60_000 + numRuns * 200 }, () => {
    fc.assert(
      fc.property(identityEstates({ negations: false }), (resources) => {
        expect(permissionDifferences(resources, { invents: true })).toEqual([]);
      }),
      { numRuns, ...seed },
    );
  });

  it("agree that a right is there, where a condition says what must not be", {
    timeout: 60_000 + numRuns * 200,
  }, () => {
    fc.assert(
      fc.property(identityEstates({ negations: true }), (resources) => {
        expect(permissionDifferences(resources, { invents: false })).toEqual([]);
      }),
      { numRuns, ...seed },
    );
  });
});
