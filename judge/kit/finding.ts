import { byText, stableJson } from "../../kernel/order.ts";
import type { Estate } from "../facts/estate.ts";
import type { Door } from "../facts/raw.ts";
import type { OldFindings } from "./baseline.ts";
import { relation } from "./controls.ts";
import type { Result } from "./result.ts";
import type { RuleData } from "./rule.ts";
import type { Counts, Finding, FindingOutcome, Outcome, Proof } from "./verdict.ts";
import { isNeverWaivable, type Waivers } from "./waivers.ts";

/** What a value seen through a door proves when it is known outright. A state may come from an emulator, so it claims no more. */
const DOOR_PROOF: Readonly<Record<Door, Proof>> = {
  gate: "checked",
  "policy-pack": "checked",
  "preview-file": "checked",
  state: "checked",
  local: "emulated",
};

/** Collects results: all of them count, and those that are asked for become findings. */
export interface Tally {
  add(rule: RuleData, results: readonly Result[]): void;
  outcome(): Outcome;
  counts(rules: number): Counts;
  findings(): readonly Finding[];
}

export function tally(estate: Estate, excuses: Excuses, keepAll: boolean): Tally {
  const kept: Finding[] = [];
  const seen: Record<FindingOutcome, number> = { pass: 0, fail: 0, undecided: 0, waived: 0, notApplicable: 0 };
  let assumed = 0;
  let mandatory: Outcome = "pass";

  return {
    add: (rule, results) => {
      const controls = rule.controls.map(relation);
      for (const result of results) {
        const waiver = isOpen(result) ? excuseOf(excuses, rule, result) : undefined;
        const outcome = waiver === undefined ? result.outcome : "waived";
        seen[outcome] += 1;
        if (outcome === "pass" && proofOf(result, estate) === "assumed") assumed += 1;
        if (rule.enforcement === "mandatory") mandatory = worse(mandatory, outcome);
        if (keepAll || (outcome !== "pass" && outcome !== "notApplicable")) {
          kept.push(findingOf(rule, controls, result, estate, waiver));
        }
      }
    },
    outcome: () => mandatory,
    counts: (rules) => ({
      rules,
      ...seen,
      assumed,
      resources: estate.resources.length,
      notJudged: estate.resources.filter((r) => r.handling.judged === "no").length,
    }),
    findings: () => [...kept].sort(byFinding),
  };
}

const isOpen = ({ outcome }: Result): boolean => outcome === "fail" || outcome === "undecided";

/** What may excuse a finding: a waiver, which names it, or the baseline, which holds what was there before. */
export interface Excuses {
  readonly waivers: Waivers;
  readonly old: OldFindings;
}

/** In words, why an open result does not block; `undefined` when it does. */
function excuseOf(
  { waivers, old }: Excuses,
  rule: RuleData,
  { subject, property, outcome }: Result,
): string | undefined {
  const waiver = waivers.excuse(rule.id, subject, property);
  if (waiver !== undefined) return `${waiver.reason} (${waiver.approver}, until ${waiver.expires})`;
  return outcome === "undecided" || isNeverWaivable(rule) ? undefined : old.excuse(rule.id, subject, property);
}

/** Over mandatory rules fail comes before undecided, undecided before pass. */
function worse(before: Outcome, outcome: FindingOutcome): Outcome {
  if (before === "fail" || outcome === "fail") return "fail";
  return before === "undecided" || outcome === "undecided" ? "undecided" : "pass";
}

function proofOf(result: Result, estate: Estate): Proof {
  const door = DOOR_PROOF[estate.door];
  return door === "emulated" ? door : (result.proof ?? door);
}

function findingOf(
  rule: RuleData,
  controls: readonly string[],
  result: Result,
  estate: Estate,
  waiver: string | undefined,
): Finding {
  return {
    rule: rule.id,
    outcome: waiver === undefined ? result.outcome : "waived",
    severity: rule.severity,
    enforcement: rule.enforcement,
    subject: result.subject,
    type: estate.resource(result.subject)?.type ?? "",
    property: result.property,
    got: result.got,
    want: result.want,
    proof: proofOf(result, estate),
    path: result.path,
    controls,
    ...(waiver === undefined ? {} : { waiver }),
  };
}

const byFinding = (a: Finding, b: Finding): number =>
  byText(a.rule, b.rule) ||
  byText(a.subject, b.subject) ||
  byText(a.property, b.property) ||
  byText(a.outcome, b.outcome) ||
  byText(stableJson(a.got), stableJson(b.got)) ||
  byText(stableJson(a.path), stableJson(b.path));
