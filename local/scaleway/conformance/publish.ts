import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { merge, parseResults, type Results, renderTable } from "./results.ts";

const home = join(import.meta.dirname, "..");
const RESULTS = join(import.meta.dirname, "results.json");
const README = join(home, "README.md");
const MARKERS = /(<!-- conformance:begin [^\n]*-->\n)[\s\S]*?(<!-- conformance:end -->)/;
const EMPTY = "<!-- conformance:begin written by `npm run conformance` -->\n<!-- conformance:end -->";

/** Digest of the sources that decide what the local Scaleway answers. */
export function sourcesDigest(): string {
  const hash = createHash("sha256");
  const files = ["core", "s3", "services"].flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${folder}/${file}`),
  );
  for (const file of [...files, "seed.ts", "server.ts"].sort())
    hash.update(`${file}\n`).update(readFileSync(join(home, file)));
  return hash.digest("hex").slice(0, 16);
}

/** The README with the table filled in; markers are added at its end when it has none. */
export const filledIn = (readme: string, results: Results): string =>
  (MARKERS.test(readme) ? readme : `${readme.trimEnd()}\n\n## Conformance\n\n${EMPTY}\n`).replace(
    MARKERS,
    (_, begin: string, end: string) => `${begin}\n${renderTable(results)}\n\n${end}`,
  );

/** Writes `results.json` and the README's table. */
export function publish(fresh: Results): Results {
  const known = existsSync(RESULTS) ? parseResults(readFileSync(RESULTS, "utf8")) : undefined;
  const results = merge(known, fresh);
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(README, filledIn(readFileSync(README, "utf8"), results));
  return results;
}
