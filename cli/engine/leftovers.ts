import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/**
 * Providers run in process groups of their own and look after their engine every five minutes only (pulumi/provider,
 * `Healthcheck`): one whose engine was killed goes on sending what it was told to, after the next run has asked the cloud what
 * became of it. So every engine is started with a mark in its environment, which its children inherit, and whoever bears the mark
 * without a living engine is ended before anything is asked.
 */
const MARK = "BASTIDE_ENGINE_OF";

export const markOf = (stack: string, workDir: string): Readonly<Record<string, string>> => ({
  [MARK]: `${workDir}#${stack}`,
});

const ENDED_WITHIN_MS = 5000;

function bearers(mark: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/environ`, "utf8").split("\0").includes(mark);
      } catch {
        // Gone, or another user's: none of ours.
        return false;
      }
    })
    .map(Number);
}

/** Ends what an engine left behind; to be called when none works for the stack. @returns how many there were. */
export async function endLeftovers(stack: string, workDir: string): Promise<number> {
  const mark = `${MARK}=${markOf(stack, workDir)[MARK]}`;
  const found = bearers(mark);
  for (const pid of found) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone by itself.
    }
  }
  for (let waited = 0; waited < ENDED_WITHIN_MS && bearers(mark).length > 0; waited += 20) await setTimeout(20);
  return found.length;
}
