import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RULE_IDS } from "../../policy-packs/bastide/rules/ids.ts";
import { CASES } from "../unit/rules/all.ts";

const root = join(import.meta.dirname, "../..");
const RULES = "policy-packs/bastide/rules";

/** Mutants of every area of rules that its cases must notice, of a hundred. */
export const FLOOR = 90;

/** What is mutated together, and which tests must notice. */
export interface Area {
  readonly name: string;
  readonly files: readonly string[];
  /** `cases`: the table of cases of all rules. `unit`: those and the judge's own unit tests, under vitest. */
  readonly runner: "cases" | "unit";
  readonly floor?: number;
}

const filesOf = (...patterns: readonly string[]): readonly string[] =>
  patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !file.endsWith(".data.ts"))
    .sort();

const ruleAreas = [...new Set(globSync(`${RULES}/*/*.ts`, { cwd: root }).map((f) => f.split("/").at(-2) ?? ""))].sort();

export const AREAS: readonly Area[] = [
  ...ruleAreas.map((name): Area => ({ name, files: filesOf(`${RULES}/${name}/*.ts`), runner: "cases", floor: FLOOR })),
  { name: "judge/facts", files: filesOf("judge/facts/*.ts"), runner: "cases" },
  { name: "judge/facts/decoders", files: filesOf("judge/facts/decoders/**/*.ts"), runner: "cases" },
  { name: "judge/kit", files: filesOf("judge/kit/**/*.ts"), runner: "unit" },
];

const digest = (parts: readonly string[]): string =>
  parts
    .reduce((hash, part) => hash.update(`${part.length} `).update(part), createHash("sha256"))
    .digest("hex")
    .slice(0, 16);

const read = (file: string): string => readFileSync(join(root, file), "utf8");

export const sourcesDigest = ({ files }: Area): string => digest(files.flatMap((file) => [file, read(file)]));

const ID = /^ +id: "([A-Z0-9-]+)",$/gm;

/** The rules that an area defines; every rule where it defines none. */
export function rulesOf({ files }: Area): readonly string[] {
  const defined = new Set(files.flatMap((file) => [...read(file).matchAll(ID)].map((m) => m[1] ?? "")));
  const own = RULE_IDS.filter((id) => defined.has(id));
  return own.length > 0 ? own : RULE_IDS;
}

/** The cases of the area's rules, and the files that run them. */
export function testsDigest(area: Area): string {
  const own = new Set(rulesOf(area));
  const cases = Object.entries(CASES).filter(([id]) => own.has(id));
  const shown = JSON.stringify(cases, (_, value) => (typeof value === "symbol" ? String(value) : value));
  const files = area.runner === "unit" ? globSync("test/unit/judge-*.test.ts", { cwd: root }).sort() : [];
  return digest([shown, ...["test/unit/rules/case-tests.ts", ...files].map(read)]);
}
