import { type Command, Option } from "commander";
import { startLocal } from "../../local/scaleway/commands.ts";
import { loadEnvironment } from "../../stacks/load.ts";
import { good, note } from "../console.ts";
import { localWorld } from "../local-world.ts";
import { isInnerRun, runEnclosed } from "../namespace.ts";
import { localDataDir } from "../paths.ts";
import { interruptSignal } from "../session.ts";
import { gateVerdict } from "../start/gate-verdict.ts";
import { PARTS, type Part, REHEARSAL, rehearse } from "../start/rehearse.ts";
import { readyToolchain } from "../toolchain-progress.ts";

const INTRODUCTION = `Bastide rehearses the whole platform on this machine: Pulumi's engine and Scaleway's own provider code
build two regions on a local Scaleway, and the data platform on real Kubernetes API servers behind their
clusters. No account is used and no cloud is contacted.
First run: about 25 minutes on two cores (the engine, the provider and Kubernetes are built from source) and
8 GB of disk. Later runs: about two minutes.`;

interface StartOptions {
  readonly keep?: true;
  /** Which half of the enclosed work; the outer process names it. */
  readonly part?: Part;
}

async function keepRunning(): Promise<void> {
  const { url } = await startLocal({ dataDir: localDataDir, ...localWorld(loadEnvironment(REHEARSAL)) });
  good(`the local Scaleway keeps running on ${url}; \`bastide local status\`, \`bastide local stop\``);
}

/** Does something while something else is being built, which ends with it where it fails: that failure is what is told. */
async function whileBuilding(
  signal: AbortSignal,
  build: (signal: AbortSignal) => Promise<unknown>,
  work: () => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const building = build(AbortSignal.any([signal, failed.signal]));
  building.catch(() => {}); // Awaited below; until then the work's own words come first.
  try {
    await work();
  } catch (error) {
    failed.abort(error);
    await building.catch(() => {});
    throw error;
  }
  await building;
}

/** The enclosed run told what went wrong. */
class Ended extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`the enclosed run ended with ${code}`);
    this.code = code;
  }
}

async function enclosed(part: Part, signal: AbortSignal): Promise<void> {
  const code = await runEnclosed(["start", "--part", part], signal);
  if (code !== 0) throw new Ended(code);
}

/**
 * Gate's verdict at once and the engine's build meanwhile; then the foundation, in a network namespace of its own, and meanwhile
 * Kubernetes' build, which nothing needs before the platform.
 */
async function start(options: StartOptions): Promise<void> {
  const signal = interruptSignal();
  if (isInnerRun() && options.part !== undefined) {
    await rehearse(options.part, signal);
    return;
  }
  note(INTRODUCTION);
  const started = performance.now();
  try {
    await whileBuilding(signal, (s) => readyToolchain(s), gateVerdict);
    await whileBuilding(
      signal,
      (s) => readyToolchain(s, ["engine", "kubernetes"]),
      () => enclosed("foundation", signal),
    );
    await enclosed("platform", signal);
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    process.exitCode = error.code;
    return;
  }
  good(`done in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  // Inside its namespace nobody else could reach it: what is kept runs outside, on the same store.
  if (options.keep === true) await keepRunning();
}

/** `start`: the main job, end to end, on the embedded default. */
export function registerStart(program: Command): void {
  program
    .command("start")
    .description(
      "rehearses two regions and the data platform on this machine: gate, preview, apply, second preview, verdict, reports",
    )
    .option("--keep", "leaves the local Scaleway running at the end")
    .addOption(new Option("--part <part>", "of the enclosed run").choices(PARTS).hideHelp())
    .action((options: StartOptions) => start(options));
}
