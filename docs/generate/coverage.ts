import { ATTESTATION_KINDS } from "../../judge/kit/attestations.ts";
import { relation } from "../../judge/kit/controls.ts";
import { KIT_RULES } from "../../judge/kit/kit-rules.ts";
import type { RuleData } from "../../judge/kit/rule.ts";
import { frameworkOf, frameworkText } from "../../judge/reports/frameworks.ts";
import { byText, sortedUnique } from "../../kernel/order.ts";
import { committedRules } from "../../policy-packs/bastide/rules/index.ts";
import { REQUIREMENTS, type Requirement } from "./coverage.data.ts";
import { code, table } from "./page.ts";

const everyRule = (): readonly RuleData[] => [...committedRules(), ...Object.values(KIT_RULES)];
const link = (id: string): string => `[${code(id)}](rules/${id}.md)`;

/** What stands behind a requirement: only rules that are there count, and an attestation never counts as a gate. */
export function standingOf(r: Requirement, there: ReadonlySet<string>): string {
  const gated = r.rules.some((id) => there.has(id));
  const words = [
    ...(gated ? ["gated in part"] : []),
    ...(r.attested === undefined ? [] : ["attested"]),
    ...(r.organisation === undefined ? [] : ["organisational"]),
  ];
  return words.length === 0 ? "not covered" : words.join(", ");
}

/** The 39 requirements of the brief with what gates them, who vouches, and what stays with people. */
export function requirementsTable(): string {
  const there = new Set(everyRule().map((r) => r.id));
  return table(
    [
      "Requirement",
      "What is asked",
      "Standing",
      "Gated by",
      "Not in this pack",
      "Attested by",
      "Stays with people",
      "Limit",
    ],
    REQUIREMENTS.map((r) => [
      r.id,
      r.what,
      standingOf(r, there),
      r.rules
        .filter((id) => there.has(id))
        .map(link)
        .join(" "),
      r.rules
        .filter((id) => !there.has(id))
        .map(code)
        .join(" "),
      (r.attested ?? []).map(code).join(" "),
      r.organisation ?? "",
      r.limit ?? "",
    ]),
  );
}

/** Clauses of each text that a rule refers to. What is not here is not covered: no rule looks at it. */
export function clausesTables(): string {
  const rows = everyRule().flatMap((rule) => rule.controls.map((ref) => ({ rule, ref })));
  const frameworks = sortedUnique(rows.map(({ ref }) => ref.split(":")[0] ?? ""));
  return frameworks
    .map((id) =>
      frameworkSection(
        id,
        rows.filter(({ ref }) => ref.startsWith(`${id}:`)),
      ),
    )
    .join("\n\n");
}

interface Row {
  readonly rule: RuleData;
  readonly ref: RuleData["controls"][number];
}

function frameworkSection(id: string, rows: readonly Row[]): string {
  const framework = frameworkOf(id);
  const clauses = [...new Set(rows.map(({ ref }) => ref))].sort(byText);
  const attested = new Set<string>(["EVD-04", "KEY-08", "IAM-07", "DR-06"]);
  return [
    `### ${id}: ${frameworkText(framework)}`,
    "",
    `Addressed to: ${framework.addressee}.`,
    "",
    table(
      ["Clause", "Word", "Standing", "Rules"],
      clauses.map((ref) => {
        const rules = rows.filter((r) => r.ref === ref).map((r) => r.rule);
        const gated = rules.some((r) => r.enforcement === "mandatory" && !attested.has(r.id));
        const vouched = rules.some((r) => attested.has(r.id));
        const standing = [...(gated ? ["gated in part"] : []), ...(vouched ? ["attested"] : [])].join(", ");
        return [
          code(ref.slice(id.length + 1)),
          relation(ref).split(" ").slice(1).join(" "),
          standing === "" ? "advised" : standing,
          rules
            .map((r) => r.id)
            .sort(byText)
            .map(link)
            .join(" "),
        ];
      }),
    ),
  ].join("\n");
}

/** What may be attested, in words. */
export const attestationsTable = (): string =>
  table(
    ["Kind", "What somebody vouches for"],
    Object.entries(ATTESTATION_KINDS).map(([kind, what]) => [code(kind), what]),
  );
