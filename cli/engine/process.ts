import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** How long the engine gets to end cleanly after an interrupt, before it is told to terminate. */
const GRACE_MS = 45_000;

/**
 * Runs a program to its end, collecting its output. An abort sends SIGINT once (the engine then stops at the next
 * checkpoint and frees its lock), and SIGTERM when it has not ended within the grace period. A program that can't be
 * started, or that a signal ended, gives code 127 or 130.
 */
export function runProcess(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  return new Promise((resolve) => {
    // Own process group: an interrupt at the terminal reaches us first and the engine once, through us.
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const chunks: { stdout: string[]; stderr: string[] } = { stdout: [], stderr: [] };
    const collect = (name: "stdout" | "stderr"): void => {
      createInterface({ input: child[name] }).on("line", (line) => {
        chunks[name].push(line);
        options.onLine?.(line);
      });
    };
    collect("stdout");
    collect("stderr");
    let timer: NodeJS.Timeout | undefined;
    const abort = (): void => {
      child.kill("SIGINT");
      timer = setTimeout(() => child.kill("SIGTERM"), GRACE_MS);
    };
    if (options.signal?.aborted === true) abort();
    options.signal?.addEventListener("abort", abort, { once: true });
    const finish = (code: number, extra: string): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", abort);
      resolve({
        code,
        stdout: chunks.stdout.join("\n"),
        stderr: [...chunks.stderr, extra].filter((s) => s !== "").join("\n"),
      });
    };
    child.on("error", (error) => finish(127, error.message));
    child.on("close", (code, signal) => finish(code ?? 130, signal === null ? "" : `ended by ${signal}`));
  });
}
