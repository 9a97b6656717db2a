import { KIT_RULES } from "../../judge/kit/kit-rules.ts";
import type { RuleData } from "../../judge/kit/rule.ts";
import { NEVER_WAIVABLE } from "../../judge/kit/waivers.ts";
import { RENDERERS } from "../../judge/reports/renderers.ts";
import { FORMATS } from "../../judge/reports/report.ts";
import { byKey } from "../../kernel/order.ts";
import { committedRules } from "../../policy-packs/bastide/rules/index.ts";
import { code, table } from "./page.ts";

const waivable = (rule: RuleData): string => (rule.waivable && !NEVER_WAIVABLE.has(rule.id) ? "yes" : "never");

const rowOf = (rule: RuleData): readonly string[] => [
  code(rule.id),
  rule.title,
  rule.severity,
  rule.enforcement,
  waivable(rule),
  rule.controls.join(", "),
];

const HEAD = ["Rule", "What must hold", "Severity", "Enforcement", "Waivable", "Clauses it refers to"];

/** The pack's rules, by id. */
export const rulesTable = (): string => table(HEAD, [...committedRules()].sort(byKey((r) => r.id)).map(rowOf));

/** Findings about the judging itself, which no pack can leave out. */
export const kitRulesTable = (): string => table(HEAD, Object.values(KIT_RULES).map(rowOf));

/** Formats of `--format`, and the file that each becomes under `--out`, as one line. */
export const formatsLine = (): string =>
  FORMATS.map((format) => `${code(format)} (${code(RENDERERS[format].file)})`).join(", ");
