import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** Node processes that the host has started and that must not outlive it. */
const running = new Set<ChildProcess>();

/** Starts the Node that this process runs under; the engine's PATH does not matter. */
export function startNode(args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], options);
  running.add(child);
  child.once("close", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/** How a process ended; `code` is null after a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Resolves once the process and its output have ended. @throws when it could not be started. */
export const exitOf = (child: ChildProcess): Promise<Exit> =>
  new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal }));
  });

export function stopChildren(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}
