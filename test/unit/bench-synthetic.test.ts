import { expect, it } from "vitest";
import { ELEVEN } from "../../bench/eleven.data.ts";
import { syntheticExport } from "../../bench/synthetic.ts";
import { readEstate } from "../../judge/doors/read.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { lawForForeign } from "../../judge/kit/law.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";

it("the benches' estate has the size asked for, is judged whole, and shows its planted holes", () => {
  for (const size of [29, 1000]) {
    const estate = readEstate(syntheticExport(size), "synthetic.json");
    const { counts, findings } = judgeEstate(estate, lawForForeign("fr-health"), rules, {
      now: "2026-11-23T00:00:00.000Z",
    });
    expect(counts).toMatchObject({ resources: size, notJudged: 0 });
    expect(findings.filter((f) => f.rule === "KIT-02")).toEqual([]);
    const planted = findings.filter((f) => f.rule === "NET-01");
    expect(planted.map((f) => `${f.outcome} ${f.property}`)).toEqual(Array(2).fill("fail publicIpDisabled"));
    // One way out more than there should be takes two units.
    const silent = ELEVEN.filter((id) => !findings.some((f) => f.rule === id && f.outcome === "fail"));
    expect(silent).toEqual(size < 56 ? ["NET-06"] : []);
  }
});
