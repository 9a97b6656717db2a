import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { toolError } from "../kernel/errors.ts";
import { processAlive } from "../local/scaleway/process-alive.ts";
import { workDir } from "./paths.ts";

/**
 * One run at a time in a clone. The lock of a dead process is taken over; a second run is refused with what to do.
 * @returns releases the lock.
 */
export function takeRunLock(what: string): () => void {
  const file = join(workDir, "run.lock");
  mkdirSync(dirname(file), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(file, "wx");
      writeSync(handle, JSON.stringify({ pid: process.pid, what }));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      const owner = lockOwner(file);
      if (owner !== undefined && processAlive(owner)) {
        throw toolError("another run is under way in this clone", [
          {
            code: "run.locked",
            path: ".bastide/run.lock",
            got: `process ${owner}`,
            want: "one run at a time",
            fix: "wait for it to end, or interrupt it: it stops cleanly",
          },
        ]);
      }
      rmSync(file, { force: true });
    }
  }
  throw toolError("the run lock could not be taken: another run was faster; start again");
}

function lockOwner(file: string): number | undefined {
  try {
    const pid: unknown = JSON.parse(readFileSync(file, "utf8")).pid;
    return typeof pid === "number" ? pid : undefined;
  } catch {
    // Half-written by a crash: nobody's.
    return undefined;
  }
}
