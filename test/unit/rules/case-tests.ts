import { isDeepStrictEqual } from "node:util";
import { estateOfRaw } from "../../../judge/facts/estate.ts";
import type { BlindSpot, RawResource } from "../../../judge/facts/raw.ts";
import { judgeEstate } from "../../../judge/kit/judge.ts";
import type { Finding } from "../../../judge/kit/verdict.ts";
import { RULE_IDS, type RuleId } from "../../../policy-packs/bastide/rules/ids.ts";
import { rules } from "../../../policy-packs/bastide/rules/index.ts";
import { NOW, testLaw } from "../../harness/law.ts";
import { type Case, estateOfCase, type FailingCase, mutate, type RuleCases } from "../../harness/rule-cases.ts";
import { CASES } from "./all.ts";

/**
 * Law 12, a rule that has never fired proves nothing: every case of every rule as a function that tells what is wrong with what the
 * rule says. Vitest runs them (`rules.test.ts`), and so does `npm run mutation`, in its own process.
 */
export interface CaseTest {
  readonly rule: RuleId;
  readonly name: string;
  /** What is not as the case wants it; empty when all is well. */
  readonly faults: () => readonly string[];
}

/** Isolation, places and everybody's access: no waiver is accepted for these. */
const NEVER_WAIVED: readonly RuleId[] = [
  "CLS-03",
  "DR-03",
  "G1",
  "G2",
  "G3",
  "G4",
  "G8",
  "G9",
  "IAM-06",
  "LOC-01",
  "LOC-04",
  "LOC-05",
  "NET-05",
];

const OUTCOMES = ["pass", "fail", "undecided", "notApplicable"];

/** @throws when the rule says something that is no finding. */
function findings(id: string, c: Case, resources: readonly RawResource[] = c.resources): readonly Finding[] {
  const rule = rules.filter((r) => r.id === id);
  const verdict = judgeEstate(estateOfCase(c, resources), testLaw(c.law), rule, { now: NOW, all: true });
  const lame = verdict.findings.filter((f) => !OUTCOMES.includes(f.outcome) || f.rule === "KIT-02");
  if (lame.length > 0) throw new Error(`no findings: ${JSON.stringify(lame)}`);
  return verdict.findings.filter((f) => f.rule === id);
}

const on = (c: Case, all: readonly Finding[]): readonly Finding[] =>
  all.filter((f) => f.subject === c.on && (c.property === undefined || f.property === c.property));

const isOpen = ({ outcome }: Finding): boolean => outcome === "fail" || outcome === "undecided";
const told = (all: readonly Finding[]): string =>
  JSON.stringify(
    all.map(({ outcome, subject, property, got, want, proof, path }) => ({
      outcome,
      subject,
      property,
      got,
      want,
      proof,
      path,
    })),
  );
const unless = (ok: boolean, want: string, all: readonly Finding[]): readonly string[] =>
  ok ? [] : [`want ${want}, the rule says ${told(all)}`];

/** What a case wants to be told beside outcome and place. */
function details(c: Case, mine: readonly Finding[], all: readonly Finding[]): readonly string[] {
  const as = ({ got, want, path, proof }: Finding): boolean =>
    (c.got === undefined || isDeepStrictEqual(got, c.got)) &&
    (c.want === undefined || isDeepStrictEqual(want, c.want)) &&
    (c.path === undefined || isDeepStrictEqual(path, c.path)) &&
    (c.proof === undefined || proof === c.proof);
  return unless(mine.some(as), JSON.stringify({ got: c.got, want: c.want, path: c.path, proof: c.proof }), all);
}

function passing(id: RuleId, c: Case): readonly string[] {
  const all = findings(id, c);
  const passes = on(c, all).filter((f) => f.outcome === "pass");
  return [
    ...unless(passes.length > 0, `a pass of ${c.on} ${c.property ?? ""}`, all),
    ...unless(!all.some(isOpen), "nothing open", all),
    ...details(c, passes, all),
    ...alone(id, c, "pass"),
  ];
}

const isPassOf = ({ outcome, subject, property }: Finding, { on: of, passes }: FailingCase): boolean =>
  outcome === "pass" && subject === of && property === passes;

function failing(id: RuleId, c: FailingCase): readonly string[] {
  const all = findings(id, c);
  const mine = on(c, all).filter((f) => f.outcome === "fail");
  return [
    ...unless(mine.length > 0, `a failure of ${c.on} ${c.property}`, all),
    ...details(c, mine, all),
    ...unless(c.passes === undefined || all.some((f) => isPassOf(f, c)), `a pass of ${c.passes}`, all),
    ...alone(id, c, "fail"),
  ];
}

