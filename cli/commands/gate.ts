import { type Command, Option } from "commander";
import { inputError } from "../../kernel/errors.ts";
import { isPacked } from "../../policy-packs/bastide/pack-digest.ts";
import { environmentNames } from "../../stacks/load.ts";
import { note, warn } from "../console.ts";
import { findProgram, type Program } from "../gate/program.ts";
import { DEFAULT_TIMEOUT } from "../gate/run-program.ts";
import { type GateRun, gateEstate } from "../gate/stacks.ts";
import { writeBaseline } from "../judge/baseline.ts";
import { instant } from "../judge/now.ts";
import { EXIT_HELP, formatFlag, type JudgeFlags, lawOptions, seconds, withJudgeFlags } from "../judge/options.ts";
import { emit, parseOutput } from "../judge/output.ts";
import { takeLaw } from "../judge/trusted-place.ts";
import { exitCodeOf, reportFor } from "../judge/verdict-of.ts";
import { repoRoot } from "../paths.ts";
import { judgedLayers, parseTarget, stackName } from "../targets.ts";

export interface GateFlags extends JudgeFlags {
  readonly stack: string;
  readonly program: string;
  readonly timeout: number;
}

/** A program to run, its stacks in order, and the environment whose law applies (none for a program that is not ours). */
export interface GateTarget {
  readonly program: Program;
  readonly stacks: readonly string[];
  readonly environment: string | undefined;
}

/** What `--stack` and `--program` mean together: our own program has environments with layers, others plain stacks. */
export function gateTarget(flags: Pick<GateFlags, "stack" | "program">): GateTarget {
  const program = findProgram(flags.program);
  if (isPacked() || program.root !== repoRoot) return { program, stacks: [flags.stack], environment: undefined };
  const target = parseTarget(flags.stack, environmentNames);
  const { environment } = target;
  return { program, stacks: judgedLayers(target).map((layer) => stackName(environment, layer)), environment };
}

/** Runs the target in its sandbox; says when the kernel could not be asked to keep the network away. */
export async function runTarget(target: GateTarget, timeoutSeconds: number): Promise<GateRun> {
  const run = await gateEstate({ program: target.program, stacks: target.stacks, timeoutSeconds });
  if (run.network === "in-process") {
    warn("this machine allows no network namespace: the program's network was refused inside its own process only");
  }
  return run;
}

async function gate(flags: GateFlags): Promise<void> {
  const output = parseOutput({ ...flags, ...format(flags) });
  const now = instant(flags.now);
  const target = gateTarget(flags);
  refuseProfile(flags, target);
  const bench = await takeLaw(lawOptions(flags, target.environment));
  if (output.out !== undefined) note(`judging ${target.stacks.join(", ")} offline`);
  const { estate } = await runTarget(target, flags.timeout);
  const report = reportFor({ estate, bench, now, all: flags.all === true, artefact: "Pulumi.yaml" });
  emit(report, output);
  writeBaseline(report, flags);
  process.exitCode = exitCodeOf(report);
}

const format = (flags: JudgeFlags): { format?: string } => {
  const value = formatFlag(flags);
  return value === undefined ? {} : { format: value };
};

/** Our environments have a profile of their own; another one on the command line would be a wish, not the law. */
function refuseProfile(flags: GateFlags, target: GateTarget): void {
  if (flags.profile === undefined || target.environment === undefined) return;
  throw inputError("--profile is for programs that are not ours", [
    {
      code: "gate.profile",
      path: "--profile",
      got: flags.profile,
      want: `nothing: the settings of ${target.environment} name its profile`,
      fix: "leave it out",
    },
  ]);
}

/** `gate`: a program judged offline, in a child process that can only stream what it registers. */
export function register(program: Command): void {
  const command = program
    .command("gate")
    .description("judge a program offline: no engine, no network, no credentials")
    .requiredOption(
      "--stack <name>",
      `environment (${environmentNames.join(", ")}), one layer of it, or another program's stack`,
    )
    .addOption(
      new Option("--program <dir>", "folder of a Pulumi program in nodejs").default(
        isPacked() ? process.cwd() : repoRoot,
        isPacked() ? "this folder" : "this clone",
      ),
    )
    .option("--timeout <seconds>", "kill the program after this long", seconds, DEFAULT_TIMEOUT);
  withJudgeFlags(command)
    .addHelpText("after", EXIT_HELP)
    .addHelpText(
      "after",
      `
Examples:
  bastide gate --stack rehearsal
  bastide gate --stack production.foundation --law origin/main --out out/gate
  bastide gate --stack dev --program ../their-program --profile eu --format sarif`,
    )
    .action((flags: GateFlags) => gate(flags));
}
