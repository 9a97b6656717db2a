import { describe, expect, it } from "vitest";
import { PHASES } from "../../stacks/vocabulary.ts";
import { pages, proseOf, readFile, trackedFiles } from "../harness/pages.ts";
import { manifestsOf, platformOf } from "../harness/platform.ts";

/** Every service's row names what the blueprint really plans, or says that nothing does. */
const INDEX = "docs/migration/README.md";
const rows = readFile(INDEX)
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| Azure service"))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, service = "", , carried = "", page = ""]) => ({ service, carried, page }));

const platform = platformOf("rehearsal");
const WORKLOADS = ["Deployment", "StatefulSet", "CronJob"];
const components = trackedFiles
  .filter((file) => /^components\/[a-z-]+\.ts$/.test(file))
  .flatMap((file) => [...readFile(file).matchAll(/super\("([A-Za-z]+)",/g)].map((m) => m[1] ?? ""));
const THERE: ReadonlySet<string> = new Set([
  ...platform.regions.flatMap(({ parts }) => parts.map(({ kind }) => kind)),
  ...manifestsOf(platform)
    .filter(({ kind }) => WORKLOADS.includes(kind))
    .map(({ metadata }) => metadata.name),
  ...components,
]);
const namesIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? "");

describe("the table of services", () => {
  it("has rows of both sorts", () => {
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter(({ carried }) => carried === "not covered").length).toBeGreaterThan(3);
  });

  it.each(rows)("$service: $carried", ({ carried, page }) => {
    if (carried !== "not covered") expect(namesIn(carried)).not.toEqual([]);
    expect(namesIn(carried).filter((name) => !THERE.has(name))).toEqual([]);
    expect(page).toMatch(/^\[[^\]]+\]\([a-z-]+\.md\)$/);
  });

  it("tells a name that nothing has", () => expect(THERE.has("MigrationJob")).toBe(false));
});

describe("the pages", () => {
  const found = pages.filter((page) => page.startsWith("docs/migration/"));
  const text = readFile(INDEX);

  it("are all in the index", () =>
    expect(found.filter((page) => page !== INDEX && !text.includes(`(${page.split("/").at(-1)}`))).toEqual([]));

  it.each(found.filter((page) => page !== INDEX))("%s says what is equal or lost, and what nobody does", (page) => {
    expect(proseOf(readFile(page)).toLowerCase()).toMatch(/lost|not covered/);
    expect(readFile(page).toLowerCase()).toContain("not covered");
  });

  it("name the phases as the settings do", () =>
    expect(PHASES.filter((phase) => !text.includes(`\`${phase}\``))).toEqual([]));
});
