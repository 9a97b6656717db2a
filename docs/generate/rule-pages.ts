import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repoRoot } from "../../cli/paths.ts";
import { relation } from "../../judge/kit/controls.ts";
import { KIT_RULES } from "../../judge/kit/kit-rules.ts";
import type { RuleData } from "../../judge/kit/rule.ts";
import { isNeverWaivable } from "../../judge/kit/waivers.ts";
import { frameworkOf, frameworkText } from "../../judge/reports/frameworks.ts";
import { byKey } from "../../kernel/order.ts";
import { committedRules } from "../../policy-packs/bastide/rules/index.ts";
import { contextName } from "../rules/context.ts";
import { code, table } from "./page.ts";

/** Every rule that a verdict can name. */
const everyRule = (): readonly RuleData[] =>
  [...committedRules(), ...Object.values(KIT_RULES)].sort(byKey((r) => r.id));

const MADE = "<!-- Made from the rule itself: `npm run docs`. -->";

function example(id: string, which: "failing" | "fixed"): readonly string[] {
  const folder = join(repoRoot, "docs", "rules", "examples");
  const file = join(folder, `${id}-${which}.ts`);
  if (!existsSync(file)) return [];
  const context = join(folder, contextName(`${id}-${which}`));
  return [
    "",
    which === "failing" ? "## Refused" : "## Accepted by this rule",
    "",
    "```ts",
    readFileSync(file, "utf8").trimEnd(),
    "```",
    ...(existsSync(context)
      ? ["", "Beside the program:", "", "```yaml", readFileSync(context, "utf8").trimEnd(), "```"]
      : []),
  ];
}

function pageOf(rule: RuleData): string {
  const unread = rule.controls.some((ref) => ref.endsWith("?"));
  return `${[
    `# ${rule.id}: ${rule.title}`,
    "",
    MADE,
    "",
    table(
      ["Severity", "Enforcement", "Waivable"],
      [[rule.severity, rule.enforcement, isNeverWaivable(rule) ? "never" : "yes"]],
    ),
    "",
    `**Why.** ${rule.rationale}`,
    "",
    `**Fix.** ${rule.remedy}`,
    ...(rule.needs === undefined ? [] : ["", `Needs a door that shows: ${rule.needs.map(code).join(", ")}.`]),
    "",
    "## Clauses",
    "",
    table(
      ["Clause", "Word", "Text"],
      rule.controls.map((ref) => [
        code(ref),
        relation(ref).split(" ").slice(1).join(" "),
        frameworkText(frameworkOf(ref.split(":")[0] ?? "")),
      ]),
    ),
    ...(unread ? ["", "A `?` marks a clause whose text was not read."] : []),
    ...example(rule.id, "failing"),
    ...example(rule.id, "fixed"),
  ].join("\n")}\n`;
}

/** One page a rule, under `docs/rules/`. */
export const rulePages = (): readonly { readonly path: string; readonly render: () => string }[] =>
  everyRule().map((rule) => ({ path: `docs/rules/${rule.id}.md`, render: () => pageOf(rule) }));

/** The list of them. */
export const rulesIndex = (): string =>
  table(
    ["Rule", "What must hold", "Severity", "Enforcement"],
    everyRule().map((r) => [`[${code(r.id)}](${r.id}.md)`, r.title, r.severity, r.enforcement]),
  );
