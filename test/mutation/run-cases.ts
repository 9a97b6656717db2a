import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { MutantCoverage } from "@stryker-mutator/api/core";
import { type TestResult, TestStatus } from "@stryker-mutator/api/test-runner";
import type { CaseTest } from "../unit/rules/case-tests.ts";

/** Environment variable with the rules whose cases are run, with blanks between. */
export const RULES = "BASTIDE_MUTATED_RULES";

/** What the instrumented code reads and writes; the name is Stryker's. */
export interface Instrumented {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: MutantCoverage;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}
declare global {
  var __stryker__: Instrumented | undefined;
}

export function instrumented(): Instrumented {
  globalThis.__stryker__ ??= {};
  return globalThis.__stryker__;
}

export type Named = readonly [id: string, test: CaseTest];

/** The cases of the chosen rules. The sandbox with the mutants is the working directory; this file stands outside of it. */
export async function loadCases(): Promise<readonly Named[]> {
  const file = pathToFileURL(join(process.cwd(), "test/unit/rules/case-tests.ts")).href;
  const { allCaseTests }: typeof import("../unit/rules/case-tests.ts") = await import(file);
  const chosen = new Set((process.env[RULES] ?? "").split(" "));
  return allCaseTests()
    .filter(({ rule }) => chosen.has(rule))
    .map((test, index) => [`${index} ${test.rule} ${test.name}`, test] as const);
}

/** Runs cases one after another; with `bail` until one of them finds a fault. */
export function runCases(cases: readonly Named[], stryker: Instrumented, bail: boolean): TestResult[] {
  const results: TestResult[] = [];
  for (const [id, { faults }] of cases) {
    const began = performance.now();
    stryker.currentTestId = id;
    const [first] = tried(faults);
    stryker.currentTestId = undefined;
    const test = { id, name: id, timeSpentMs: performance.now() - began };
    results.push(
      first === undefined
        ? { ...test, status: TestStatus.Success }
        : { ...test, status: TestStatus.Failed, failureMessage: first },
    );
    if (bail && first !== undefined) break;
  }
  return results;
}

function tried(faults: () => readonly string[]): readonly string[] {
  try {
    return faults();
  } catch (error) {
    return [String(error)];
  }
}
