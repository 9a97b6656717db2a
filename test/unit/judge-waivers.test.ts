import { describe, expect, it } from "vitest";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { NOW, testLaw } from "../harness/law.ts";
import { rawEstate, urnOf } from "../harness/raw.ts";
import { T } from "../harness/types.ts";
import { GROUP as group, POOL as pool, WAIVER as waiver } from "../harness/waived-pool.ts";

/** A waiver excuses one rule on one resource for at most 90 days, and nothing else; what it does not excuse, it fails. */
const judge = (waivers: readonly unknown[], resources = [pool, group], now = NOW) =>
  judgeEstate(rawEstate(resources), testLaw({ waivers: [...waivers] }), rules, { now });

const faults = (waivers: readonly unknown[], now = NOW) =>
  judge(waivers, [pool, group], now)
    .findings.filter((f) => f.rule === "EVD-01")
    .map((f) => f.got);

describe("waivers", () => {
  it("are needed here", () => expect(judge([]).findings.map((f) => f.rule)).toEqual(["NET-01"]));

  it("excuse their finding, which stays in the verdict", () => {
    const verdict = judge([waiver]);
    expect(verdict.outcome).toBe("pass");
    expect(verdict.counts.waived).toBe(1);
    expect(verdict.findings).toMatchObject([
      { rule: "NET-01", outcome: "waived", waiver: expect.stringContaining("security") },
    ]);
  });

  it("hold through their last day, and not a millisecond longer", () => {
    expect(judge([waiver], undefined, "2026-12-20T23:59:59.999Z").outcome).toBe("pass");
    expect(judge([waiver], undefined, "2026-12-21T00:00:00.000Z").outcome).toBe("fail");
  });

  it("last ninety days at most", () => {
    expect(faults([{ ...waiver, expires: "2027-02-21" }])).toEqual([]);
    expect(faults([{ ...waiver, expires: "2027-02-22" }])).toEqual(["from 2026-11-23 until 2027-02-22"]);
  });

  it.each([
    ["expired", { ...waiver, expires: "2026-11-22" }, "expired on 2026-11-22"],
    ["approved by its owner", { ...waiver, approver: "platform" }, "approved by its owner platform"],
    ["of a rule that can't be waived", { ...waiver, rule: "NET-05" }, "NET-05"],
    ["of a finding of the kit", { ...waiver, rule: "KIT-02" }, "KIT-02"],
    ["of no rule", { ...waiver, rule: "NET-99" }, "NET-99"],
    ["without a day", { ...waiver, expires: undefined }, "expires: Invalid input: expected string, received undefined"],
    ["with a day that no calendar has", { ...waiver, expires: "2026-02-30" }, "expires: Invalid ISO date"],
    ["for many resources", { ...waiver, subject: "urn:pulumi:*" }, "subject: one URN, or `stack`"],
    ["with a word too many", { ...waiver, scope: "all" }, ': Unrecognized key: "scope"'],
  ])("excuse nothing when %s", (_, bad, got) => {
    const verdict = judge([bad]);
    expect(verdict.outcome).toBe("fail");
    expect(verdict.findings.map((f) => [f.rule, f.outcome])).toEqual([
      ["EVD-01", "fail"],
      ["NET-01", "fail"],
    ]);
    expect(verdict.findings[0]?.got).toBe(got);
  });

  it("fail when nobody needs them, unless they are of another stack", () => {
    const other = { ...waiver, subject: urnOf(T.pool, "gone") };
    expect(faults([waiver, other])).toEqual(["an unused waiver of NET-01"]);
    const elsewhere = { ...waiver, subject: urnOf(T.pool, "p", "urn:pulumi:rehearsal.platform::bastide") };
    expect(faults([waiver, elsewhere])).toEqual([]);
  });
});
