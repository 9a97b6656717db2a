import { byText, sortedUnique, stableJson } from "../../kernel/order.ts";
import { type Estate, estateOf } from "../facts/estate.ts";
import type { Resource } from "../facts/observed.ts";
import type { Door, RawEstate } from "../facts/raw.ts";
import { estateAdvisories } from "./advisories.ts";
import { relation } from "./controls.ts";
import { digestOf } from "./digest.ts";
import { KIT_RULES } from "./kit-rules.ts";
import { type Law, lawDigests } from "./law.ts";
import { fail, notApplicable, type Result, undecided } from "./result.ts";
import type { Rule, RuleData } from "./rule.ts";
import type { Counts, Finding, Outcome, Proof, Verdict } from "./verdict.ts";
import { type Waivers, waiversOf } from "./waivers.ts";

export interface JudgeOptions {
  /** ISO instant of the judgement: waivers and dates are measured against it. */
  readonly now: string;
  /** Keep passes and not-applicables among the findings. Default: only what is not a pass. */
  readonly all?: boolean;
}

/** What a value seen through a door proves when it is known outright. A state may come from an emulator, so it claims no more. */
const DOOR_PROOF: Readonly<Record<Door, Proof>> = {
  gate: "checked",
  "policy-pack": "checked",
  "preview-file": "checked",
  state: "checked",
  local: "emulated",
};

/**
 * Judges an estate under a law. Total: a rule that throws becomes a finding, an estate or a pack with nothing in it never
 * passes, a mandatory rule that cannot know makes the outcome undecided. Same input, same bytes.
 */
export function judgeEstate(raw: RawEstate, law: Law, rules: readonly Rule[], options: JudgeOptions): Verdict {
  const estate = estateOf(raw.door, raw.resources);
  const stacks = new Set(raw.resources.map((r) => r.urn.split("::")[0] ?? ""));
  const waivers = waiversOf(law.waivers, [...rules, ...kitAsRules], stacks, options.now);
  const judged = rules.map((rule) => [rule, resultsOf(rule, estate, law, options.now)] as const);
  const own = [nothingJudged(estate, rules), crashes(judged), notJudgedTypes(estate), notSeen(raw, rules, law)];
  const settle = (rule: RuleData, results: readonly Result[]) =>
    results.map((result) => findingOf(rule, result, estate, DOOR_PROOF[raw.door], waivers));
  const findings = [
    ...judged.flatMap(([rule, { results }]) => settle(rule, results)),
    ...own.flatMap(([rule, results]) => settle(rule, results)),
  ];
  findings.push(...settle(KIT_RULES.waiver, waiverFaults(waivers)));
  return {
    schema: "bastide.verdict/1",
    subject: raw.subject,
    door: raw.door,
    profile: law.profile,
    outcome: outcomeOf(findings),
    law: { ...lawDigests(law), rules: digestOf(rules.map(({ judge: _, judgeOne: __, ...data }) => data)) },
    now: options.now,
    counts: countsOf(findings, rules, estate),
    notSeen: sortedUnique(raw.notSeen),
    advisories: sortedUnique([...law.advisories, ...estateAdvisories(estate)]),
    findings: findings
      .filter((f) => options.all === true || (f.outcome !== "pass" && f.outcome !== "notApplicable"))
      .sort(byFinding),
  };
}

/**
 * What the resource rules find on one resource before anything is created, among `estate`, which holds what was registered so
 * far. Failures only: what can't be known yet is the whole estate's business. Waivers hold here as they do there.
 */
export function judgeResource(
  resource: Resource,
  estate: Estate,
  law: Law,
  rules: readonly Rule[],
  now: string,
): readonly Finding[] {
  const stacks = new Set([resource.urn.split("::")[0] ?? ""]);
  const waivers = waiversOf(law.waivers, [...rules, ...kitAsRules], stacks, now);
  const findings = rules.flatMap((rule) =>
    (rule.judgeOne?.(resource, estate, law, now) ?? []).map((result) =>
      findingOf(rule, result, estate, DOOR_PROOF[estate.door], waivers),
    ),
  );
  return findings.filter((f) => f.outcome === "fail").sort(byFinding);
}

const kitAsRules: readonly Rule[] = Object.values(KIT_RULES).map((data) => ({ ...data, judge: () => [] }));

