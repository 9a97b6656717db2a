import { join } from "node:path";
import { renderEvent } from "../../local/toolchain/events.ts";
import { ensureToolchain, type Toolchain } from "../../local/toolchain/toolchain.ts";

export const repoRoot: string = join(import.meta.dirname, "..", "..");

/** The real toolchain for tests, built when it is not there (minutes, on stderr). */
export const builtToolchain = (): Promise<Toolchain> =>
  ensureToolchain({
    repoRoot,
    progress: (event) => {
      if (event.kind !== "compiling") process.stderr.write(`${renderEvent(event)}\n`);
    },
  });
