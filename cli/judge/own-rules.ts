import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type RawResource, UNKNOWN } from "../../judge/facts/raw.ts";
import { isKnownFramework } from "../../judge/kit/controls.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { KIT_RULES } from "../../judge/kit/kit-rules.ts";
import { lawForForeign } from "../../judge/kit/law.ts";
import { type ExampleResource, KIT, type OwnRule } from "../../judge/kit/own.ts";
import type { Rule } from "../../judge/kit/rule.ts";
import { type Fault, inputError } from "../../kernel/errors.ts";
import { RULE_IDS } from "../../policy-packs/bastide/rules/ids.ts";

/**
 * Rules of the operator's own from a folder of modules. Each module exports `rules(kit)`; each rule comes with an estate that it
 * refuses and one that it accepts, and both are tried now. Input error (exit 2) that lists every fault: no module, a module
 * that does not load, an id that is taken or ill-formed, a rule that does not refuse or accept what it says.
 */
export async function ownRules(folder: string): Promise<readonly Rule[]> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw faulty([fault(folder, "no folder", "a folder of rules")]);
  const files = readdirSync(folder)
    .filter((name) => /\.(ts|mts|js|mjs)$/.test(name) && !/\.(test|d)\./.test(name))
    .sort();
  const faults: Fault[] = [];
  const rules: Rule[] = [];
  for (const file of files) {
    for (const own of await loaded(join(folder, file), file, faults)) {
      const wrong = [...formFaults(own.rule, file, rules), ...exampleFaults(own, file)];
      faults.push(...wrong);
      rules.push({ ...own.rule, proven: wrong.length === 0 });
    }
  }
  if (rules.length === 0 && faults.length === 0) faults.push(fault(folder, "no rule", "modules that export `rules`"));
  if (faults.length > 0) throw faulty(faults);
  return rules;
}

async function loaded(path: string, file: string, faults: Fault[]): Promise<readonly OwnRule[]> {
  try {
    const module: { readonly rules?: unknown } = await import(pathToFileURL(path).href);
    if (typeof module.rules !== "function") {
      faults.push(fault(file, "no export `rules`", "export const rules = (kit) => [{ rule, refuses, accepts }]"));
      return [];
    }
    const made: unknown = module.rules(KIT);
    if (Array.isArray(made) && made.every(isOwnRule)) return made;
    faults.push(fault(file, "something else", "a list of { rule, refuses, accepts }"));
  } catch (cause) {
    faults.push(fault(file, cause instanceof Error ? cause.message : String(cause), "a module that loads"));
  }
  return [];
}

const isOwnRule = (value: unknown): value is OwnRule =>
  typeof value === "object" && value !== null && "rule" in value && "refuses" in value && "accepts" in value;

function formFaults(rule: Rule, file: string, before: readonly Rule[]): readonly Fault[] {
  const taken = [...RULE_IDS, ...Object.values(KIT_RULES).map((r) => r.id), ...before.map((r) => r.id)];
  const ours = new Set(taken.map((id) => id.split("-")[0]));
  const found: Fault[] = [];
  if (!/^[A-Z][A-Z0-9]{1,9}-\d{2,3}$/.test(rule.id)) found.push(fault(file, rule.id, "an id such as ACME-01"));
  else if (taken.includes(rule.id)) found.push(fault(file, rule.id, "an id that is not taken"));
  else if (ours.has(rule.id.split("-")[0]) && !before.some((r) => r.id.split("-")[0] === rule.id.split("-")[0])) {
    found.push(fault(file, rule.id, "a prefix that is not one of Bastide's"));
  }
  const strange = rule.controls.filter((ref) => !isKnownFramework(ref));
  if (strange.length > 0)
    found.push(fault(`${file}: ${rule.id}`, strange.join(", "), "references to known frameworks"));
  return found;
}

function exampleFaults({ rule, refuses, accepts }: OwnRule, file: string): readonly Fault[] {
  const path = `${file}: ${rule.id}`;
  const refused = outcomes(rule, refuses);
  const accepted = outcomes(rule, accepts);
  return [
    ...(refused.includes("fail") ? [] : [fault(path, `refuses gives ${refused.join(", ")}`, "a violation")]),
    ...(accepted.length > 0 && accepted.every((o) => o === "pass")
      ? []
      : [fault(path, `accepts gives ${accepted.join(", ") || "nothing"}`, "passes only")]),
  ];
}

const outcomes = (rule: Rule, resources: readonly ExampleResource[]): readonly string[] =>
  judgeEstate(
    { door: "gate", subject: "example", resources: resources.map(raw), steps: undefined, notSeen: [] },
    lawForForeign("fr-health"),
    [rule],
    { now: "2026-01-01T00:00:00.000Z", all: true },
  )
    .findings.filter((f) => f.rule === rule.id || (f.rule === "KIT-02" && f.property === rule.id))
    .map((f) => (f.rule === rule.id ? f.outcome : String(f.got)));

const raw = ({ type, name, inputs, id }: ExampleResource): RawResource => ({
  urn: `urn:pulumi:example::example::${type}::${name}`,
  type,
  name,
  custom: true,
  parent: undefined,
  provider: undefined,
  id: id ?? UNKNOWN,
  inputs,
  outputs: {},
  propertyDependencies: {},
  dependencies: [],
  options: {
    protect: { visible: true, value: false },
    retainOnDelete: { visible: false },
    replaceOnChanges: { visible: false },
  },
});

const fault = (path: string, got: string, want: string): Fault => ({
  code: "rules.own",
  path: `--rules: ${path}`,
  got,
  want,
  fix: "see docs/adopting.md; `bastide explain` shows how ours are made",
});

const faulty = (faults: readonly Fault[]) => inputError("the rules of your own can't be used", faults);
