import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { toolError } from "../../kernel/errors.ts";
import { processAlive } from "./process-alive.ts";

/** One process a data folder; the lock of a dead one is taken over. @returns releases the lock. */
export function lockDataDir(dataDir: string): () => void {
  const file = join(dataDir, "owner.pid");
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const handle = openSync(file, "wx", 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      const owner = Number(readFileSync(file, "utf8"));
      if (owner > 0 && owner !== process.pid && processAlive(owner)) {
        throw toolError("a local Scaleway already runs on this data folder", [
          {
            code: "local.running",
            path: file,
            got: `process ${owner}`,
            want: "one at a time",
            fix: "`bastide local stop`, or use the one that runs",
          },
        ]);
      }
      rmSync(file, { force: true });
    }
  }
  throw toolError("the data folder could not be locked: another process was faster; try again");
}