interface Judged {
  readonly results: readonly Result[];
  readonly crash?: string;
}

function resultsOf(rule: Rule, estate: Estate, law: Law, now: string): Judged {
  try {
    const results = rule.judge(estate, law, now);
    return {
      results: results.length > 0 ? results : [notApplicable("stack", "", "nothing of its kind in this estate")],
    };
  } catch (cause) {
    return { results: [], crash: cause instanceof Error ? cause.message : String(cause) };
  }
}

type Own = readonly [RuleData, readonly Result[]];

function nothingJudged(estate: Estate, rules: readonly Rule[]): Own {
  const resources = estate.resources.filter((r) => r.raw.custom && r.package !== "pulumi").length;
  const about = { subject: "stack", property: "", want: "at least one rule and one resource" };
  const empty = rules.length === 0 || resources === 0;
  return [KIT_RULES.nothingJudged, empty ? [fail(about, { rules: rules.length, resources })] : []];
}

const crashes = (judged: readonly (readonly [Rule, Judged])[]): Own => [
  KIT_RULES.ruleCrashed,
  judged.flatMap(([rule, { crash }]) =>
    crash === undefined
      ? []
      : [fail({ subject: "stack", property: rule.id, want: "an answer" }, `rule crashed: ${crash}`)],
  ),
];

const notJudgedTypes = (estate: Estate): Own => [
  KIT_RULES.typeNotJudged,
  estate.resources.flatMap(({ urn, type, handling }) =>
    handling.judged === "no"
      ? [
          fail(
            { subject: urn, property: "type", want: "a type that is decoded or harmless" },
            `${type}: ${handling.reason}`,
          ),
        ]
      : [],
  ),
];

function notSeen(raw: RawEstate, rules: readonly Rule[], law: Law): Own {
  const hidden = new Set(raw.notSeen);
  const blind = rules.filter((r) => r.enforcement === "mandatory" && (r.needs ?? []).some((need) => hidden.has(need)));
  const uncovered = blind.filter((r) => law.coveredElsewhere[r.id] === undefined);
  return [
    KIT_RULES.notSeen,
    uncovered.map((r) =>
      undecided({ subject: "stack", property: r.id, want: r.needs }, { property: r.id, suppliers: [] }),
    ),
  ];
}

const waiverFaults = (waivers: Waivers): readonly Result[] =>
  waivers.faults().map(({ index, subject, got, want }) => fail({ subject, property: `waivers[${index}]`, want }, got));

function findingOf(rule: RuleData, result: Result, estate: Estate, door: Proof, waivers: Waivers): Finding {
  const open = result.outcome === "fail" || result.outcome === "undecided";
  const waiver = open ? waivers.excuse(rule.id, result.subject) : undefined;
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
    proof: door === "emulated" ? door : (result.proof ?? door),
    path: result.path,
    controls: rule.controls.map(relation),
    ...(waiver === undefined ? {} : { waiver: `${waiver.reason} (${waiver.approver}, until ${waiver.expires})` }),
  };
}

function outcomeOf(findings: readonly Finding[]): Outcome {
  const mandatory = findings.filter((f) => f.enforcement === "mandatory");
  if (mandatory.some((f) => f.outcome === "fail")) return "fail";
  return mandatory.some((f) => f.outcome === "undecided") ? "undecided" : "pass";
}

function countsOf(findings: readonly Finding[], rules: readonly Rule[], estate: Estate): Counts {
  const count = (test: (f: Finding) => boolean): number => findings.filter(test).length;
  return {
    rules: rules.length,
    pass: count((f) => f.outcome === "pass"),
    fail: count((f) => f.outcome === "fail"),
    undecided: count((f) => f.outcome === "undecided"),
    assumed: count((f) => f.outcome === "pass" && f.proof === "assumed"),
    waived: count((f) => f.outcome === "waived"),
    notApplicable: count((f) => f.outcome === "notApplicable"),
    resources: estate.resources.length,
    notJudged: estate.resources.filter((r) => r.handling.judged === "no").length,
  };
}

const byFinding = (a: Finding, b: Finding): number =>
  byText(a.rule, b.rule) ||
  byText(a.subject, b.subject) ||
  byText(a.property, b.property) ||
  byText(a.outcome, b.outcome) ||
  byText(stableJson(a.got), stableJson(b.got));
