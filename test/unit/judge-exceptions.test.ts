import { describe, expect, it } from "vitest";
import { attestationsOf, attestedText } from "../../judge/kit/attestations.ts";
import { baselineFrom } from "../../judge/kit/baseline.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import type { Law } from "../../judge/kit/law.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { attested, NOW, testLaw } from "../harness/law.ts";
import { raw, rawEstate, tagList } from "../harness/raw.ts";
import { T } from "../harness/types.ts";

/** What excuses a finding, and what does not: baselines, levels, and waivers that reach too far. */
const pool = raw(T.pool, "p", { zone: "nl-ams-1", clusterId: "c", tags: tagList(), securityGroupId: "fr-par-1/g" });
const only = (...ids: readonly string[]) => rules.filter((r) => ids.includes(r.id));
const judge = (law: Partial<Law>, ids: readonly string[] = ["NET-01", "LOC-01"], now = NOW) =>
  judgeEstate(rawEstate([pool]), testLaw(law), only(...ids), { now });

const baseline = {
  schema: "bastide.baseline/1" as const,
  issued: "2026-11-01",
  expires: "2027-01-31",
  owner: "platform",
  findings: [
    { rule: "NET-01", subject: pool.urn, property: "publicIpDisabled" },
    { rule: "LOC-01", subject: pool.urn, property: "zone" },
  ],
};
const outcomes = (law: Partial<Law>, ids?: readonly string[], now?: string) =>
  judge(law, ids, now).findings.map((f) => [f.rule, f.outcome]);

describe("a baseline", () => {
  it("is needed here", () => {
    expect(outcomes({})).toEqual([
      ["LOC-01", "fail"],
      ["NET-01", "fail"],
    ]);
  });

  it("keeps old findings in the verdict without blocking, but never those that can't be waived", () => {
    const verdict = judge({ baseline });
    expect(verdict.outcome).toBe("fail");
    expect(verdict.findings.map((f) => [f.rule, f.outcome])).toEqual([
      ["LOC-01", "fail"],
      ["NET-01", "waived"],
    ]);
    expect(verdict.findings[1]?.waiver).toContain("until 2027-01-31");
    expect(judge({ baseline }, ["NET-01"]).outcome).toBe("pass");
    expect(judge({ baseline }, ["NET-01"]).advisories).toContain("old findings do not block until 2027-01-31");
  });

  it("lets new findings block", () => {
    const other = { ...baseline, findings: [{ rule: "NET-01", subject: pool.urn, property: "somethingElse" }] };
    expect(outcomes({ baseline: other }, ["NET-01"])).toEqual([["NET-01", "fail"]]);
  });

  it.each([
    ["expired", { expires: "2026-11-22" }],
    ["from the future", { issued: "2026-11-25" }],
    ["longer than half a year", { expires: "2027-05-01" }],
  ])("excuses nothing when %s, and says so", (_, change) => {
    const found = outcomes({ baseline: { ...baseline, ...change } }, ["NET-01"]);
    expect(found).toEqual([
      ["EVD-01", "fail"],
      ["NET-01", "fail"],
    ]);
  });

  it("is written from a verdict, without what it may not hold", () => {
    const made = baselineFrom(judge({}), "platform", "2027-01-31", (id) => id !== "LOC-01");
    expect(made.findings).toEqual([{ rule: "NET-01", subject: pool.urn, property: "publicIpDisabled" }]);
    expect(judge({ baseline: made }, ["NET-01"]).outcome).toBe("pass");
  });

  it("says what is gone from it", () => {
    const more = { ...baseline, findings: [...baseline.findings, { rule: "NET-01", subject: "gone", property: "x" }] };
    expect(judge({ baseline: more }, ["NET-01"]).advisories.join("; ")).toContain(
      "2 findings of the baseline are gone",
    );
  });
});

