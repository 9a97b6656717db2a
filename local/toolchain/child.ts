import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ChildOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** Each line of either stream, as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface ChildResult {
  readonly code: number;
  /** Both streams, at most the last 200 lines. */
  readonly tail: readonly string[];
  readonly stdout: readonly string[];
}

const tailLines = 200;

/**
 * Runs a program with its descendants in a process group of their own. The whole group is killed when the signal aborts or
 * when this process ends first.
 * @throws what the signal was aborted with; the system's error when the program can't be started.
 */
export async function runChild(program: string, args: readonly string[], options: ChildOptions): Promise<ChildResult> {
  options.signal?.throwIfAborted();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const killGroup = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      child.kill("SIGKILL"); // The group is gone already, or was never made.
    }
  };
  process.once("exit", killGroup);
  options.signal?.addEventListener("abort", killGroup, { once: true });
  const tail: string[] = [];
  const stdout: string[] = [];
  const take = (line: string): void => {
    tail.push(line);
    if (tail.length > tailLines) tail.shift();
    options.onLine?.(line);
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    stdout.push(line);
    take(line);
  });
  createInterface({ input: child.stderr }).on("line", take);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exit) => resolve(exit ?? 1));
    });
    options.signal?.throwIfAborted();
    return { code, tail, stdout };
  } finally {
    process.removeListener("exit", killGroup);
    options.signal?.removeEventListener("abort", killGroup);
  }
}
