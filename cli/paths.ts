import { join, resolve } from "node:path";

/** Root of the clone: the folder that holds `Pulumi.yaml`. */
export const repoRoot: string = resolve(import.meta.dirname, "..");

/** Everything that runs leave in the clone, never in git; `npm run clean` removes it. */
export const workDir = join(repoRoot, ".bastide");
export const statePath = join(workDir, "state");
export const localDataDir = join(workDir, "local");
export const packDir = join(repoRoot, "policy-packs", "bastide");

/** Reports of one environment. */
export const outDir = (environment: string): string => join(repoRoot, "out", environment);
