import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { repoRoot } from "../cli/paths.ts";
import { byText } from "../kernel/order.ts";
import { renderEvent } from "../local/toolchain/events.ts";
import { ensureToolchain } from "../local/toolchain/toolchain.ts";
import { ELEVEN } from "./eleven.data.ts";
import { byTurns, line, median, type Program } from "./measure.ts";

const run = promisify(execFile);
/** Room for the findings of a large file. */
const MAX_OUTPUT = 1024 * 1024 * 1024;

const findings = z.array(z.tuple([z.string(), z.string(), z.string()]));
const ours = z.object({ rules: z.array(z.string()), cpu: z.number(), findings });
const theirs = z.object({ result: z.tuple([z.object({ expressions: z.tuple([z.object({ value: findings })]) })]) });

/** Open Policy Agent, built in the toolchain's cache the first time. */
export async function opaProgram(workDir: string): Promise<string> {
  const { programs } = await ensureToolchain({
    repoRoot,
    workDir,
    purposes: ["bench"],
    progress: (event) => process.stderr.write(`${renderEvent(event)}\n`),
  });
  const opa = programs.get("opa");
  if (opa === undefined) throw new Error("the toolchain has no opa");
  return opa;
}

/**
 * The eleven rules on one file by the judge and by OPA, each a whole process. Both must say the same of every resource: a
 * comparison of two programs that do different things measures nothing.
 * @throws Error that names what only one of them found.
 */
export async function benchOpa(opa: string, file: string, size: number, rounds: number): Promise<void> {
  const judge = program(process.execPath, [
    "--disable-warning=ExperimentalWarning",
    join(import.meta.dirname, "eleven-once.ts"),
    file,
  ]);
  const rego = join(import.meta.dirname, "opa", "rules.rego");
  const other = program(opa, ["eval", "--format", "json", "--data", rego, "--input", file, "data.bench.findings"]);
  const own = ours.parse(await printed(judge));
  if (own.rules.join() !== ELEVEN.join()) throw new Error(`not the eleven rules: ${own.rules.join(", ")}`);
  const found = agreed(own.findings, theirs.parse(await printed(other)).result[0].expressions[0].value);
  line(`eleven rules, ${size} resources: findings, the same in both`, String(found), "the same");

  const [a, b] = await byTurns(other, judge, rounds);
  for (const measure of ["cpu", "wall"] as const) {
    const [opaSeconds, judgeSeconds] = [median(a.map((t) => t[measure])), median(b.map((t) => t[measure]))];
    const ratio = (opaSeconds / judgeSeconds).toFixed(2);
    const what = `OPA / judge, ${measure} (${opaSeconds.toFixed(2)} s / ${judgeSeconds.toFixed(2)} s)`;
    line(what, ratio, size >= 100_000 ? "at least 2" : "none");
  }
}

const program = (command: string, args: readonly string[]): Program => ({
  command,
  args,
  cwd: repoRoot,
  env: process.env,
});

async function printed({ command, args, cwd, env }: Program): Promise<unknown> {
  const { stdout } = await run(command, args, { cwd, env, maxBuffer: MAX_OUTPUT });
  return JSON.parse(stdout);
}

type Findings = z.infer<typeof findings>;

/** How many there are, when both are the same and every rule has found something. */
function agreed(own: Findings, other: Findings): number {
  const asTexts = (list: Findings): ReadonlySet<string> => new Set(list.map((finding) => finding.join(" ")));
  const [mine, its] = [asTexts(own), asTexts(other)];
  const only = (a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] =>
    [...a].filter((finding) => !b.has(finding)).sort(byText);
  const [here, there] = [only(mine, its), only(its, mine)];
  if (here.length + there.length > 0) {
    const some = (list: readonly string[]): string => `${list.length}: ${list.slice(0, 5).join("; ")}`;
    throw new Error(`judge and OPA disagree\n  only the judge, ${some(here)}\n  only OPA, ${some(there)}`);
  }
  const silent = ELEVEN.filter((rule) => !own.some(([id]) => id === rule));
  if (silent.length > 0) throw new Error(`the file has nothing that ${silent.join(", ")} would find`);
  return own.length;
}
