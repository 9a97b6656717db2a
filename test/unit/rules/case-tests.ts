import { isDeepStrictEqual } from "node:util";
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

function findings(id: string, c: Case, resources: readonly RawResource[] = c.resources): readonly Finding[] {
  const rule = rules.filter((r) => r.id === id);
  const verdict = judgeEstate(estateOfCase(c, resources), testLaw(c.law), rule, { now: NOW, all: true });
  return verdict.findings.filter((f) => f.rule === id);
}

const on = (c: Case, all: readonly Finding[]): readonly Finding[] =>
  all.filter((f) => f.subject === c.on && (c.property === undefined || f.property === c.property));

const isOpen = ({ outcome }: Finding): boolean => outcome === "fail" || outcome === "undecided";
const told = (all: readonly Finding[]): string =>
  JSON.stringify(
    all.map(({ outcome, subject, property, got, proof, path }) => ({ outcome, subject, property, got, proof, path })),
  );
const unless = (ok: boolean, want: string, all: readonly Finding[]): readonly string[] =>
  ok ? [] : [`want ${want}, the rule says ${told(all)}`];

function passing(id: RuleId, c: Case): readonly string[] {
  const all = findings(id, c);
  const passes = on(c, all).filter((f) => f.outcome === "pass");
  return [
    ...unless(passes.length > 0, `a pass of ${c.on} ${c.property ?? ""}`, all),
    ...unless(!all.some(isOpen), "nothing open", all),
    ...unless(c.proof === undefined || passes.some((f) => f.proof === c.proof), `proof ${c.proof}`, all),
  ];
}

function failing(id: RuleId, c: FailingCase): readonly string[] {
  const all = findings(id, c);
  const mine = on(c, all).filter((f) => f.outcome === "fail");
  const got = c.got === undefined || mine.some((f) => isDeepStrictEqual(f.got, c.got));
  return [
    ...unless(mine.length > 0, `a failure of ${c.on} ${c.property}`, all),
    ...unless(got, `got ${JSON.stringify(c.got)}`, all),
  ];
}

function undecided(id: RuleId, c: Case): readonly string[] {
  const all = findings(id, c);
  const mine = on(c, all);
  const got = mine.find((f) => f.outcome === "undecided")?.got;
  const supplied = typeof got === "object" && got !== null && "unknown" in got && "from" in got;
  return [
    ...unless(supplied && got.unknown === true && typeof got.from === "string", `${c.on} undecided`, all),
    ...unless(!mine.some((f) => f.outcome === "fail"), "no failure", all),
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
