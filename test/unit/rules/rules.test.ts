import { describe, expect, it } from "vitest";
import type { RawResource } from "../../../judge/facts/raw.ts";
import { judgeEstate } from "../../../judge/kit/judge.ts";
import type { Finding } from "../../../judge/kit/verdict.ts";
import { RULE_IDS } from "../../../policy-packs/bastide/rules/ids.ts";
import { rules } from "../../../policy-packs/bastide/rules/index.ts";
import { NOW, testLaw } from "../../harness/law.ts";
import { type Case, estateOfCase, mutate } from "../../harness/rule-cases.ts";
import { CASES } from "./all.ts";

/** Law 12: a rule that has never fired proves nothing. */
function findings(id: string, c: Case, resources: readonly RawResource[] = c.resources): readonly Finding[] {
  const rule = rules.filter((r) => r.id === id);
  const verdict = judgeEstate(estateOfCase(c, resources), testLaw(c.law), rule, { now: NOW, all: true });
  return verdict.findings.filter((f) => f.rule === id);
}

const on = (c: Case, all: readonly Finding[]): readonly Finding[] =>
  all.filter((f) => f.subject === c.on && (c.property === undefined || f.property === c.property));

describe.each(RULE_IDS)("%s", (id) => {
  const cases = CASES[id];

  it.each(cases.passing)("passes: $name", (c) => {
    const all = findings(id, c);
    const mine = on(c, all);
    expect(mine.map((f) => f.outcome)).toContain("pass");
    expect(all.filter((f) => f.outcome === "fail" || f.outcome === "undecided")).toEqual([]);
    if (c.proof !== undefined) expect(mine.filter((f) => f.outcome === "pass").map((f) => f.proof)).toContain(c.proof);
  });

  it.each(cases.failing)("fails: $name", (c) => {
    const mine = on(c, findings(id, c)).filter((f) => f.outcome === "fail");
    expect(mine).not.toEqual([]);
    if (c.got !== undefined) expect(mine.map((f) => f.got)).toContainEqual(c.got);
  });

  if ("never" in cases.undecided) {
    it(`is never undecided: ${cases.undecided.never}`, () => {
      const all = [...cases.passing, ...cases.failing, ...cases.notApplicable].flatMap((c) => findings(id, c));
      expect(all.filter((f) => f.outcome === "undecided")).toEqual([]);
    });
  } else {
    it.each(cases.undecided)("cannot know: $name", (c) => {
      const mine = on(c, findings(id, c));
      expect(mine.map((f) => f.outcome)).toContain("undecided");
      expect(mine.map((f) => f.outcome)).not.toContain("fail");
      const got = mine.find((f) => f.outcome === "undecided")?.got;
      expect(got).toMatchObject({ unknown: true, from: expect.any(String) });
    });
  }

  it.each(cases.notApplicable)("has nothing to say: $name", (c) => {
    const outcomes = on(c, findings(id, c)).map((f) => f.outcome);
    expect(outcomes.filter((o) => o !== "notApplicable")).toEqual([]);
    expect(outcomes).not.toEqual([]);
  });

  it.each(cases.mutations)("one change flips it: %j", (mutation) => {
    const base = cases.passing.find((c) => c.name === mutation.of);
    if (base === undefined) throw new Error(`no passing case "${mutation.of}"`);
    const before = findings(id, base);
    const after =
      "on" in mutation
        ? findings(id, base, mutate(base.resources, mutation))
        : findings(id, { ...base, ...mutation, law: { ...base.law, ...mutation.law } });
    expect(before.some((f) => f.outcome === "fail")).toBe(false);
    expect(after.some((f) => f.outcome === "fail")).toBe(true);
  });
});
