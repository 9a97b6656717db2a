import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/**
 * Waivers and attestations: one YAML or JSON file each, in `waivers/` and `attestations/` beside the settings, so that a change
 * of one is a change of one file. What can't be read is kept as what it is, and the judge finds it malformed: an exception
 * that nobody can read must not go unnoticed.
 */
export interface LawFiles {
  readonly waivers: readonly unknown[];
  readonly attestations: readonly unknown[];
}

/** The files of a folder in order of their names. `folder` holds `waivers/` and `attestations/`. Absent: this clone's. */
export const readLawFiles = (folder: string = import.meta.dirname): LawFiles => ({
  waivers: entriesOf(join(folder, "waivers")),
  attestations: entriesOf(join(folder, "attestations")),
});

function entriesOf(folder: string): readonly unknown[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => entryOf(join(folder, name), name));
}

function entryOf(path: string, name: string): unknown {
  try {
    // JSON is YAML: one parser reads both.
    return parse(readFileSync(path, "utf8"));
  } catch (cause) {
    return { unreadable: name, because: cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause) };
  }
}
