import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AREAS, type Area, rulesOf, sourcesDigest, testsDigest } from "./areas.ts";
import { type Mutant, readReport } from "./report.ts";
import { below, type Measured, olderThan, publish, publishedResults, score } from "./results.ts";
import { RULES } from "./run-cases.ts";

/**
 * Stryker, area by area: `npm run mutation [-- AREA…] [--again] [--concurrency N]`. An area whose sources and tests are those of its
 * recorded result is not repeated, so a run goes on after an interruption; `--again` repeats it. Writes `results.json`, from which
 * `npm run docs` makes the table of `docs/mutation.md`, and tells what survived. Exit 1 when an area of rules is below the floor.
 */
const root = join(import.meta.dirname, "../..");
const home = join(root, ".bastide/mutation");
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const settings = (area: Area, concurrency: number, report: string) => ({
  testRunner: area.runner === "cases" ? "cases" : "vitest",
  // What is not needed is not loaded: each change of something that runs while modules load costs a process of its own.
  plugins: [
    area.runner === "cases" ? "./test/mutation/case-runner.ts" : "@stryker-mutator/vitest-runner",
    "./test/mutation/prose.ts",
  ],
  ignorers: ["prose"],
  vitest: { configFile: "test/mutation/vitest.config.ts" },
  mutate: area.files,
  tsconfigFile: "none: nothing here is compiled",
  coverageAnalysis: "perTest",
  concurrency,
  timeoutMS: 60_000,
  tempDirName: ".bastide/stryker",
  reporters: ["json"],
  jsonReporter: { fileName: report },
  logLevel: "error",
  warnings: false,
});

function stryker(config: string, rules: readonly string[]): Promise<number> {
  const bin = join(root, "node_modules/@stryker-mutator/core/bin/stryker.js");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, "run", config], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, NODE_COMPILE_CACHE: join(home, "compiled"), [RULES]: rules.join(" ") },
    });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** One area's result, and what was not noticed in it. @throws when Stryker could not do its job. */
async function measure(area: Area, concurrency: number): Promise<{ result: Measured; missed: readonly Mutant[] }> {
  const name = area.name.replaceAll("/", "-");
  const [config, report] = [join(home, `${name}.config.json`), join(home, `${name}.json`)];
  mkdirSync(home, { recursive: true });
  const [sources, tests] = [sourcesDigest(area), testsDigest(area)];
  writeFileSync(config, JSON.stringify(settings(area, concurrency, report)));
  const exit = await stryker(config, rulesOf(area));
  if (exit !== 0) throw new Error(`Stryker ended with ${exit} on ${area.name}`);
  const mutants = readReport(readFileSync(report, "utf8"));
  const count = (...statuses: readonly string[]): number => mutants.filter((m) => statuses.includes(m.status)).length;
  const result: Measured = {
    area: area.name,
    date: new Date().toISOString().slice(0, 10),
    sources,
    tests,
    killed: count("Killed"),
    timedOut: count("Timeout"),
    survived: count("Survived"),
    uncovered: count("NoCoverage"),
    broken: count("RuntimeError", "CompileError"),
    ignored: count("Ignored"),
  };
  return { result, missed: mutants.filter((m) => m.status === "Survived" || m.status === "NoCoverage") };
}

function tell(area: Area, result: Measured, note: string): void {
  const { killed, timedOut, survived, uncovered } = result;
  const floor = below(area, result) ? `, BELOW ${area.floor} %` : "";
  const all = killed + timedOut + survived + uncovered;
  say(`${area.name}: ${score(result).toFixed(1)} % (${killed + timedOut} of ${all})${floor}${note}`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { again: { type: "boolean", default: false }, concurrency: { type: "string", default: "1" } },
  });
  const unknown = positionals.filter((name) => !AREAS.some((area) => area.name === name));
  const concurrency = Number(values.concurrency);
  if (unknown.length > 0 || !Number.isInteger(concurrency) || concurrency < 1) {
    for (const name of unknown) say(`no area ${name}; there are ${AREAS.map((area) => area.name).join(", ")}`);
    if (unknown.length === 0) say(`--concurrency: ${values.concurrency} is no number of processes`);
    return 2;
  }
  let low = 0;
  for (const area of AREAS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    const known = publishedResults().find((r) => r.area === area.name);
    if (known !== undefined && !values.again && olderThan(area, known) === undefined) {
      tell(area, known, `, measured on ${known.date}`);
      low += below(area, known) ? 1 : 0;
      continue;
    }
    const began = performance.now();
    const { result, missed } = await measure(area, concurrency);
    publish(result);
    tell(area, result, `, in ${Math.ceil((performance.now() - began) / 1000)} s`);
    for (const m of missed)
      say(`    ${m.place} ${m.was} → ${m.became}${m.status === "NoCoverage" ? " (no test comes here)" : ""}`);
    low += below(area, result) ? 1 : 0;
  }
  return low === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 3;
}
