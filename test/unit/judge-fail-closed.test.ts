import { describe, expect, it } from "vitest";
import { UNKNOWN } from "../../judge/facts/raw.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { undecided } from "../../judge/kit/result.ts";
import { type Rule, resourceRule, rule } from "../../judge/kit/rule.ts";
import { RULE_IDS } from "../../policy-packs/bastide/rules/ids.ts";
import { committedRules, rules } from "../../policy-packs/bastide/rules/index.ts";
import { NOW, testLaw } from "../harness/law.ts";
import { PLAIN_RULE } from "../harness/plain-rule.ts";
import { raw, rawEstate, tagList, urnOf } from "../harness/raw.ts";
import { T } from "../harness/types.ts";

/** Trouble in the judge itself is red, and says so; nothing unseen is ever a pass. */
const sound = raw(T.vpc, "v", { region: "fr-par", projectId: UNKNOWN, tags: tagList() });
const judge = (list: readonly Rule[], resources = [sound], law = {}) =>
  judgeEstate(rawEstate(resources), testLaw(law), list, { now: NOW });

describe("a judge in trouble", () => {
  it("passes a sound estate, so that the refusals below mean something", () => {
    expect(judge(rules).outcome).toBe("pass");
  });

  it("does not pass without a rule", () => {
    const verdict = judge([]);
    expect(verdict.outcome).toBe("fail");
    expect(verdict.findings).toMatchObject([{ rule: "KIT-01", got: { rules: 0, resources: 1 } }]);
  });

  it.each([
    ["nothing", []],
    ["a stack root alone", [raw("pulumi:pulumi:Stack", "s", {}, { custom: false })]],
    ["components alone", [raw("acme:web:Site", "s", {}, { custom: false })]],
    ["a provider alone", [raw("pulumi:providers:pulumi", "p")]],
  ])("does not pass an estate with %s", (_, resources) => {
    const verdict = judge(rules, resources);
    expect(verdict.outcome).toBe("fail");
    expect(verdict.findings.map((f) => f.rule)).toContain("KIT-01");
  });

  it("turns a rule that throws into a finding, and lets the others judge", () => {
    const crashing = rule({
      ...PLAIN_RULE,
      id: "X-01",
      judge: () => {
        throw new Error("boom");
      },
    });
    const verdict = judge([crashing, ...rules], [raw(T.vpc, "v", { region: "us-east", tags: tagList() })]);
    expect(verdict.outcome).toBe("fail");
    const found = verdict.findings.map((f) => [f.rule, f.property, f.got]);
    expect(found).toContainEqual(["KIT-02", "X-01", "rule crashed: boom"]);
    expect(found).toContainEqual(["LOC-01", "region", "us-east"]);
  });

  it("says when one resource crashes a resource rule", () => {
    const crashing = resourceRule({
      ...PLAIN_RULE,
      id: "X-02",
      judgeOne: () => {
        throw new Error("bad resource");
      },
    });
    expect(judge([crashing]).findings).toMatchObject([{ rule: "KIT-02", property: "X-02", outcome: "fail" }]);
  });

  it("is undecided when a mandatory rule cannot know, and passes when an advisory one can't", () => {
    const unsure = (enforcement: "mandatory" | "advisory"): Rule =>
      rule({
        ...PLAIN_RULE,
        enforcement,
        id: "X-03",
        judge: () => [undecided({ subject: sound.urn, property: "p", want: 1 }, { property: "p", suppliers: ["u"] })],
      });
    expect(judge([unsure("mandatory")]).outcome).toBe("undecided");
    const advisory = judge([unsure("advisory")]);
    expect(advisory.outcome).toBe("pass");
    expect(advisory.counts.undecided).toBe(1);
  });

  it.each([
    ["a type that is listed as not judged", "scaleway:mnq/sqs:Sqs"],
    ["a type of a governed provider that nobody knows", "scaleway:novelty/thing:Thing"],
    ["an unknown type of the first-party plug-in", "bastide:novelty:Thing"],
  ])("refuses %s", (_, type) => {
    const verdict = judge(rules, [sound, raw(type, "x", { region: "fr-par", tags: tagList() })]);
    expect(verdict.counts.notJudged).toBe(1);
    expect(verdict.findings).toContainEqual(
      expect.objectContaining({ rule: "KIT-03", outcome: "fail", subject: urnOf(type, "x") }),
    );
  });

  it("is undecided when the door hides what a mandatory rule needs, until another door is named", () => {
    const needy = rule({ ...PLAIN_RULE, id: "X-04", needs: ["deletes"], judge: () => [] });
    const estate = { ...rawEstate([sound]), notSeen: ["deletes"] };
    const blind = judgeEstate(estate, testLaw(), [needy], { now: NOW });
    expect(blind.outcome).toBe("undecided");
    expect(blind.findings).toMatchObject([{ rule: "KIT-04", property: "X-04" }]);
    const covered = testLaw({ coveredElsewhere: { "X-04": "preview-file" } });
    expect(judgeEstate(estate, covered, [needy], { now: NOW }).outcome).toBe("pass");
  });

  it("does not start with other rules than the committed ones", () => {
    expect(committedRules()).toHaveLength(RULE_IDS.length);
    expect(() => committedRules(rules.slice(1))).toThrow("missing LOC-01");
    expect(() => committedRules([...rules, ...rules.slice(0, 1)])).toThrow("not listed or double LOC-01");
    expect(() => committedRules([...rules.slice(1), rule({ ...PLAIN_RULE, id: "LOC-99", judge: () => [] })])).toThrow(
      "LOC-99",
    );
  });

  it("keeps every rule fit to be reported", () => {
    for (const r of rules) {
      expect(r.controls.length, r.id).toBeGreaterThan(0);
      expect(r.title.length, r.id).toBeGreaterThan(20);
      expect(r.rationale.length, r.id).toBeGreaterThan(60);
      expect(r.remedy.length, r.id).toBeGreaterThan(20);
    }
  });
});
