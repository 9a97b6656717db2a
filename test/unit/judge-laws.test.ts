import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RawResource, RawValue } from "../../judge/facts/raw.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import type { Finding, Outcome, Verdict } from "../../judge/kit/verdict.ts";
import { byText, stableJson } from "../../kernel/order.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { estates, renamed } from "../harness/estates.ts";
import { NOW, testLaw } from "../harness/law.ts";
import { rawEstate } from "../harness/raw.ts";
import { T } from "../harness/types.ts";

/** Laws that hold for every estate, not only for those that somebody thought of. */
const judge = (resources: readonly RawResource[], all = true): Verdict =>
  judgeEstate(rawEstate(resources), testLaw(), rules, { now: NOW, all });

const BADNESS: Readonly<Record<Outcome, number>> = { pass: 0, undecided: 1, fail: 2 };

/** Findings without the names of their resources. */
const shape = (findings: readonly Finding[]): readonly string[] =>
  findings.map((f) => stableJson([f.rule, f.outcome, f.type, f.property, f.proof])).sort(byText);

describe("a verdict", () => {
  it("does not depend on the order of resources, to the byte", () => {
    fc.assert(
      fc.property(
        estates.chain((e) => fc.tuple(fc.constant(e), fc.shuffledSubarray([...e], { minLength: e.length }))),
        ([ordered, shuffled]) => {
          expect(stableJson(judge(shuffled))).toBe(stableJson(judge(ordered)));
        },
      ),
    );
  });

  it("is the same twice", () => {
    fc.assert(
      fc.property(estates, (e) => {
        expect(stableJson(judge(e))).toBe(stableJson(judge(e)));
      }),
    );
  });

  it("does not depend on logical names", () => {
    fc.assert(
      fc.property(estates, fc.constantFrom("a-", "zz-", "Ünïcode "), (e, prefix) => {
        expect(shape(judge(renamed(e, prefix)).findings)).toEqual(shape(judge(e).findings));
      }),
    );
  });

  it("leaves out passes unless asked, and changes nothing else by it", () => {
    fc.assert(
      fc.property(estates, (e) => {
        const whole = judge(e);
        const short = judge(e, false);
        expect({ ...short, findings: [] }).toEqual({ ...whole, findings: [] });
        expect(short.findings).toEqual(
          whole.findings.filter((f) => f.outcome !== "pass" && f.outcome !== "notApplicable"),
        );
      }),
    );
  });

  it("counts what it holds", () => {
    fc.assert(
      fc.property(estates, (e) => {
        const { counts, findings } = judge(e);
        const of = (outcome: string): number => findings.filter((f) => f.outcome === outcome).length;
        expect([counts.pass, counts.fail, counts.undecided, counts.notApplicable]).toEqual(
          ["pass", "fail", "undecided", "notApplicable"].map(of),
        );
        expect(counts.resources).toBe(e.length);
      }),
    );
  });
});

/** What protects, and what is left when it is taken away. */
const PROTECTIONS: Readonly<Record<string, Readonly<Record<string, RawValue | undefined>>>> = {
  [T.pool]: { publicIpDisabled: undefined },
  [T.bucket]: { tags: undefined, region: undefined },
  [T.network]: { tags: undefined },
  [T.encryption]: { rules: undefined },
  [T.aclOf]: { aclRules: undefined },
};

describe("taking a protection away", () => {
  it("never turns red to green", () => {
    fc.assert(
      fc.property(estates, fc.nat(), (e, seed) => {
        const targets = e.filter((r) => PROTECTIONS[r.type] !== undefined);
        const target = targets[seed % targets.length];
        if (target === undefined) return;
        const names = Object.keys(PROTECTIONS[target.type] ?? {});
        const without = e.map((r) =>
          r === target
            ? { ...r, inputs: Object.fromEntries(Object.entries(r.inputs).filter(([name]) => !names.includes(name))) }
            : r,
        );
        expect(BADNESS[judge(without).outcome]).toBeGreaterThanOrEqual(BADNESS[judge(e).outcome]);
      }),
    );
  });

  it("whole resources that protect included", () => {
    fc.assert(
      fc.property(estates, (e) => {
        const bare = e.filter((r) => r.type !== T.aclOf && r.type !== T.encryption);
        expect(BADNESS[judge(bare).outcome]).toBeGreaterThanOrEqual(BADNESS[judge(e).outcome]);
      }),
    );
  });
});
