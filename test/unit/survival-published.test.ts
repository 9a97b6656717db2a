import { describe, expect, it } from "vitest";
import { filledIn, publishedPage, publishedResults, renderTable, sourcesDigest } from "../survival/results.ts";

/** The published table of survived kills and storms: as the results say, and not older than what it judges. */
describe("the published survival table", () => {
  const results = publishedResults();
  if (results === undefined) throw new Error("test/survival/results.json is missing: npm run survival");

  it("stands in the page as the results say", () => {
    const page = publishedPage();
    expect(filledIn(page, renderTable(results))).toBe(page);
  });
  it("is not older than what lets a run go on (npm run survival)", () => {
    expect(
      results.outcomes.filter(({ name, sources }) => sources !== sourcesDigest(name)).map(({ name }) => name),
    ).toEqual([]);
  });
  it("hides nothing: every run that was not survived is told with its reason", () => {
    const page = publishedPage();
    for (const { name } of results.outcomes.filter(({ faults }) => faults.length > 0))
      expect(page).toContain(`- ${name}: `);
  });
});