describe("levels", () => {
  it("lower a rule by the law, and say so", () => {
    const verdict = judge({ levels: { "NET-01": "advisory" } }, ["NET-01"]);
    expect(verdict.outcome).toBe("pass");
    expect(verdict.findings).toMatchObject([{ rule: "NET-01", outcome: "fail", enforcement: "advisory" }]);
    expect(verdict.advisories).toContain("lowered to advisory by the law: NET-01");
  });

  it("never lower a rule that can't be waived", () => {
    const verdict = judge({ levels: { "LOC-01": "advisory" } }, ["LOC-01"]);
    expect(verdict.outcome).toBe("fail");
    expect(verdict.advisories.join()).not.toContain("lowered");
  });

  it("raise an advisory one", () => {
    const key = raw(T.key, "k", { region: "fr-par", tags: tagList("health-raw") });
    const law = testLaw({ environment: "rehearsal", attestations: [], levels: { "KEY-08": "mandatory" } });
    expect(judgeEstate(rawEstate([key]), law, only("KEY-08"), { now: NOW }).outcome).toBe("fail");
  });
});

describe("waivers", () => {
  const waiver = {
    schema: "bastide.waiver/1",
    environment: "rehearsal",
    rule: "EVD-02",
    subject: pool.urn,
    reason: "r",
    owner: "a",
    author: "b",
    approver: "c",
    issued: "2026-11-20",
    expires: "2026-12-20",
  };

  it("that excuse more than one property are overbroad", () => {
    const two = judgeEstate(rawEstate([pool]), testLaw({ waivers: [{ ...waiver, rule: "X-01" }] }), [twoFaults], {
      now: NOW,
    });
    expect(two.findings.filter((f) => f.rule === "EVD-01").map((f) => f.got)).toEqual([
      "a waiver of X-01 that excuses one, two",
    ]);
  });

  it("that name their property excuse that one alone", () => {
    const law = testLaw({ waivers: [{ ...waiver, rule: "X-01", property: "one" }] });
    const { findings } = judgeEstate(rawEstate([pool]), law, [twoFaults], { now: NOW });
    expect(findings.map((f) => [f.rule, f.property, f.outcome])).toEqual([
      ["X-01", "one", "waived"],
      ["X-01", "two", "fail"],
    ]);
  });

  it.each([
    ["approved by its author", { approver: "b" }, "approved by its author b"],
    ["issued after the judge's own day", { issued: "2026-11-25" }, "issued on 2026-11-25"],
  ])("excuse nothing when %s", (_, change, got) => {
    const law = testLaw({ waivers: [{ ...waiver, rule: "X-01", ...change }] });
    const { findings, outcome } = judgeEstate(rawEstate([pool]), law, [twoFaults], { now: NOW });
    expect(outcome).toBe("fail");
    expect(findings.find((f) => f.rule === "EVD-01")?.got).toBe(got);
  });
});

const twoFaults = {
  id: "X-01",
  title: "two faults at once",
  severity: "low",
  enforcement: "mandatory",
  waivable: true,
  controls: [],
  rationale: "",
  remedy: "",
  judge: () =>
    ["one", "two"].map((property) => ({
      outcome: "fail" as const,
      subject: pool.urn,
      property,
      got: 1,
      want: 2,
      path: [],
    })),
} as const;

describe("attestations", () => {
  it("are told with until when, by whom, and whether they were made up", () => {
    const { inForce } = attestationsOf([attested("state-copy", { example: true, expires: "2036-12-31" })], NOW);
    expect(inForce.map(attestedText)).toEqual([
      "attested until 2036-12-31 by assurance: state-copy (example, synthetic: nobody vouches for it)",
    ]);
  });

  it("of one kind count by the one that lives longest", () => {
    const two = [attested("state-copy"), attested("state-copy", { expires: "2027-12-31", owner: "later" })];
    expect(attestationsOf(two, NOW).live("state-copy")?.owner).toBe("later");
    expect(attestationsOf(two, NOW).live("hsm-certificate")).toBeUndefined();
  });

  it("hold through their last day, and not a millisecond longer", () => {
    const one = [attested("state-copy", { expires: "2026-11-23" })];
    expect(attestationsOf(one, "2026-11-23T23:59:59.999Z").inForce).toHaveLength(1);
    expect(attestationsOf(one, "2026-11-24T00:00:00.000Z").faults).toHaveLength(1);
  });
});
