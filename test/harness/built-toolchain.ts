import { join } from "node:path";
import { renderEvent } from "../../local/toolchain/events.ts";
import type { Purpose } from "../../local/toolchain/parts.ts";
import { ensureToolchain, type Toolchain } from "../../local/toolchain/toolchain.ts";

export const repoRoot: string = join(import.meta.dirname, "..", "..");

/** The real toolchain for tests, built when it is not there (minutes, on stderr). */
export const builtToolchain = (purposes?: readonly Purpose[]): Promise<Toolchain> =>
  ensureToolchain({
    repoRoot,
    purposes,
    progress: (event) => {
      if (event.kind !== "compiling") process.stderr.write(`${renderEvent(event)}\n`);
    },
  });