/** Before its creation a resource is judged by itself: what that says, the whole estate says too, and a case may ask that it speaks. */
function alone(id: RuleId, c: Case, outcome: Finding["outcome"]): readonly string[] {
  const judgeOne = rules.find((r) => r.id === id)?.judgeOne;
  if (c.alone === undefined || judgeOne === undefined)
    return c.alone === undefined ? [] : ["want a rule of one resource"];
  const estate = estateOfRaw(estateOfCase(c));
  const resource = estate.resource(c.on);
  const said = resource === undefined ? [] : judgeOne(resource, estate, testLaw(c.law), NOW);
  const same = said.some(
    (r) => r.outcome === outcome && r.subject === c.on && r.property === (c.property ?? r.property),
  );
  return same ? [] : [`want ${outcome} of ${c.on} alone, the rule says ${JSON.stringify(said)}`];
}

function undecided(id: RuleId, c: Case): readonly string[] {
  const all = findings(id, c);
  const mine = on(c, all);
  const open = mine.filter((f) => f.outcome === "undecided");
  const got = open[0]?.got;
  const supplied = typeof got === "object" && got !== null && "unknown" in got && "from" in got;
  const named = supplied && (c.from === undefined ? typeof got.from === "string" : got.from === c.from);
  return [
    ...unless(named && got.unknown === true, `${c.on} undecided, ${c.from ?? "somebody"} to supply it`, all),
    ...unless(!mine.some((f) => f.outcome === "fail"), "no failure", all),
    ...details(c, open, all),
    ...alone(id, c, "undecided"),
  ];
}

function notApplicable(id: RuleId, c: Case): readonly string[] {
  const all = findings(id, c);
  const mine = on(c, all);
  const silent = mine.length > 0 && mine.every((f) => f.outcome === "notApplicable");
  return unless(silent, `nothing said of ${c.on}`, all);
}

function flips(id: RuleId, cases: RuleCases, mutation: RuleCases["mutations"][number]): readonly string[] {
  const base = cases.passing.find((c) => c.name === mutation.of);
  if (base === undefined) return [`no passing case "${mutation.of}"`];
  const before = findings(id, base);
  const after =
    "on" in mutation
      ? findings(id, base, mutate(base.resources, mutation))
      : findings(id, { ...base, ...mutation, law: { ...base.law, ...mutation.law } });
  return [
    ...unless(!before.some((f) => f.outcome === "fail"), "no failure before", before),
    ...unless(
      after.some((f) => f.outcome === "fail"),
      "a failure after",
      after,
    ),
  ];
}

function neverUndecided(id: RuleId, cases: RuleCases): readonly string[] {
  const all = [...cases.passing, ...cases.failing, ...cases.notApplicable].flatMap((c) => findings(id, c));
  return unless(!all.some((f) => f.outcome === "undecided"), "nothing undecided", all);
}

/** A door that hides what the rule needs leaves it open, whatever the resources say; one that shows it does not. */
function needs(id: RuleId, cases: RuleCases, spot: BlindSpot): readonly string[] {
  const [c] = cases.passing;
  const rule = rules.filter((r) => r.id === id);
  const openAt = (notSeen: readonly BlindSpot[]): readonly Finding[] =>
    judgeEstate({ ...estateOfCase(c), notSeen }, testLaw(c.law), rule, { now: NOW, all: true }).findings.filter(
      (f) => f.outcome === "undecided" && f.property === id,
    );
  return [
    ...unless(openAt([spot]).length > 0, `open without ${spot}`, []),
    ...unless(openAt([]).length === 0, "else not", openAt([])),
  ];
}

/** Whether an owner may except something from a rule is law, and changes with a decision. */
function waivability(id: RuleId): readonly string[] {
  const waivable = rules.find((r) => r.id === id)?.waivable;
  return waivable === !NEVER_WAIVED.includes(id) ? [] : [`want waivable ${!waivable}`];
}

/** The cases of one rule, in the order in which they are written. */
export function caseTests(rule: RuleId): readonly CaseTest[] {
  const cases = CASES[rule];
  const test = (name: string, faults: () => readonly string[]): CaseTest => ({ rule, name, faults });
  const { undecided: unknown } = cases;
  return [
    ...cases.passing.map((c) => test(`passes: ${c.name}`, () => passing(rule, c))),
    ...cases.failing.map((c) => test(`fails: ${c.name}`, () => failing(rule, c))),
    ...("never" in unknown
      ? [test(`is never undecided: ${unknown.never}`, () => neverUndecided(rule, cases))]
      : unknown.map((c) => test(`cannot know: ${c.name}`, () => undecided(rule, c)))),
    ...cases.notApplicable.map((c) => test(`has nothing to say: ${c.name}`, () => notApplicable(rule, c))),
    ...(cases.needs ?? []).map((spot) => test(`needs to be shown: ${spot}`, () => needs(rule, cases, spot))),
    test("may be waived, or never", () => waivability(rule)),
    ...cases.mutations.map((m) => test(`one change flips it: ${JSON.stringify(m)}`, () => flips(rule, cases, m))),
  ];
}

export const allCaseTests = (): readonly CaseTest[] => RULE_IDS.flatMap(caseTests);
