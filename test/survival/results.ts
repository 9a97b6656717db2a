import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const root = join(import.meta.dirname, "../..");
const RESULTS = join(import.meta.dirname, "results.json");
const PAGE = join(root, "docs/survival.md");

/** What decides how a run that was cut off goes on, and how that is looked at. */
const SOURCES = [
  "cli/cloud/adopt.ts",
  "cli/cloud/lookups.ts",
  "cli/cloud/patient.ts",
  "cli/cloud/servers.ts",
  "cli/cloud/strays.ts",
  "cli/engine/half-written.ts",
  "cli/engine/leftovers.ts",
  "cli/engine/planned.ts",
  "cli/engine/process.ts",
  "cli/engine/read-back.ts",
  "cli/engine/recover.ts",
  "cli/engine/state-file.ts",
  "cli/engine/strays.ts",
  "cli/run-lock.ts",
  "test/survival/compare.ts",
  "test/survival/kill.ts",
  "test/survival/scenarios.ts",
  "test/survival/state.ts",
] as const;

/** What besides decides how runs of a kind go, by a part of their names. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  "-storm-": ["test/survival/storm.ts"],
  "-down-": ["cli/cloud/buckets.ts", "cli/engine/destroy.ts", "test/survival/teardown.ts"],
  "-lost-region-": ["cli/cloud/silent-regions.ts", "cli/engine/refresh.ts", "test/survival/region.ts"],
};

/** @param name of a run. */
export function sourcesDigest(name: string): string {
  const hash = createHash("sha256");
  const own = Object.entries(OWN).flatMap(([part, files]) => (name.includes(part) ? files : []));
  for (const file of [...SOURCES, ...own]) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}

const outcome = z.strictObject({
  name: z.string(),
  what: z.string(),
  exit: z.number().nullable(),
  ups: z.number(),
  refused: z.number(),
  strays: z.number(),
  seconds: z.number(),
  faults: z.array(z.string()).readonly(),
  sources: z.string(),
});
export type Result = z.infer<typeof outcome>;

const schema = z.strictObject({
  schema: z.literal("bastide.survival/1"),
  seed: z.string(),
  date: z.iso.date(),
  outcomes: z.array(outcome).readonly(),
});
export type Results = z.infer<typeof schema>;

export const publishedResults = (): Results | undefined =>
  existsSync(RESULTS) ? schema.parse(JSON.parse(readFileSync(RESULTS, "utf8"))) : undefined;
export const publishedPage = (): string => readFileSync(PAGE, "utf8");

const exitText = (code: number | null): string => (code === null ? "killed" : String(code));

/** Carried out under other sources than these: what it shows is not shown of these. */
const isEarlier = ({ name, sources }: Result): boolean => sources !== sourcesDigest(name);

/** One line a run, in the order of the scenarios. */
export function renderTable({ seed, date, outcomes }: Results): string {
  const survived = outcomes.filter((o) => o.faults.length === 0).length;
  const earlier = outcomes.filter(isEarlier).length;
  const rows = outcomes.map(
    (o) =>
      `| ${o.name} | ${o.what} | ${exitText(o.exit)} | ${o.ups} | ${o.refused} | ${o.strays} | ${o.faults.length === 0 ? "yes" : "no"} | ${isEarlier(o) ? "earlier" : "these"} |`,
  );
  const failed = outcomes.flatMap((o) =>
    o.faults
      .slice(0, 3)
      .map((f) => `- ${o.name}: ${f.split("\n")[0]?.replaceAll("|", "\\|").replaceAll("`", "'").slice(0, 300)}`),
  );
  return [
    `Seed ${seed}, ${date}: ${survived} of ${outcomes.length} survived${earlier === 0 ? "" : `; ${earlier} of them were carried out under earlier sources of what decides how a run goes on, and not again since`}.`,
    "",
    "| run | what happened | exit | runs until all was well | refused meanwhile | strays removed | survived | sources |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
    ...(failed.length === 0 ? [] : ["", ...failed]),
  ].join("\n");
}

/** The page with its table filled in. @throws when it has no markers. */
export function filledIn(page: string, table: string): string {
  const markers = /(<!-- survival:begin [^\n]*-->\n)[\s\S]*?(<!-- survival:end -->)/;
  if (!markers.test(page)) throw new Error("the page has no markers for the table");
  return page.replace(markers, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
}

/** Writes the results and the page's table; what was known of other runs of the same seed stays, and the table tells which are older than the sources. */
export function publish(seed: string, date: string, fresh: readonly Result[], order: readonly string[]): void {
  const known = publishedResults();
  const kept = known?.seed === seed ? known.outcomes.filter((o) => !fresh.some((f) => f.name === o.name)) : [];
  const outcomes = [...kept, ...fresh]
    .filter((o) => order.includes(o.name))
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const results: Results = { schema: "bastide.survival/1", seed, date, outcomes };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(PAGE, filledIn(publishedPage(), renderTable(results)));
}
