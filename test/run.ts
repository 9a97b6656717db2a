import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LAYERS, type LayerName } from "./layers.ts";

/**
 * Runs every layer of checks, fastest first, and prints `N passed, N failed` alone on the last line. `npm test -- quick`
 * runs the fast ones, which need no toolchain; `npm test -- LAYER…` the named ones; `npm test -- list` names them.
 * A layer that could not run counts as a failure: nothing unseen is ever a pass.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const bin = (name: string): string => join(root, "node_modules", ".bin", name);

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`, NO_COLOR: "1" },
    });
    child.on("error", (error) => {
      process.stdout.write(`${command}: ${error.message}\n`);
      resolve(127);
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

const check = async (command: string, ...args: string[]): Promise<Tally> =>
  (await run(command, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

/** How the files of a folder run: fast ones as vitest likes, slow ones with time and by this many at once. */
type Files = "many" | 1 | 2;
const SLOW = ["--testTimeout=900000", "--hookTimeout=1800000"];

/** A file that failed otherwise than by one of its tests: it could not be read, or its preparation broke. */
const fellApart = (file: { status: string; assertionResults: readonly { status: string }[] }): boolean =>
  file.status === "failed" && file.assertionResults.every(({ status }) => status !== "failed");

/** One vitest run over a folder of test/; counts come from its JSON report, and no report is a failure. */
async function vitest(folder: string, files: Files): Promise<Tally> {
  const report = join(root, ".bastide", "test", `${folder}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const exit = await run(bin("vitest"), [
    "run",
    `test/${folder}/`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...(files === "many" ? [] : [`--maxWorkers=${files}`, ...SLOW]),
  ]);
  try {
    const result = JSON.parse(readFileSync(report, "utf8"));
    const failed = Number(result.numFailedTests) + result.testResults.filter(fellApart).length;
    return { passed: Number(result.numPassedTests), failed: failed === 0 && exit !== 0 ? 1 : failed };
  } catch {
    process.stdout.write(`the layer wrote no report (exit ${exit})\n`);
    return { passed: 0, failed: 1 };
  }
}

const RUN: Readonly<Record<LayerName, () => Promise<Tally>>> = {
  types: () => check(bin("tsc"), "--noEmit"),
  lint: () => check(bin("biome"), "check", "."),
  unit: () => vitest("unit", "many"),
  gate: () => vitest("gate", 1),
  browser: () => vitest("browser", 1),
  toolchain: () => vitest("toolchain", 1),
  conformance: () => vitest("conformance", 1),
  engine: () => vitest("engine", 1),
  // Each has a clone, a work folder and ports of its own, and waits more than it computes.
  journey: () => vitest("journey", 2),
};

async function main(): Promise<number> {
  const asked = process.argv.slice(2);
  if (asked.includes("list") || asked.includes("--help")) {
    for (const l of LAYERS)
      process.stdout.write(`${l.name.padEnd(12)} ${l.about} (~${l.minutes} min${l.quick ? ", quick" : ""})\n`);
    return 0;
  }
  const unknown = asked.filter((a) => a !== "quick" && !LAYERS.some((l) => l.name === a));
  if (unknown.length > 0) {
    process.stderr.write(`no such layer: ${unknown.join(", ")}; fix: \`npm test -- list\` names them\n`);
    return 2;
  }
  const chosen = LAYERS.filter(
    (l) => asked.length === 0 || asked.includes(l.name) || (asked.includes("quick") && l.quick),
  );
  const total = { passed: 0, failed: 0 };
  for (const layer of chosen) {
    process.stdout.write(`\n── ${layer.name}: ${layer.about} (about ${layer.minutes} min) ──\n`);
    const started = performance.now();
    const tally = await RUN[layer.name]();
    total.passed += tally.passed;
    total.failed += tally.failed;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    process.stdout.write(`── ${layer.name}: ${tally.passed} ok, ${tally.failed} not ok, ${seconds} s ──\n`);
  }
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

process.exitCode = await main();
