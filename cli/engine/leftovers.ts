import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/**
 * Providers run in process groups of their own and look after their engine every five minutes only (pulumi/provider,
 * `Healthcheck`): one whose engine was killed goes on sending what it was told to, after the next run has asked the cloud what
 * became of it. So every engine is started with a mark in its environment, which its children inherit, and whoever bears the mark
 * without a living engine is ended before anything is asked. From inside a namespace only children of the same one are seen:
 * the process around it looks as well.
 */
const MARK = "BASTIDE_ENGINE_OF";

export const markOf = (workDir: string): Readonly<Record<string, string>> => ({ [MARK]: workDir });

const ENDED_WITHIN_MS = 5000;

interface Bearer {
  readonly pid: number;
  readonly isEngine: boolean;
}

function bearers(workDir: string): readonly Bearer[] {
  const mark = `${MARK}=${workDir}`;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, "utf8").split("\0").includes(mark)) return [];
        const [program = ""] = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
        // No command line: dead, and waiting for its parent to notice.
        return program === "" ? [] : [{ pid: Number(name), isEngine: /(^|\/)pulumi$/.test(program) }];
      } catch {
        // Gone, or another user's: none of ours.
        return [];
      }
    });
}

/** Ends what dead engines of a work folder left behind; while one lives nobody is touched. @returns how many there were. */
export async function endLeftovers(workDir: string): Promise<number> {
  const found = bearers(workDir);
  if (found.some(({ isEngine }) => isEngine)) return 0;
  for (const { pid } of found) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone by itself.
    }
  }
  for (let waited = 0; waited < ENDED_WITHIN_MS && bearers(workDir).length > 0; waited += 20) await setTimeout(20);
  return found.length;
}
