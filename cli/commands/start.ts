import type { Command } from "commander";
import { startLocal } from "../../local/scaleway/commands.ts";
import { loadEnvironment } from "../../stacks/load.ts";
import { good, note } from "../console.ts";
import { localWorld } from "../local-world.ts";
import { isInnerRun, runEnclosed } from "../namespace.ts";
import { localDataDir } from "../paths.ts";
import { interruptSignal } from "../session.ts";
import { gateVerdict } from "../start/gate-verdict.ts";
import { REHEARSAL, rehearse } from "../start/rehearse.ts";
import { readyToolchain } from "../toolchain-progress.ts";

const INTRODUCTION = `Bastide rehearses the whole foundation on this machine: Pulumi's engine and Scaleway's own provider code
build two regions on a local Scaleway. No account is used and no cloud is contacted.
First run: about 12 minutes on two cores (the engine and the provider are built from source) and 4 GB of
disk. Later runs: less than a minute.`;

interface StartOptions {
  readonly keep?: true;
}

async function keepRunning(): Promise<void> {
  const { url } = await startLocal({ dataDir: localDataDir, ...localWorld(loadEnvironment(REHEARSAL)) });
  good(`the local Scaleway keeps running on ${url}; \`bastide local status\`, \`bastide local stop\``);
}

/**
 * The gate needs no engine: its verdict stands in the first seconds, while the toolchain is still being built. A gate that
 * refuses ends the build too, and the refusal is what is told.
 */
async function verdictWhileBuilding(signal: AbortSignal): Promise<void> {
  const refused = new AbortController();
  const building = readyToolchain(AbortSignal.any([signal, refused.signal]));
  building.catch(() => {}); // Awaited below; until then the gate's own answer comes first.
  try {
    await gateVerdict();
  } catch (error) {
    refused.abort(error);
    await building.catch(() => {});
    throw error;
  }
  await building;
}

/** Gate's verdict at once, toolchain meanwhile, then the rehearsal in a network namespace of its own. */
async function start(options: StartOptions): Promise<void> {
  const signal = interruptSignal();
  if (isInnerRun()) {
    await rehearse({ signal });
    return;
  }
  note(INTRODUCTION);
  await verdictWhileBuilding(signal);
  process.exitCode = await runEnclosed(["start"], signal);
  // Inside its namespace nobody else could reach it: what is kept runs outside, on the same store.
  if (options.keep === true && process.exitCode === 0) await keepRunning();
}

/** `start`: the main job, end to end, on the embedded default. */
export function registerStart(program: Command): void {
  program
    .command("start")
    .description(
      "rehearses the two-region foundation on this machine: gate, preview, apply, second preview, verdict, reports",
    )
    .option("--keep", "leaves the local Scaleway running at the end")
    .action((options: StartOptions) => start(options));
}
