import { beforeAll, describe, expect, it } from "vitest";
import { KNOWN } from "../../local/scaleway/conformance/examples/known.data.ts";
import { type Example, examplesOf } from "../../local/scaleway/conformance/examples/programs.ts";
import { explains, reasonOf, renderExamples } from "../../local/scaleway/conformance/examples/report.ts";
import { providerModule } from "../../local/scaleway/conformance/provider-module.ts";
import {
  filledIn,
  publishedExamples,
  publishedReadme,
  sourcesDigest,
} from "../../local/scaleway/conformance/publish.ts";

/** The published table of the documentation's programs: whole, explained, and not older than what it judges. */
describe("the programs of the provider's documentation", () => {
  const report = publishedExamples();
  const failed = report.examples.filter(({ outcome }) => outcome === "failed");
  let programs: readonly Example[];
  beforeAll(async () => {
    programs = examplesOf(await providerModule());
  });

  it("were all tried", () => {
    expect(programs.length).toBeGreaterThan(150);
    expect(report.examples.map(({ name }) => name)).toEqual(programs.map(({ name }) => name));
  });

  it("pass, but for what has a reason", () => {
    expect(failed.filter((e) => reasonOf(e) === undefined)).toEqual([]);
  });

  it("need every reason that is given", () => {
    expect(KNOWN.filter((known) => !failed.some((e) => explains(known, e)))).toEqual([]);
  });

  it("stand in the README as they were tried", () => {
    const readme = publishedReadme();
    expect(filledIn(readme, "examples", renderExamples(report))).toBe(readme);
  });

  it("were tried against these sources (npm run conformance -- --examples)", () => {
    expect(report.sources).toBe(sourcesDigest());
  });
});
