import { beforeAll, describe, expect, it } from "vitest";
import type { Bench } from "../../cli/judge/trusted-place.ts";
import type { RawEstate } from "../../judge/facts/raw.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { RULE_IDS } from "../../policy-packs/bastide/rules/ids.ts";
import { gatedRehearsal, rehearsalBench } from "../harness/gated.ts";
import { MUTATIONS } from "../harness/mutations.data.ts";
import { mutated } from "../harness/mutations.ts";
import { WEAKENED_MUTATIONS } from "../harness/mutations-weakened.data.ts";

/** The rehearsal environment, as its program declares it, made worse in one place at a time. */
let estate: RawEstate;
let bench: Bench;
/** The program dates its credentials by the clock, so the judge looks at the same one. */
const now = new Date().toISOString();

beforeAll(async () => {
  estate = await gatedRehearsal();
  bench = await rehearsalBench();
}, 150_000);

describe("a real estate", () => {
  it("passes as it is", () => {
    expect(judgeEstate(estate, bench.law, bench.rules, { now }).outcome).toBe("pass");
  });
});

describe.each(RULE_IDS)("%s", (id) => {
  it.each([...MUTATIONS[id], ...(WEAKENED_MUTATIONS[id] ?? [])])("refuses: $name", (mutation) => {
    const { estate: worse, blames } = mutated(estate, mutation);
    const law = { ...bench.law, ...mutation.law };
    const { outcome, findings } = judgeEstate(worse, law, bench.rules, { now });
    const open = findings.filter((f) => f.rule === id && (f.outcome === "fail" || f.outcome === "undecided"));
    if (open.some((f) => f.enforcement === "mandatory")) expect(outcome).not.toBe("pass");
    const own = open.map((f) => f.subject);
    expect(own).toContain(blames);
  });
});
