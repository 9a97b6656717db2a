import { renderEvent } from "../local/toolchain/events.ts";
import type { Purpose } from "../local/toolchain/parts.ts";
import { ensureToolchain, type Toolchain } from "../local/toolchain/toolchain.ts";
import { step } from "./console.ts";
import { repoRoot, workDir } from "./paths.ts";

const TITLES: Readonly<Record<Purpose, string>> = {
  engine: "engine, Scaleway provider, plug-ins",
  kubernetes: "the local Kubernetes",
  images: "client and registry for images",
  bench: "what a bench compares with",
};

/** The toolchain of these purposes (default: the engine's), with the lines that a person wants to see while it is being built. */
export const readyToolchain = (signal: AbortSignal, purposes: readonly Purpose[] = ["engine"]): Promise<Toolchain> =>
  step(`toolchain: ${purposes.map((purpose) => TITLES[purpose]).join("; ")}`, (progress) =>
    ensureToolchain({ repoRoot, workDir, signal, purposes, progress: (event) => progress(renderEvent(event)) }),
  );
