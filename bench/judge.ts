import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { emptyPreview } from "./empty-preview.ts";
import { byTurns, line, median, type Program } from "./measure.ts";
import { benchOpa, opaProgram } from "./opa.ts";
import { syntheticExport } from "./synthetic.ts";

const run = promisify(execFile);

/** Sizes in resources, with how often each is measured. */
const SIZES = [
  { size: 1_000, rounds: 5 },
  { size: 10_000, rounds: 5 },
  { size: 100_000, rounds: 3 },
] as const;

/** Rounds of a comparison with another program. */
const ROUNDS = 3;
const NODE_ARGS = ["--disable-warning=ExperimentalWarning"] as const;

const cost = z.object({
  resources: z.number(),
  fail: z.number(),
  sarifBytes: z.number(),
  seconds: z.number(),
  cpu: z.number(),
  processCpu: z.number(),
  peakMb: z.number(),
});
type Cost = z.infer<typeof cost>;

/**
 * Judging a stack export from file to SARIF, all rules, at three sizes (design §7: 10,000 resources in at most 1 s of CPU and
 * 512 MB; 100,000 in at most eleven times the time of 10,000), then beside the engine's empty preview and OPA.
 */
export async function benchJudge(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bastide-bench-"));
  try {
    const medians: Cost[] = [];
    for (const { size, rounds } of SIZES) {
      const file = join(folder, `${size}.json`);
      writeFileSync(file, syntheticExport(size));
      const costs: Cost[] = [];
      for (let round = 0; round < rounds; round += 1) costs.push(await judgeOnce(file));
      if (costs.some((c) => c.resources !== size)) throw new Error(`${file} was not judged whole`);
      medians.push(middle(costs));
    }
    for (const c of medians) {
      const ten = c.resources === 10_000;
      line(`${c.resources} resources (${c.fail} findings): file to SARIF`, `${c.seconds.toFixed(2)} s`, "none");
      line(`${c.resources} resources: CPU from file to SARIF`, `${c.cpu.toFixed(2)} s`, ten ? "1 s" : "none");
      line(`${c.resources} resources: CPU of the whole process`, `${c.processCpu.toFixed(2)} s`, "none");
      line(`${c.resources} resources: peak memory`, `${c.peakMb.toFixed(0)} MB`, ten ? "512 MB" : "none");
    }
    const [k1, k10, k100] = medians.map((c) => c.seconds);
    line("time of 10,000 / time of 1,000", ((k10 ?? Number.NaN) / (k1 ?? Number.NaN)).toFixed(1), "none");
    line("time of 100,000 / time of 10,000", ((k100 ?? Number.NaN) / (k10 ?? Number.NaN)).toFixed(1), "11");
    const [c10, c100] = medians.slice(1).map((c) => c.cpu);
    line("CPU of 100,000 / CPU of 10,000", ((c100 ?? Number.NaN) / (c10 ?? Number.NaN)).toFixed(1), "none");
    await besideEngine(folder);
    const opa = await opaProgram(join(folder, "opa-work"));
    for (const { size, rounds } of SIZES.slice(1)) await benchOpa(opa, join(folder, `${size}.json`), size, rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The judge as a whole process, by turns with what the engine takes for nothing at all. */
async function besideEngine(folder: string): Promise<void> {
  const judge: Program = {
    command: process.execPath,
    args: [...NODE_ARGS, join(import.meta.dirname, "judge-once.ts"), join(folder, "10000.json")],
    cwd: folder,
    env: process.env,
  };
  const engine = join(folder, "engine");
  mkdirSync(engine);
  const previews = await emptyPreview(engine);
  for (const [name, preview] of [
    ["an empty preview", previews.bare],
    ["one with a trivial pack", previews.withTrivialPack],
  ] as const) {
    const [judged, previewed] = await byTurns(judge, preview, ROUNDS);
    for (const measure of ["wall", "cpu"] as const) {
      const [a, b] = [median(judged.map((t) => t[measure])), median(previewed.map((t) => t[measure]))];
      line(
        `judge, 10,000 resources / ${name}, ${measure} (${a.toFixed(2)} s / ${b.toFixed(2)} s)`,
        (a / b).toFixed(2),
        "none",
      );
    }
  }
}

async function judgeOnce(file: string): Promise<Cost> {
  const script = join(import.meta.dirname, "judge-once.ts");
  const { stdout } = await run(process.execPath, [...NODE_ARGS, script, file]);
  return cost.parse(JSON.parse(stdout));
}

function middle(costs: readonly Cost[]): Cost {
  const of = (name: keyof Cost): number => median(costs.map((c) => c[name]));
  return {
    resources: of("resources"),
    fail: of("fail"),
    sarifBytes: of("sarifBytes"),
    seconds: of("seconds"),
    cpu: of("cpu"),
    processCpu: of("processCpu"),
    peakMb: of("peakMb"),
  };
}
