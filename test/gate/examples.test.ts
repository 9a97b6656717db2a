import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findProgram } from "../../cli/gate/program.ts";
import { runProgram } from "../../cli/gate/run-program.ts";
import { contextName, readContext } from "../../docs/rules/context.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { lawForForeign } from "../../judge/kit/law.ts";
import { RULE_IDS } from "../../policy-packs/bastide/rules/ids.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";

const folder = join(import.meta.dirname, "../../docs/rules/examples");
const program = findProgram(folder);

/** How the rule answered, in this program, wherever it had something to say. */
async function answersOf(rule: string, example: "failing" | "fixed"): Promise<readonly string[]> {
  const name = `${rule}-${example}`;
  const run = await runProgram({ program, stack: name, stackOutputs: {}, timeoutSeconds: 60 });
  const { law, program: facts, steps } = readContext(folder, name);
  const estate = { ...run.estate, steps, ...(facts === undefined ? {} : { program: facts }) };
  const verdict = judgeEstate(estate, { ...lawForForeign("fr-health"), ...law }, rules, {
    now: "2026-11-23T00:00:00Z",
    all: true,
  });
  const outcomes = verdict.findings.filter((f) => f.rule === rule).map((f) => f.outcome);
  return [...new Set(outcomes)].filter((outcome) => outcome !== "notApplicable").sort();
}

describe.concurrent("what `bastide explain` shows is true", () => {
  it.each(RULE_IDS.map(String))("%s", { timeout: 120_000 }, async (rule) => {
    expect(await answersOf(rule, "failing")).toContain("fail");
    expect(await answersOf(rule, "fixed")).toEqual(["pass"]);
  });

  it("every rule has a failing and a fixed example, and none is left over", () => {
    const files = readdirSync(folder).filter((name) => /^[A-Z0-9-]*\d+-/.test(name));
    const programs = RULE_IDS.flatMap((id) => [`${id}-failing`, `${id}-fixed`]);
    const contexts = programs.map(contextName).filter((name) => files.includes(name));
    expect(files.sort()).toEqual([...programs.map((name) => `${name}.ts`), ...contexts].sort());
  });
});
