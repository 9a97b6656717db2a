import { describe, expect, it } from "vitest";
import { KIT_RULES } from "../../judge/kit/kit-rules.ts";
import { FRAMEWORKS_OF_RULES, frameworkOf } from "../../judge/reports/frameworks.ts";
import { byHarm, label, summary, valueText } from "../../judge/reports/wording.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { finding, verdict } from "../harness/verdicts.ts";

const FORBIDDEN = /\bcompliant\b|\bcertified\b|SecNumCloud-ready|air-gapped|sovereign by design/i;

describe("the words that reports are made of", () => {
  const all = [...rules, ...Object.values(KIT_RULES)];

  it.each(all.map((r) => [r.id, r] as const))("%s promises nothing", (_, { title, rationale, remedy }) => {
    expect(`${title} ${rationale} ${remedy}`).not.toMatch(FORBIDDEN);
  });

  it("every clause belongs to a text that is named", () => {
    const ids = new Set(all.flatMap((r) => r.controls.map((c) => c.split(":")[0] ?? "")));
    expect([...ids].filter((id) => !FRAMEWORKS_OF_RULES.has(id))).toEqual([]);
    expect(frameworkOf("XYZ").name).toBe("XYZ");
  });

  it("a summary counts what was looked for, and never says more", () => {
    const counts = { ...verdict().counts, rules: 19, resources: 1, fail: 0, undecided: 0 };
    expect(summary(verdict({ outcome: "pass", counts }))).toBe(
      "no violation found of 19 rules on 1 resource; 0 unknown; 1 assumed; 1 waived; 0 not judged",
    );
    expect(summary(verdict({ outcome: "pass", counts: { ...counts, fail: 2 } }))).toMatch(
      /^no blocking violation found, 2 advisory/,
    );
    expect(summary(verdict({ outcome: "undecided", counts: { ...counts, undecided: 3 } }))).toMatch(
      /^cannot know, .*; 3 unknown/,
    );
  });

  it("a value is one line, cut when long, and an unknown says who will supply it", () => {
    expect(valueText({ unknown: true, from: "urn:pulumi:s::p::a:b:Vpc::main" })).toBe(
      "not known yet: Vpc main will supply it",
    );
    expect(valueText("x".repeat(5000))).toHaveLength(240 + "… (5000 characters)".length);
    expect(valueText({ b: 1, a: ["\n"] })).toBe('{"a":["\\n"],"b":1}');
    expect(valueText(undefined)).toBe("null");
    expect(label("stack")).toBe("stack");
  });

  it("what blocks stands before what only advises, whatever its severity", () => {
    const advised = finding({ enforcement: "advisory", severity: "critical" });
    const unclear = finding({ outcome: "undecided", severity: "low" });
    const mild = finding({ severity: "low" });
    expect([advised, unclear, mild].sort(byHarm)).toEqual([mild, unclear, advised]);
  });
});
