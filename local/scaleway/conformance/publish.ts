import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ExamplesReport, parseExamples, renderExamples } from "./examples/report.ts";
import { type ReplayReport, renderReplay } from "./replay/report.ts";
import { merge, parseResults, type Results, renderTable } from "./results.ts";

const home = join(import.meta.dirname, "..");
const RESULTS = join(import.meta.dirname, "results.json");
const README = join(home, "README.md");
const EXAMPLES = join(import.meta.dirname, "examples.json");
const REPLAY = join(import.meta.dirname, "replay.json");

/** Digest of the sources that decide what the local Scaleway answers to a call; what starts it and lets it fail is apart. */
export function sourcesDigest(): string {
  const hash = createHash("sha256");
  const files = ["core", "s3", "services"].flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${folder}/${file}`),
  );
  for (const file of [...files, "seed.ts"].sort()) hash.update(`${file}\n`).update(readFileSync(join(home, file)));
  return hash.digest("hex").slice(0, 16);
}

/** The README with a part between its markers filled in. @throws when it has no such markers. */
export function filledIn(
  readme: string,
  part: "conformance" | "examples" | "reference" | "replay",
  text: string,
): string {
  const markers = new RegExp(`(<!-- ${part}:begin [^\\n]*-->\\n)[\\s\\S]*?(<!-- ${part}:end -->)`);
  if (!markers.test(readme)) throw new Error(`the README has no marker for ${part}`);
  return readme.replace(markers, (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`);
}

/** What was published last. */
export const publishedResults = (): Results => parseResults(readFileSync(RESULTS, "utf8"));
export const publishedReplay = (): ReplayReport => JSON.parse(readFileSync(REPLAY, "utf8"));
export const publishedExamples = (): ExamplesReport => parseExamples(readFileSync(EXAMPLES, "utf8"));
export const publishedReadme = (): string => readFileSync(README, "utf8");

/** Writes `replay.json` and the README's table. */
export function publishReplay(report: ReplayReport): void {
  writeFileSync(REPLAY, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(README, filledIn(publishedReadme(), "replay", renderReplay(report)));
}

/** Writes the README's part on the API reference. */
export const publishReference = (text: string): void =>
  writeFileSync(README, filledIn(publishedReadme(), "reference", text));

/** Writes `examples.json` and the README's table. */
export function publishExamples(report: ExamplesReport): void {
  writeFileSync(EXAMPLES, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(README, filledIn(publishedReadme(), "examples", renderExamples(report)));
}

/** Writes `results.json` and the README's table. */
export function publish(fresh: Results): Results {
  const known = existsSync(RESULTS) ? parseResults(readFileSync(RESULTS, "utf8")) : undefined;
  const results = merge(known, fresh);
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(README, filledIn(publishedReadme(), "conformance", renderTable(results)));
  return results;
}
