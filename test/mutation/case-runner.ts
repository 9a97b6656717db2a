import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { MutantCoverage } from "@stryker-mutator/api/core";
import { PluginKind } from "@stryker-mutator/api/plugin";
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import type { CaseTest } from "../unit/rules/case-tests.ts";

/** What the instrumented code reads and writes; the name is Stryker's. */
interface Instrumented {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: MutantCoverage;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}
declare global {
  var __stryker__: Instrumented | undefined;
}

/**
 * Runs the cases of the rules in Stryker's worker, without a test framework between them: they are data and a function, and loading
 * everything anew for each of thousands of mutants costs a hundred times what judging does.
 */
class CaseRunner implements TestRunner {
  #tests: readonly (readonly [id: string, test: CaseTest])[] | undefined;

  capabilities() {
    // Modules are loaded once in a process; Stryker starts another one for what runs while they load.
    return { reloadEnvironment: false };
  }

  /** The sandbox with the mutants is the working directory; this file stands outside of it. */
  async #load(): Promise<readonly (readonly [string, CaseTest])[]> {
    if (this.#tests === undefined) {
      const file = pathToFileURL(join(process.cwd(), "test/unit/rules/case-tests.ts")).href;
      const { allCaseTests }: typeof import("../unit/rules/case-tests.ts") = await import(file);
      this.#tests = allCaseTests().map((test, index) => [`${index} ${test.rule} ${test.name}`, test] as const);
    }
    return this.#tests;
  }

  #run(tests: readonly (readonly [string, CaseTest])[], stryker: Instrumented, bail: boolean): TestResult[] {
    const results: TestResult[] = [];
    for (const [id, { faults }] of tests) {
      const began = performance.now();
      stryker.currentTestId = id;
      const found = tried(faults);
      stryker.currentTestId = undefined;
      const test = { id, name: id, timeSpentMs: performance.now() - began };
      const [first] = found;
      results.push(
        first === undefined
          ? { ...test, status: TestStatus.Success }
          : { ...test, status: TestStatus.Failed, failureMessage: first },
      );
      if (bail && first !== undefined) break;
    }
    return results;
  }

  async dryRun(): Promise<DryRunResult> {
    const stryker = instrumented();
    stryker.activeMutant = undefined;
    const tests = this.#run(await this.#load(), stryker, false);
    const { mutantCoverage } = stryker;
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage === undefined ? {} : { mutantCoverage }) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const stryker = instrumented();
    stryker.hitLimit = options.hitLimit;
    stryker.hitCount = options.hitLimit === undefined ? undefined : 0;
    if (options.mutantActivation === "static") stryker.activeMutant = options.activeMutant.id;
    try {
      const wanted = options.testFilter === undefined ? undefined : new Set(options.testFilter);
      const tests = (await this.#load()).filter(([id]) => wanted?.has(id) ?? true);
      stryker.activeMutant = options.activeMutant.id;
      const results = this.#run(tests, stryker, !options.disableBail);
      const stuck = determineHitLimitReached(stryker.hitCount, options.hitLimit);
      return toMutantRunResult(stuck ?? { status: DryRunStatus.Complete, tests: results });
    } catch (error) {
      // Thrown while the rules load: no test could run, which Stryker counts apart.
      return toMutantRunResult({ status: DryRunStatus.Error, errorMessage: String(error) });
    } finally {
      stryker.activeMutant = undefined;
    }
  }
}

function tried(faults: () => readonly string[]): readonly string[] {
  try {
    return faults();
  } catch (error) {
    return [String(error)];
  }
}

function instrumented(): Instrumented {
  globalThis.__stryker__ ??= {};
  return globalThis.__stryker__;
}

export const strykerPlugins = [{ kind: PluginKind.TestRunner, name: "cases", factory: () => new CaseRunner() }];
