import { renderEvent } from "../local/toolchain/events.ts";
import { ensureToolchain, type Toolchain } from "../local/toolchain/toolchain.ts";
import { step } from "./console.ts";
import { repoRoot, workDir } from "./paths.ts";

/** The toolchain, with the lines that a person wants to see while it is being built. */
export const readyToolchain = (signal: AbortSignal): Promise<Toolchain> =>
  step("toolchain: engine, Scaleway provider, plug-ins", (progress) =>
    ensureToolchain({ repoRoot, workDir, signal, progress: (event) => progress(renderEvent(event)) }),
  );
