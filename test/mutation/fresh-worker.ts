import { parentPort, workerData } from "node:worker_threads";
import { type DryRunResult, DryRunStatus } from "@stryker-mutator/api/test-runner";
import { type Instrumented, instrumented, loadCases, runCases } from "./run-cases.ts";

/** Loads everything anew with one mutant active from the beginning, and tells what the cases say. */
export interface Fresh extends Pick<Instrumented, "activeMutant" | "hitLimit"> {
  readonly bail: boolean;
}

/** What the thread answers. */
export interface Told {
  readonly hitCount?: number | undefined;
  readonly run: DryRunResult;
}

const { activeMutant, hitLimit, bail }: Fresh = workerData;

const tell = (told: Told): void => parentPort?.postMessage(told);

const stryker = instrumented();
stryker.activeMutant = activeMutant;
stryker.hitLimit = hitLimit;
stryker.hitCount = hitLimit === undefined ? undefined : 0;
try {
  const tests = runCases(await loadCases(), stryker, bail);
  tell({ hitCount: stryker.hitCount, run: { status: DryRunStatus.Complete, tests } });
} catch (error) {
  // Thrown while the rules load: no test could run, which Stryker counts apart.
  tell({ run: { status: DryRunStatus.Error, errorMessage: String(error) } });
}
