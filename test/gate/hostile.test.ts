import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findProgram } from "../../cli/gate/program.ts";
import { runProgram } from "../../cli/gate/run-program.ts";
import { judgeEstate } from "../../judge/kit/judge.ts";
import { BastideError } from "../../kernel/errors.ts";
import { rules } from "../../policy-packs/bastide/rules/index.ts";
import { NOW, testLaw } from "../harness/law.ts";

/** Deed → what the refusal must say. A deed without a line here fails the suite: see the last test. */
const REFUSALS: Readonly<Record<string, RegExp>> = {
  "exits-at-once": /no end-of-program record/,
  "exits-midway": /no end-of-program record/,
  "kills-itself": /no end-of-program record/,
  "hangs-in-a-loop": /still running after/,
  "hangs-on-a-timer": /still running after/,
  "never-settles": /never settles/,
  "resource-never-settles": /never settles/,
  "throws-midway": /it threw: out of ideas/,
  "rejects-unheard": /it threw: nobody listens/,
  "forges-the-end": /something other than the ledger wrote/,
  "forges-a-resource": /something other than the ledger wrote/,
  "writes-noise": /is not a record/,
  "closes-the-ledger": /end-of-program record|exit code/,
  "prints-a-verdict": /no end-of-program record/,
  "patches-json": /it replaced JSON\.stringify/,
  "patches-prototypes": /it replaced Map\.prototype\.get/,
  "replaces-the-monitor": /it replaced the monitor/,
  "ends-too-soon": /never settles/,
  "reads-credentials": /Access to this API has been restricted/,
  "writes-a-report": /Access to this API has been restricted/,
  "starts-a-process": /Access to this API has been restricted/,
  "calls-home": /it threw/,
  "opens-the-inspector": /restricted|ERR_ACCESS_DENIED|inspector/i,
  "asks-a-provider": /calls no provider function/,
  "fills-the-memory": /SIGABRT|SIGKILL|exit code|still running|no end-of-program record/,
  "logs-an-error": /logged an error/,
  "exits-in-a-timer": /no end-of-program record/,
  "patches-for-a-while": /it replaced Object\.entries/,
  "patches-messages": /it replaced the SDK's values\.toJavaScript/,
  "chooses-ids": /it replaced node:crypto's hash\.digest/,
  "starts-a-worker": /Access to this API has been restricted/,
  "loads-an-addon": /it threw|restricted/,
  "forges-an-end-and-goes-on": /something other than the ledger wrote/,
  "swallows-rejections": /no longer hears|never settles|it threw/,
  "pollutes-prototypes": /it added Object\.prototype\.region/,
};

/** Deeds that end only when they are killed; the others have all the time that a busy machine may need. */
const ENDLESS: ReadonlySet<string> = new Set(["hangs-in-a-loop", "hangs-on-a-timer", "fills-the-memory"]);

const folder = join(import.meta.dirname, "programs", "hostile");
const program = findProgram(folder);

const refusal = async (deed: string): Promise<BastideError> => {
  const result = await runProgram({
    program,
    stack: deed,
    stackOutputs: {},
    timeoutSeconds: ENDLESS.has(deed) ? 5 : 60,
  }).then(
    (run) => new Error(`judged ${run.estate.resources.length} resources`),
    (error: unknown) => error,
  );
  if (result instanceof BastideError) return result;
  throw result;
};

describe.concurrent("a hostile program is never judged", () => {
  for (const [deed, saying] of Object.entries(REFUSALS)) {
    it(deed, { timeout: 120_000 }, async () => {
      const error = await refusal(deed);
      expect(error.exit).toBe(3);
      expect(error.message).toMatch(saying);
    });
  }

  it("what it prints reaches people only quoted, without control characters", async () => {
    const { message } = await refusal("prints-a-verdict");
    const printed = message.split("\n").filter((line) => line.includes("bastide.verdict/1") || line.includes("pass:"));
    expect(printed).toHaveLength(2);
    for (const line of printed) expect(line).toMatch(/^ {6}\| /);
    expect([...message].some((c) => c !== "\n" && c < " ")).toBe(false);
  });

  it("leaves nothing behind", () => expect(existsSync(join(folder, "deeds", "verdict.json"))).toBe(false));

  it("every deed is expected to be refused", () => {
    const deeds = readdirSync(join(folder, "deeds")).map((name) => name.replace(/\.ts$/, ""));
    expect(deeds.sort()).toEqual(Object.keys(REFUSALS).sort());
  });
});

/** Deeds that are odd and not forbidden: what they declare is judged as it is, whatever they print. */
const ODDITIES = ["holds-much", "names-oddly", "patches-output", "prints-hugely"] as const;

describe.concurrent("an odd program is judged by what it declares", () => {
  for (const odd of ODDITIES) {
    it(odd, { timeout: 120_000 }, async () => {
      const run = await runProgram({ program, stack: `odd-${odd}`, stackOutputs: {}, timeoutSeconds: 60 });
      const verdict = judgeEstate(run.estate, testLaw(), rules, { now: NOW });
      const abroad = verdict.findings.filter((f) => f.rule === "LOC-01").map((f) => f.subject);
      const made = run.estate.resources.filter((r) => r.type.endsWith(":Bucket")).map((r) => r.urn);
      expect(verdict.outcome).toBe("fail");
      expect(abroad).toEqual(expect.arrayContaining(made));
      expect(verdict.findings.filter((f) => f.rule === "KIT-02")).toEqual([]);
    });
  }

  it("a program behind a link is the same program", { timeout: 60_000 }, async () => {
    const link = join(mkdtempSync(join(tmpdir(), "bastide-link-")), "program");
    symlinkSync(folder, link);
    const linked = findProgram(link);
    rmSync(dirname(link), { recursive: true });
    expect(linked).toEqual(program);
  });
});
