import { combineEstates } from "../../judge/doors/estate.ts";
import type { RawEstate } from "../../judge/facts/raw.ts";
import { LAYERS } from "../../stacks/vocabulary.ts";
import type { Job } from "./child/job.ts";
import type { Program } from "./program.ts";
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

/** `<env>.<layer>` is one stack; a bare name of a layered environment means all its layers, in order. */
export const stacksOf = (name: string, layered: boolean): readonly string[] =>
  layered && !name.includes(".") ? LAYERS.map((layer) => `${name}.${layer}`) : [name];

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
  return { estate: combineEstates(runs), network };
}
