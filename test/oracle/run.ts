import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

/** `npm run oracle -- --runs N`: the graph's oracle tests with N random estates each, 2,000 unless said. */
const root = resolve(import.meta.dirname, "../..");
const at = process.argv.indexOf("--runs");
const runs = at < 0 ? "2000" : (process.argv[at + 1] ?? "");
if (/^[1-9]\d*$/.test(runs)) {
  const done = spawnSync(
    process.execPath,
    [join(root, "node_modules/vitest/vitest.mjs"), "run", "test/unit/graph/oracle"],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, BASTIDE_ORACLE_RUNS: runs },
    },
  );
  process.exitCode = done.status ?? 3;
} else {
  process.stderr.write(`--runs: got ${runs}, want a number above 0; fix: npm run oracle -- --runs 20000\n`);
  process.exitCode = 2;
}
