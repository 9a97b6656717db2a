import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** One run of a program: seconds on the wall, and seconds of CPU of it and of every child that it waited for. */
export interface Timing {
  readonly wall: number;
  readonly cpu: number;
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** CPU seconds of all children waited for so far, theirs included (proc(5): cutime, cstime). */
function childrenCpu(): number {
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}

/** Runs a program to its end. @throws Error with its output when it does not end with 0: a failed run measures nothing. */
export async function time(program: Program): Promise<Timing> {
  const before = childrenCpu();
  const started = performance.now();
  const child = spawn(program.command, program.args, {
    cwd: program.cwd,
    env: program.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
  const code = await new Promise<number | null>((done, fail) => child.on("close", done).on("error", fail));
  const wall = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${program.command} ${program.args.join(" ")} ended with ${code}:\n${output}`);
  return { wall, cpu: childrenCpu() - before };
}

/**
 * Runs two programs by turns, so that whatever else the machine does falls on both, after one unmeasured run of each.
 * @returns the timings of each, in order.
 */
export async function byTurns(a: Program, b: Program, rounds: number): Promise<readonly [Timing[], Timing[]]> {
  await time(a);
  await time(b);
  const timings: [Timing[], Timing[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    timings[0].push(await time(a));
    timings[1].push(await time(b));
  }
  return timings;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return (low + high) / 2;
};

/** A line of results: what, the number, and the budget that it is held against. */
export const line = (what: string, got: string, budget: string): void =>
  void process.stdout.write(`${what.padEnd(58)} ${got.padStart(12)}   budget ${budget}\n`);
