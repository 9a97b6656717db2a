import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** What a detached local Scaleway leaves in its data folder while it runs; readable by its owner only. */
const schema = z.object({ pid: z.number().int().positive(), url: z.string(), env: z.record(z.string(), z.string()) });
export type Running = z.infer<typeof schema>;

export const runningFile = (dataDir: string): string => join(dataDir, "running.json");

/** Whether this process is alive and still the daemon of this folder, not another one that got its number. */
function isDaemon(pid: number, dataDir: string): boolean {
  try {
    process.kill(pid, 0);
    const commandLine = `/proc/${pid}/cmdline`;
    return !existsSync(commandLine) || readFileSync(commandLine, "utf8").split("\0").includes(dataDir);
  } catch {
    // No such process, one that has just ended, or another user's, which no daemon of ours is.
    return false;
  }
}

/** The daemon of a data folder, if it runs; what a killed one left behind is cleared away. */
export function findRunning(dataDir: string): Running | undefined {
  const file = runningFile(dataDir);
  const parsed = schema.safeParse(contentOf(file));
  if (parsed.success && isDaemon(parsed.data.pid, dataDir)) return parsed.data;
  rmSync(file, { force: true });
  return undefined;
}

/** What stands in the file; a daemon that ends takes it away at any moment. */
function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Gone, or cut short by a kill: the same as absent.
    return undefined;
  }
}
