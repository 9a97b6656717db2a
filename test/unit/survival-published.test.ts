import { describe, expect, it } from "vitest";
import { filledIn, publishedPage, publishedResults, renderTable, sourcesDigest } from "../survival/results.ts";

/** The published table of survived kills and storms: as the results say, and with the age of each. */
describe("the published survival table", () => {
  const results = publishedResults();
  if (results === undefined) throw new Error("test/survival/results.json is missing: npm run survival");

  it("stands in the page as the results say", () => {
    const page = publishedPage();
    expect(filledIn(page, renderTable(results))).toBe(page);
  });
  it("tells of each run whether it is older than what lets a run go on (npm run survival)", () => {
    const page = publishedPage();
    for (const { name, sources } of results.outcomes) {
      const [row] = page.split("\n").filter((line) => line.startsWith(`| ${name} |`));
      expect(row).toMatch(sources === sourcesDigest(name) ? /\| these \|$/ : /\| earlier \|$/);
    }
  });
  it("has every run of its seed: storms, teardowns, lost regions, fifty kills and more", () => {
    const count = (part: RegExp): number => results.outcomes.filter(({ name }) => part.test(name)).length;
    expect([count(/^small-storm-/), count(/^small-down-/), count(/^whole-lost-region-/)]).toEqual([7, 5, 3]);
    expect([count(/^small-\d\d-/), count(/^whole-\d\d-/)]).toEqual([50, 5]);
  });
  it("hides nothing: every run that was not survived is told with its reason", () => {
    const page = publishedPage();
    for (const { name } of results.outcomes.filter(({ faults }) => faults.length > 0))
      expect(page).toContain(`- ${name}: `);
  });
});
