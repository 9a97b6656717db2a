import type { Finding } from "../kit/verdict.ts";
import type { Renderer, Report } from "./report.ts";
import { byRule, label, OUTCOME_WORDS, safe, scope, shortName, summary, valueText, wordsOf } from "./wording.ts";

/** Findings of one rule that are shown in full; a rule that fails everywhere would else fill the screen. */
const SHOWN = 20;

/** For a terminal or a log: plain, worst first, each rule's reason and remedy once. */
export const text: Renderer = (report) => {
  const { verdict } = report;
  const groups = byRule(verdict.findings);
  return `${[
    `${verdict.outcome.toUpperCase()}  ${scope(verdict)}`,
    `  ${summary(verdict)}`,
    ...groups.flatMap(([rule, findings]) => ["", ...group(report, rule, findings)]),
    "",
    ...notes(report),
  ].join("\n")}\n`;
};

function group(report: Report, rule: string, findings: readonly Finding[]): readonly string[] {
  const { title, rationale, remedy } = wordsOf(report, rule);
  const [first] = findings;
  if (first === undefined) return [];
  const hidden = findings.length - SHOWN;
  return [
    `${rule}  ${OUTCOME_WORDS[first.outcome]}, ${first.severity}${first.enforcement === "advisory" ? ", advisory" : ""}: ${title}`,
    ...findings.slice(0, SHOWN).flatMap(one),
    ...(hidden > 0 ? [`  … and ${hidden} more`] : []),
    ...(rationale === "" ? [] : [`  why  ${rationale}`]),
    ...(remedy === "" ? [] : [`  fix  ${remedy}`]),
    ...(first.controls.length === 0 ? [] : [`  see  ${first.controls.join(", ")}`]),
  ];
}

const one = (f: Finding): readonly string[] => [
  `  - ${shortName(f.subject)}${f.type === "" ? "" : `  (${safe(f.type)})`}`,
  `      ${f.property === "" ? "got" : `${safe(f.property)}: got`} ${valueText(f.got)}`,
  `      want ${valueText(f.want)}${f.proof === "checked" ? "" : `  [${f.proof}]`}`,
  ...(f.path.length === 0 ? [] : [`      through ${f.path.map(label).join(" → ")}`]),
  ...(f.waiver === undefined ? [] : [`      waiver: ${safe(f.waiver)}`]),
];

function notes({ verdict }: Report): readonly string[] {
  const law = Object.entries(verdict.law).map(([name, digest]) => `${name} ${digest.slice(0, 12)}`);
  return [
    ...verdict.advisories.map((a) => `note  ${safe(a)}`),
    ...(verdict.notSeen.length === 0 ? [] : [`not seen through this door  ${verdict.notSeen.map(safe).join(", ")}`]),
    `law  ${law.join(", ")}`,
    `now  ${verdict.now}`,
  ];
}
