import { join, resolve } from "node:path";

/** Root of the clone: the folder that holds `Pulumi.yaml`. */
export const repoRoot: string = resolve(import.meta.dirname, "..");

const elsewhere = process.env.BASTIDE_WORK;

/**
 * Everything that runs leave behind, never in git; `npm run clean` removes it. `BASTIDE_WORK` moves it out of the clone
 * (absolute path), reports included: tests do so, to leave a developer's own rehearsal alone.
 */
export const workDir: string = elsewhere === undefined ? join(repoRoot, ".bastide") : resolve(elsewhere);
export const statePath = join(workDir, "state");
export const localDataDir = join(workDir, "local");
export const packDir = join(repoRoot, "policy-packs", "bastide");

/** Reports of one environment. */
export const outDir = (environment: string): string =>
  elsewhere === undefined ? join(repoRoot, "out", environment) : join(workDir, "out", environment);
