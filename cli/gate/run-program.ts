import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { stripVTControlCharacters } from "node:util";
import { type JudgedRun, type LedgerRun, readLedger } from "../../judge/doors/ledger.ts";
import { BastideError, type Fault, toolError } from "../../kernel/errors.ts";
import type { Job } from "./child/job.ts";
import { type Program, readableRoot, stackConfig } from "./program.ts";
import { type NetworkGuard, sandbox } from "./sandbox.ts";

/** Seconds after which a program that still runs is killed. Default of `--timeout`. */
export const DEFAULT_TIMEOUT = 120;

/** A ledger larger than this is an attack on the judge's memory: 8,400 resources take about 20 MB. */
const MAX_LEDGER_BYTES = 256 * 1024 * 1024;
/** What is kept of what the program prints, to be shown when it fails. */
const MAX_PRINTED_BYTES = 16 * 1024;
const SHOWN_LINES = 12;

export interface RunOptions {
  readonly program: Program;
  readonly stack: string;
  readonly stackOutputs: Job["stackOutputs"];
  readonly timeoutSeconds: number;
}

export interface RunResult extends JudgedRun {
  readonly network: NetworkGuard;
}

/**
 * Runs a program in its sandbox and reads its ledger. What the program prints goes nowhere but into the error, when it
 * fails: it can't print a verdict. Tool error (exit 3) on every end but a sealed ledger and exit code 0.
 */
export async function runProgram(options: RunOptions): Promise<RunResult> {
  const { program, stack } = options;
  const nonce = randomBytes(32).toString("hex");
  const box = sandbox(readableRoot(program));
  const job: Job = {
    entry: program.entry,
    root: readableRoot(program),
    project: program.project,
    stack,
    config: stackConfig(program, stack),
    stackOutputs: options.stackOutputs,
    nonce,
  };
  const child = spawn(box.command, box.args, {
    cwd: program.root,
    env: { ...box.env },
    stdio: ["pipe", "pipe", "pipe", "pipe"],
  });
  const [stdin, stdout, stderr, ledger] = child.stdio;
  let killedBecause: string | undefined;
  const kill = (why: string): void => {
    killedBecause ??= why;
    child.kill("SIGKILL");
  };
  const timer = setTimeout(
    () => kill(`still running after ${options.timeoutSeconds} s`),
    options.timeoutSeconds * 1000,
  );
  const ended = new Promise<string | undefined>((done) => {
    child.on("error", (error) => done(`the child did not start: ${error.message}`));
    child.on("close", (code, signal) =>
      done(code === 0 ? undefined : `it ended with ${signal ?? `exit code ${code}`}`),
    );
  });
  // A child that is gone before it read its job is told by its ending, not by the broken pipe.
  stdin?.on("error", () => {});
  stdin?.end(JSON.stringify(job));
  const printed = new Tail();
  for (const stream of [stdout, stderr]) stream?.on("data", (chunk: Buffer) => printed.add(chunk));
  const text = collect(ledger, () => kill(`more than ${MAX_LEDGER_BYTES} bytes of registrations`));
  const ending = await ended;
  clearTimeout(timer);
  if (killedBecause !== undefined) throw died(stack, killedBecause, printed);
  const judged = readOrExplain(text(), { nonce, name: stack }, printed);
  if (ending !== undefined) throw died(stack, ending, printed);
  return { ...judged, network: box.network };
}

/** What a stream carries, as text once it has ended; `onTooLong` when it passes the limit, and no more is kept. */
function collect(stream: NodeJS.ReadableStream | NodeJS.WritableStream | null | undefined, onTooLong: () => void) {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_LEDGER_BYTES) onTooLong();
    else chunks.push(chunk);
  });
  return (): string => Buffer.concat(chunks).toString("utf8");
}

/** The last of what a program printed. */
class Tail {
  #kept = "";

  add(chunk: Buffer): void {
    this.#kept = `${this.#kept}${chunk.toString("utf8")}`.slice(-MAX_PRINTED_BYTES);
  }

  /** Without anything that could move a terminal's cursor or fake a line of ours: each line is quoted. */
  lines(): readonly string[] {
    return stripVTControlCharacters(this.#kept)
      .split(/\r?\n|\r/)
      .map((line) => line.replace(/\p{Cc}/gu, " ").trimEnd())
      .filter((line) => line !== "")
      .slice(-SHOWN_LINES);
  }
}

function readOrExplain(text: string, run: LedgerRun, printed: Tail): JudgedRun {
  try {
    return readLedger(text, run);
  } catch (error) {
    if (!(error instanceof BastideError) || error.exit !== 3) throw error;
    throw toolError(error.message.split("\n")[0] ?? "", [...error.faults, ...printedFault(run.name, printed)], error);
  }
}

const died = (stack: string, got: string, printed: Tail): BastideError =>
  toolError(`the program of ${stack} was not judged`, [
    {
      code: "gate.program-died",
      path: stack,
      got,
      want: "a program that runs to its end and only registers resources",
      fix: "run it with `pulumi preview` to see its own error, or give it longer with --timeout",
    },
    ...printedFault(stack, printed),
  ]);

function printedFault(stack: string, printed: Tail): readonly Fault[] {
  const lines = printed.lines();
  if (lines.length === 0) return [];
  const got = lines.map((line) => `\n      | ${line}`).join("");
  return [{ code: "gate.printed", path: stack, got, want: "(what the program printed last)", fix: "see there" }];
}
