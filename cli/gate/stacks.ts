import { combineEstates } from "../../judge/doors/estate.ts";
import type { RawEstate } from "../../judge/facts/raw.ts";
import type { Job } from "./child/job.ts";
import type { Program } from "./program.ts";
import { withProgram } from "./program-facts.ts";
import { runProgram } from "./run-program.ts";
import type { NetworkGuard } from "./sandbox.ts";

export interface GateRun {
  readonly estate: RawEstate;
  readonly network: NetworkGuard;
}

export interface GateOptions {
  readonly program: Program;
  /** Stacks in the order in which they are applied: each may read the outputs of those before. */
  readonly stacks: readonly string[];
  readonly timeoutSeconds: number;
}

/** Runs the program once for each stack and joins what it declares into one estate. A run that dies is a tool error (exit 3). */
export async function gateEstate(options: GateOptions): Promise<GateRun> {
  const outputs: Record<string, Job["stackOutputs"][string]> = {};
  const runs: { file: string; estate: RawEstate }[] = [];
  let network: NetworkGuard = "namespace";
  for (const stack of options.stacks) {
    const run = await runProgram({
      program: options.program,
      stack,
      stackOutputs: { ...outputs },
      timeoutSeconds: options.timeoutSeconds,
    });
    outputs[stack] = run.stackOutputs;
    runs.push({ file: stack, estate: run.estate });
    network = run.network;
  }
  const whole = withoutSeenStacks(combineEstates(runs), options.stacks);
  return { estate: withProgram(whole, options.program, options.stacks), network };
}

/** Stacks that were run too are not unseen: a lone blind spot `other-stacks` stays where an estate refers to one outside. */
function withoutSeenStacks(estate: RawEstate, stacks: readonly string[]): RawEstate {
  const referred = estate.resources.filter((r) => r.type === "pulumi:pulumi:StackReference").map((r) => r.id);
  const outside = referred.some((id) => typeof id !== "string" || !stacks.includes(id.split("/").at(-1) ?? id));
  if (stacks.length < 2 || outside) return estate;
  return { ...estate, notSeen: estate.notSeen.filter((spot) => spot !== "other-stacks") };
}
