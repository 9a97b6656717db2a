import { describe, expect, it } from "vitest";
import {
  filledIn,
  publishedReadme,
  publishedResults,
  sourcesDigest,
} from "../../local/scaleway/conformance/publish.ts";
import { renderTable } from "../../local/scaleway/conformance/results.ts";
import { SERVICES } from "../../local/scaleway/conformance/service.ts";

/** The published table of the acceptance tests: whole, as the results say, and not older than what it judges. */
describe("the published conformance table", () => {
  const results = publishedResults();

  it("has every service, with at least 95 of 100 attainable tests passed", () => {
    expect(results.services.map(({ service }) => service)).toEqual(SERVICES);
    const count = (of: "passed" | "failed" | "notRun") => results.services.reduce((sum, s) => sum + s[of].length, 0);
    const passed = count("passed");
    expect(passed / (passed + count("failed") + count("notRun"))).toBeGreaterThanOrEqual(0.95);
  });

  it("stands in the README as the results say", () => {
    const readme = publishedReadme();
    expect(filledIn(readme, "conformance", renderTable(results))).toBe(readme);
  });

  it("is not older than the local Scaleway's sources (npm run conformance)", () => {
    const digest = sourcesDigest();
    const stale = results.services.filter(({ sources }) => sources !== digest).map(({ service }) => service);
    expect(stale).toEqual([]);
  });
});
