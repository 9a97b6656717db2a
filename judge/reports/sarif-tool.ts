import type { ReportingDescriptor, ReportingDescriptorRelationship, ToolComponent } from "sarif";
import { byKey, byText, sortedUnique } from "../../kernel/order.ts";
import { relation } from "../kit/controls.ts";
import type { RuleData } from "../kit/rule.ts";
import type { Severity } from "../kit/verdict.ts";
import { frameworkOf, frameworkText } from "./frameworks.ts";
import type { Report } from "./report.ts";

/** Forges order security results by a number; ours only says which band a rule is in. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
};

/** Rules in canonical order, those that only findings name included. */
const ruleIds = (report: Report): readonly string[] =>
  sortedUnique([
    ...report.rules.keys(),
    ...report.verdict.findings.map((f) => f.rule),
    ...((report.verdict.attested ?? []).length > 0 ? ["DR-06", "EVD-04", "IAM-07", "KEY-08"] : []),
  ]);

const indexes = new WeakMap<Report, ReadonlyMap<string, number>>();

/** Position of a rule among the driver's rules. */
export function ruleIndex(report: Report, id: string): number {
  const known = indexes.get(report) ?? new Map(ruleIds(report).map((rule, index) => [rule, index]));
  indexes.set(report, known);
  return known.get(id) ?? -1;
}

/** The judge as a SARIF tool: its rules, and the texts that they refer to as taxonomies. */
export function driverOf(report: Report): ToolComponent {
  const frameworks = frameworkIds(report);
  return {
    name: "Bastide",
    semanticVersion: report.provenance.version,
    rules: ruleIds(report).map((id) => descriptorOf(id, report.rules.get(id), frameworks)),
    supportedTaxonomies: frameworks.map((id, index) => ({ name: id, index })),
  };
}

function descriptorOf(id: string, rule: RuleData | undefined, frameworks: readonly string[]): ReportingDescriptor {
  if (rule === undefined) return { id, shortDescription: { text: id } };
  return {
    id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.rationale },
    help: { text: rule.remedy, markdown: `**Why.** ${rule.rationale}\n\n**Fix.** ${rule.remedy}` },
    defaultConfiguration: { level: rule.enforcement === "mandatory" ? "error" : "note" },
    relationships: rule.controls.map((ref) => relationshipOf(ref, frameworks)),
    properties: {
      tags: ["security", rule.enforcement, rule.severity],
      "security-severity": SECURITY_SEVERITY[rule.severity],
      waivable: rule.waivable,
    },
  };
}

function relationshipOf(
  ref: RuleData["controls"][number],
  frameworks: readonly string[],
): ReportingDescriptorRelationship {
  const { framework, clause } = split(ref);
  return {
    target: { id: clause, toolComponent: { name: framework, index: frameworks.indexOf(framework) } },
    kinds: ["relevant"],
    description: { text: relation(ref).split(" ").slice(1).join(" ") },
  };
}

/** One taxonomy for each text, with the clauses that our rules name; a clause that we have not read says so. */
export function taxonomiesOf(report: Report): ToolComponent[] {
  const refs = [...report.rules.values()].flatMap((rule) => rule.controls.map(split));
  return frameworkIds(report).map((id) => {
    const framework = frameworkOf(id);
    const { version, addressee } = framework;
    const clauses = new Map(refs.filter((r) => r.framework === id).map((r) => [r.clause, r.verified]));
    return {
      name: id,
      fullName: frameworkText(framework),
      ...(version === "" ? {} : { version }),
      properties: { addressee },
      taxa: [...clauses]
        .sort(byKey(([clause]) => clause))
        .map(([clause, verified]) => ({ id: clause, properties: { verified } })),
    };
  });
}

const frameworkIds = (report: Report): readonly string[] =>
  sortedUnique([...report.rules.values()].flatMap((rule) => rule.controls.map((ref) => split(ref).framework))).toSorted(
    byText,
  );

function split(ref: string): { readonly framework: string; readonly clause: string; readonly verified: boolean } {
  const [framework = "", ...rest] = ref.split(":");
  const clause = rest.join(":");
  return { framework, clause: clause.replace(/\?$/, ""), verified: !clause.endsWith("?") };
}
