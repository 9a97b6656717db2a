import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { PluginKind } from "@stryker-mutator/api/plugin";
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestRunner,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import type { Fresh, Told } from "./fresh-worker.ts";
import { instrumented, loadCases, type Named, runCases } from "./run-cases.ts";

/**
 * Runs the cases of an area's rules in Stryker's worker, without a test framework between them: they are data and a function, and loading
 * everything anew for each of thousands of mutants costs a hundred times what judging does. What runs while modules load has to be
 * loaded anew: in a thread of its own.
 */
class CaseRunner implements TestRunner {
  #cases: readonly Named[] | undefined;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async #load(): Promise<readonly Named[]> {
    this.#cases ??= await loadCases();
    return this.#cases;
  }

  async dryRun(): Promise<DryRunResult> {
    const stryker = instrumented();
    stryker.activeMutant = undefined;
    const tests = runCases(await this.#load(), stryker, false);
    const { mutantCoverage } = stryker;
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage === undefined ? {} : { mutantCoverage }) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    return options.mutantActivation === "static" ? runFresh(options) : this.#runLoaded(options);
  }

  async #runLoaded({ activeMutant, hitLimit, testFilter, disableBail }: MutantRunOptions): Promise<MutantRunResult> {
    const stryker = instrumented();
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    const cases = (await this.#load()).filter(([id]) => wanted?.has(id) ?? true);
    stryker.hitLimit = hitLimit;
    stryker.hitCount = hitLimit === undefined ? undefined : 0;
    stryker.activeMutant = activeMutant.id;
    try {
      const tests = runCases(cases, stryker, !disableBail);
      const stuck = determineHitLimitReached(stryker.hitCount, hitLimit);
      return toMutantRunResult(stuck ?? { status: DryRunStatus.Complete, tests });
    } finally {
      stryker.activeMutant = undefined;
    }
  }
}

async function runFresh({ activeMutant, hitLimit, disableBail }: MutantRunOptions): Promise<MutantRunResult> {
  const workerData: Fresh = { activeMutant: activeMutant.id, hitLimit, bail: !disableBail };
  const worker = new Worker(new URL("./fresh-worker.ts", import.meta.url), { workerData });
  try {
    const [told] = (await once(worker, "message")) as [Told];
    return toMutantRunResult(determineHitLimitReached(told.hitCount, hitLimit) ?? told.run);
  } catch (error) {
    return toMutantRunResult({ status: DryRunStatus.Error, errorMessage: String(error) });
  } finally {
    await worker.terminate();
  }
}

export const strykerPlugins = [{ kind: PluginKind.TestRunner, name: "cases", factory: () => new CaseRunner() }];
