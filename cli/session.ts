import { join } from "node:path";
import type { FaultPlan } from "../local/scaleway/faults/plan.ts";
import type { Purpose } from "../local/toolchain/parts.ts";
import type { Toolchain } from "../local/toolchain/toolchain.ts";
import type { Environment } from "../stacks/load.ts";
import { note } from "./console.ts";
import { runEnvironment } from "./engine/environment.ts";
import { endLeftovers } from "./engine/leftovers.ts";
import type { EngineContext } from "./engine/stack.ts";
import { type LocalRun, openLocalRun } from "./local-run.ts";
import { localWorld } from "./local-world.ts";
import { isInnerRun, runEnclosed } from "./namespace.ts";
import { workDir } from "./paths.ts";
import { takeRunLock } from "./run-lock.ts";
import { readyToolchain } from "./toolchain-progress.ts";

/** Ends when the user interrupts; a second interrupt ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  let asked = false;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (asked) process.exit(130);
      asked = true;
      note("interrupted: stopping cleanly (once more to stop at once)");
      controller.abort(new Error(name));
    });
  }
  return controller.signal;
}

/** An engine ready to run, on the real cloud or on the local one. */
export interface Session {
  readonly context: EngineContext;
  /** Absent on a real account. */
  readonly local: LocalRun | undefined;
  /** Proxy that leads to the clusters, for the platform's layer; absent where no such layer is meant. */
  readonly tunnel?: string;
}

export interface LocalSession extends Session {
  readonly local: LocalRun;
  /** Executables of the toolchain's Go parts. */
  readonly programs: Toolchain["programs"];
}

/** What a local run stands on. */
export interface LocalPlace {
  readonly environment: Environment;
  /** Faults on demand that come down on it. Default: none. */
  readonly faults?: FaultPlan | undefined;
  /** What the toolchain is needed for. Default: the engine. */
  readonly purposes?: readonly Purpose[];
}

/**
 * Runs `work` against the local Scaleway, in a network namespace of its own where the machine allows one. The outer process
 * only builds the toolchain, which needs the network; the command then runs once more, enclosed.
 * @param args the command line to run enclosed.
 */
export async function inLocalSession(
  args: readonly string[],
  place: LocalPlace,
  work: (session: LocalSession) => Promise<void>,
): Promise<void> {
  const signal = interruptSignal();
  const toolchain = await readyToolchain(signal, place.purposes);
  if (!isInnerRun()) {
    await endLeftovers(workDir);
    process.exitCode = await runEnclosed(args, signal);
    await endLeftovers(workDir);
    return;
  }
  await withLocalRun(args.join(" "), toolchain, place, signal, work);
}

/** The local Scaleway of this clone for as long as `work` takes, under the run lock; both end with it, however it ends. */
export async function withLocalRun(
  what: string,
  toolchain: Toolchain,
  { environment, faults }: LocalPlace,
  signal: AbortSignal,
  work: (session: LocalSession) => Promise<void>,
): Promise<void> {
  const release = takeRunLock(what);
  try {
    const local = await openLocalRun(toolchain, { ...localWorld(environment), faults, signal });
    try {
      await work({ context: local.context, local, programs: toolchain.programs });
    } finally {
      await local.stop();
    }
  } finally {
    release();
  }
}

/** An engine on the real account that the environment's credentials lead to. */
export async function realContext(signal: AbortSignal): Promise<EngineContext> {
  const toolchain = await readyToolchain(signal);
  // A profile in the user's home would join in, with an address of the API for instance: none is there.
  const added = { ...toolchain.env(), SCW_CONFIG_PATH: join(workDir, "no-profile.yaml") };
  const { variables, neutralised } = runEnvironment(process.env, added, "real");
  if (neutralised.length > 0) note(`  set in your environment, kept away from the run: ${neutralised.join(", ")}`);
  return { pulumi: toolchain.pulumi, env: variables, signal };
}

/** Runs `work` against the real account. */
export async function inRealSession(args: readonly string[], work: (session: Session) => Promise<void>): Promise<void> {
  const signal = interruptSignal();
  const context = await realContext(signal);
  const release = takeRunLock(args.join(" "));
  try {
    await work({ context, local: undefined });
  } finally {
    release();
  }
}
