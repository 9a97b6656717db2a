import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { styleText } from "node:util";
import type { Command } from "commander";
import { relation } from "../../judge/kit/controls.ts";
import { KIT_RULES } from "../../judge/kit/kit-rules.ts";
import type { RuleData } from "../../judge/kit/rule.ts";
import { NEVER_WAIVABLE } from "../../judge/kit/waivers.ts";
import { frameworkOf, frameworkText } from "../../judge/reports/frameworks.ts";
import { inputError } from "../../kernel/errors.ts";
import { byKey, stableJson } from "../../kernel/order.ts";
import { committedRules } from "../../policy-packs/bastide/rules/index.ts";
import { repoRoot } from "../paths.ts";

interface Explained {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly enforcement: string;
  readonly waivable: boolean;
  readonly rationale: string;
  readonly remedy: string;
  readonly needs: readonly string[];
  readonly controls: readonly { readonly reference: string; readonly text: string; readonly relation: string }[];
  /** Programs; absent for findings about the judging itself. */
  readonly failing?: string;
  readonly fixed?: string;
}

/** Every rule that a verdict can name, those of the kit included. */
const allRules = (): readonly RuleData[] => [...committedRules(), ...Object.values(KIT_RULES)].sort(byKey((r) => r.id));

/** Input error (exit 2) for an id that no rule has; it names those that begin alike. */
function findRule(id: string): RuleData {
  const rules = allRules();
  const found = rules.find((r) => r.id === id.toUpperCase());
  if (found !== undefined) return found;
  const area = id.toUpperCase().split("-")[0] ?? "";
  const alike = rules.filter((r) => r.id.startsWith(area)).map((r) => r.id);
  throw inputError("there is no such rule", [
    {
      code: "explain.unknown",
      path: "RULE",
      got: id,
      want: (alike.length > 0 ? alike : rules.map((r) => r.id)).join(", "),
      fix: "correct the id, or leave it out to list all",
    },
  ]);
}

function example(id: string, which: "failing" | "fixed"): { readonly [key: string]: string } {
  const folder = join(repoRoot, "docs", "rules", "examples");
  const file = join(folder, `${id}-${which}.ts`);
  if (!existsSync(file)) return {};
  const context = join(folder, `${id}-${which}.context.yaml`);
  const program = readFileSync(file, "utf8").trimEnd();
  // Some rules look at more than resources: what stands beside the program is part of the example.
  const beside = existsSync(context)
    ? `\n\n// and beside the program:\n${readFileSync(context, "utf8").trimEnd()}`
    : "";
  return { [which]: `${program}${beside}` };
}

function explained(rule: RuleData): Explained {
  return {
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    enforcement: rule.enforcement,
    waivable: rule.waivable && !NEVER_WAIVABLE.has(rule.id),
    rationale: rule.rationale,
    remedy: rule.remedy,
    needs: rule.needs ?? [],
    controls: rule.controls.map((reference) => {
      const text = frameworkText(frameworkOf(reference.split(":")[0] ?? ""));
      const [, ...word] = relation(reference).split(" ");
      return { reference, text, relation: word.join(" ") };
    }),
    ...example(rule.id, "failing"),
    ...example(rule.id, "fixed"),
  };
}

const bold = (text: string): string => styleText("bold", text, { stream: process.stdout });
const indent = (text: string): string => text.replace(/^(?=.)/gm, "    ");

function asText(e: Explained): string {
  const widest = Math.max(0, ...e.controls.map((c) => c.reference.length));
  const clauses = e.controls.map((c) => `  ${c.reference.padEnd(widest)}  ${c.relation}: ${c.text}`);
  const unread = e.controls.some((c) => c.reference.endsWith("?"));
  return [
    `${bold(e.id)}  ${e.title}`,
    `${e.severity}, ${e.enforcement}, ${e.waivable ? "may be waived" : "never waived"}`,
    "",
    `${bold("Why")}  ${e.rationale}`,
    `${bold("Fix")}  ${e.remedy}`,
    ...(e.needs.length === 0 ? [] : ["", `Needs a door that shows: ${e.needs.join(", ")}`]),
    "",
    bold("Clauses"),
    ...clauses,
    ...(unread ? ["  ? marks a clause whose text we have not read"] : []),
    ...(e.failing === undefined ? [] : ["", bold("Refused"), indent(e.failing)]),
    ...(e.fixed === undefined ? [] : ["", bold("Accepted by this rule"), indent(e.fixed)]),
    "",
  ].join("\n");
}

function explain(id: string | undefined, flags: { readonly json?: true }): void {
  if (id === undefined) {
    const rules = allRules();
    const list = rules.map((r) => `${r.id.padEnd(7)} ${r.severity.padEnd(8)} ${r.title}`);
    process.stdout.write(flags.json ? `${stableJson(rules.map(explained), 2)}\n` : `${list.join("\n")}\n`);
    return;
  }
  const e = explained(findRule(id));
  process.stdout.write(flags.json ? `${stableJson(e, 2)}\n` : asText(e));
}

/** `explain`: what a rule refuses and why, in words, clauses and two programs. */
export function register(program: Command): void {
  program
    .command("explain")
    .description("a rule: what it refuses and why, its clauses, a failing and a fixed example")
    .argument("[rule]", "e.g. NET-10; without it, the list of rules")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExit codes:\n  0  explained\n  2  no such rule")
    .action((id: string | undefined, flags: { readonly json?: true }) => explain(id, flags));
}
