import type { Verdict } from "../../judge/kit/verdict.ts";
import { BastideError, type Fault, toolError } from "../../kernel/errors.ts";
import type { RunJudge } from "../judging.ts";
import type { Refusal } from "./events.ts";
import type { Progress, Run, Stack } from "./stack.ts";

/** The engine's own word for "nothing to do". */
const UNCHANGED = new Set(["same", "read"]);

export interface Previewed {
  readonly run: Run;
  readonly verdict: Verdict;
  /** Operations other than `same`, e.g. `{create: 12}`. */
  readonly changes: Readonly<Record<string, number>>;
}

/** Judges the JSON of a preview; given by the caller, so that this file knows nothing of rules. */
export type JudgePreview = (previewJson: string, stack: string) => Verdict;

const refusalFault = (r: Refusal): Fault => ({
  code: r.rule,
  path: r.urn,
  got: r.message,
  want: `what \`bastide explain ${r.rule}\` says`,
  fix: "see the remedy in the message, correct the program or its settings, preview again",
});

/**
 * Preview with the pack, then the same rules on the preview's file, which also shows deletes and replacements.
 * @param onPlan gets the preview's JSON before the verdict on it: a plan that is refused is still one to be reviewed.
 * @throws BastideError exit 1 naming each refusal, exit 3 when the engine itself failed.
 */
export async function gatedPreview(
  stack: Stack,
  { judge, packConfig }: RunJudge,
  progress?: Progress,
  onPlan?: (previewJson: string) => void,
): Promise<Previewed> {
  const run = await stack.preview(packConfig, progress);
  const mandatory = run.refusals.filter((r) => r.enforcement === "mandatory");
  if (mandatory.length > 0) {
    throw new BastideError(`the policy pack refuses ${stack.name}: nothing was sent`, mandatory.map(refusalFault), 1);
  }
  if (run.code !== 0) {
    throw toolError(`the preview of ${stack.name} failed`, [
      {
        code: "engine.preview-failed",
        path: stack.name,
        got: run.errors.join("\n") || run.stderr || `exit ${run.code}`,
        want: "a complete preview",
        fix: "correct what the engine names; `bastide toolchain doctor` checks the tools",
      },
    ]);
  }
  onPlan?.(run.stdout);
  const verdict = judge(run.stdout, stack.name);
  if (verdict.outcome !== "pass") {
    const blocking = verdict.findings.filter(
      (f) => f.enforcement === "mandatory" && (f.outcome === "fail" || f.outcome === "undecided"),
    );
    throw new BastideError(
      `the verdict on the preview of ${stack.name} is ${verdict.outcome}: nothing was sent`,
      blocking.map((f) => ({
        code: f.rule,
        path: `${f.subject} ${f.property}`,
        got: JSON.stringify(f.got),
        want: JSON.stringify(f.want),
        fix: `see \`bastide explain ${f.rule}\``,
      })),
      1,
    );
  }
  const changes = Object.fromEntries(Object.entries(run.changes).filter(([op]) => !UNCHANGED.has(op)));
  return { run, verdict, changes };
}

/** Applies what was just previewed and passed. A stop half-way leaves a state from which the same command goes on. */
export async function apply(
  stack: Stack,
  packConfig: string,
  progress?: Progress,
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const run = await stack.up(packConfig, progress, env);
  if (run.code === 0) return run;
  const refused = run.refusals.filter((r) => r.enforcement === "mandatory");
  if (refused.length > 0)
    throw new BastideError(`the policy pack refuses ${stack.name} with its real values`, refused.map(refusalFault), 1);
  throw toolError(`applying ${stack.name} stopped`, [
    {
      code: "engine.up-failed",
      path: stack.name,
      got: run.errors.join("\n") || run.stderr || `exit ${run.code}`,
      want: "every resource created",
      fix: "run the same command again: it goes on from the last checkpoint",
    },
  ]);
}
