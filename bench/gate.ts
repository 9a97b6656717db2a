import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repoRoot } from "../cli/paths.ts";
import { emptyPreview } from "./empty-preview.ts";
import { byTurns, line, median, type Program } from "./measure.ts";

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
    const [gates, previews] = await byTurns(gate, (await emptyPreview(folder)).bare, ROUNDS);
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
