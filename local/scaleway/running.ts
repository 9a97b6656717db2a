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
  } catch {
    // No such process, or another user's, which no daemon of ours is.
    return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, "utf8").split("\0").includes(dataDir);
}

/** The daemon of a data folder, if it runs; what a killed one left behind is cleared away. */
export function findRunning(dataDir: string): Running | undefined {
  const file = runningFile(dataDir);
  if (!existsSync(file)) return undefined;
  const parsed = schema.safeParse(parseJson(readFileSync(file, "utf8")));
  if (parsed.success && isDaemon(parsed.data.pid, dataDir)) return parsed.data;
  rmSync(file, { force: true });
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut short by a kill: the same as absent.
    return undefined;
  }
}
