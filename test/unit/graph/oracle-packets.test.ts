import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "../../oracle/compare-packets.ts";
import { networkEstates } from "../../oracle/network-estates.ts";

/** The graph against a packet walker that was written from the documents alone. `npm run oracle` runs many more. */
const numRuns = Number(process.env["BASTIDE_ORACLE_RUNS"] ?? 40);

describe("graph and packet walker", () => {
  it("agree on every packet of small random networks", { timeout: 60_000 + numRuns * 2_000 }, () => {
    fc.assert(
      fc.property(networkEstates(), (resources) => {
        expect(differences(resources, { invents: true })).toEqual([]);
      }),
      { numRuns },
    );
  });
});
