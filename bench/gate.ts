import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repoRoot } from "../cli/paths.ts";
import { renderEvent } from "../local/toolchain/events.ts";
import { ensureToolchain } from "../local/toolchain/toolchain.ts";
import { byTurns, line, median, type Program, time } from "./measure.ts";

/** Rounds that are measured, after one that is not. */
const ROUNDS = 5;

/**
 * The offline gate of `rehearsal` as a whole process, against the least that Pulumi's engine takes: the preview of an empty
 * program in nodejs, without pack or plug-in (design §7: at most 2.5 times as long).
 */
export async function benchGate(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bastide-bench-"));
  try {
    const gate: Program = {
      command: process.execPath,
      args: ["--disable-warning=ExperimentalWarning", join(repoRoot, "cli", "main.ts"), "gate", "--stack", "rehearsal"],
      cwd: repoRoot,
      env: { ...process.env, BASTIDE_WORK: join(folder, "work") },
    };
    const [gates, previews] = await byTurns(gate, await emptyPreview(folder), ROUNDS);
    const wall = [gates, previews].map((all) => median(all.map((t) => t.wall)));
    const cpu = [gates, previews].map((all) => median(all.map((t) => t.cpu)));
    const ratio = ([a = Number.NaN, b = Number.NaN]: readonly number[]): string => (a / b).toFixed(2);
    const seconds = (all: readonly number[]): string => `(${all.map((s) => `${s.toFixed(2)} s`).join(" / ")})`;
    line(`gate rehearsal / empty preview, wall ${seconds(wall)}`, ratio(wall), "2.5");
    line(`gate rehearsal / empty preview, CPU ${seconds(cpu)}`, ratio(cpu), "none");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `pulumi preview` of a program that registers nothing, with a state of its own in a file. */
async function emptyPreview(folder: string): Promise<Program> {
  const toolchain = await ensureToolchain({
    repoRoot,
    workDir: join(folder, "work"),
    progress: (event) => process.stderr.write(`${renderEvent(event)}\n`),
  });
  const cwd = join(folder, "program");
  const state = join(folder, "state");
  for (const each of [cwd, state]) mkdirSync(each);
  writeFileSync(
    join(cwd, "Pulumi.yaml"),
    "name: empty\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.js\n",
  );
  writeFileSync(join(cwd, "package.json"), '{ "name": "empty", "type": "module", "main": "index.js" }\n');
  writeFileSync(join(cwd, "index.js"), 'import "@pulumi/pulumi";\n');
  symlinkSync(join(repoRoot, "node_modules"), join(cwd, "node_modules"));
  const env = {
    ...process.env,
    ...toolchain.env(),
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: "bench",
  };
  const pulumi = (...args: readonly string[]): Program => ({ command: toolchain.pulumi, args, cwd, env });
  await time(pulumi("stack", "init", "bench", "--non-interactive"));
  return pulumi("preview", "--stack", "bench", "--non-interactive");
}
