import { spawn } from "node:child_process";
import { toolError } from "../../kernel/errors.ts";
import { doctorJson, renderDoctor } from "./doctor.ts";
import { type Report, renderEvent } from "./events.ts";
import { PURPOSES, type Purpose } from "./parts.ts";
import { isUsable } from "./status.ts";
import { ensureToolchain, inspectToolchain, type Toolchain } from "./toolchain.ts";

/** What the three commands have in common. Each gives the process's exit code and throws `BastideError`s. */
export interface CommandOptions {
  readonly repoRoot: string;
  /** Where launchers and the engine's home stand; `.bastide` of the clone. */
  readonly workDir?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How progress is shown; by default a line each on stderr, at most one in five seconds while compiling. */
  readonly progress?: Report | undefined;
}

/** `toolchain build`: everything that any run needs, ready. */
export async function runBuild(options: CommandOptions): Promise<number> {
  const toolchain = await ensureOrInterrupt({ ...options, purposes: PURPOSES });
  if (toolchain === undefined) return interrupted;
  process.stderr.write(`toolchain complete, launchers in ${toolchain.binDir}\n`);
  return 0;
}

/** `toolchain doctor`: what is there; exit 0 when a run can start (building first what it lacks), else 3. */
export async function runDoctor(options: { readonly repoRoot: string; readonly json?: boolean }): Promise<number> {
  const parts = await inspectToolchain(options.repoRoot);
  process.stdout.write(options.json === true ? `${doctorJson(parts)}\n` : renderDoctor(parts));
  return isUsable(parts) ? 0 : 3;
}

export interface ShellOptions extends CommandOptions {
  /** Program and arguments; without one, the user's interactive shell. */
  readonly command?: readonly string[] | undefined;
  /** Laid over the toolchain's variables: state backend, local Scaleway, whatever the caller's run needs. */
  readonly added?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * `toolchain shell [-- COMMAND…]`: a program in which plain `pulumi` is the toolchain's, with its plug-ins. Interrupts reach
 * the program, which decides; its exit code is given back (128 + number for a signal, as shells do).
 */
export async function runShell(options: ShellOptions): Promise<number> {
  const toolchain = await ensureOrInterrupt(options);
  if (toolchain === undefined) return interrupted;
  const [program = process.env.SHELL ?? "/bin/sh", ...args] = options.command ?? [];
  if (options.command === undefined)
    process.stderr.write("shell with the toolchain on PATH (`pulumi` is Bastide's); `exit` leaves it\n");
  const env = { ...process.env, BASTIDE_TOOLCHAIN_SHELL: "1", ...toolchain.env(), ...options.added };
  const child = spawn(program, args, { stdio: "inherit", env });
  // The terminal sends Ctrl-C to the whole foreground group: here it must not end the parent before the child.
  const ignore = (): void => undefined;
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on("SIGINT", ignore).on("SIGTERM", passOn).on("SIGHUP", passOn);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on("error", (error) => reject(cannotStart(program, error)));
      child.on("exit", (code, signal) => resolve(code ?? signalCode(signal)));
    });
  } finally {
    process.off("SIGINT", ignore).off("SIGTERM", passOn).off("SIGHUP", passOn);
  }
}

/** Exit code of an interrupted command, as shells give it. */
const interrupted = 130;

/** Nothing when the user interrupts a build: its compiler is stopped and what was half-made is gone. */
async function ensureOrInterrupt(
  options: CommandOptions & { readonly purposes?: readonly Purpose[] },
): Promise<Toolchain | undefined> {
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, stop);
  const signal = AbortSignal.any([interrupt.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  try {
    return await ensureToolchain({ ...options, signal, progress: options.progress ?? linesOnStderr() });
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write("interrupted: nothing half-made was kept; the same command goes on where it can\n");
    return undefined;
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}

const signalCode = (signal: NodeJS.Signals | null): number =>
  signal === "SIGINT" ? 130 : signal === "SIGKILL" ? 137 : 143;

const cannotStart = (program: string, error: Error): Error =>
  toolError(
    "the program for the shell could not be started",
    [
      {
        code: "toolchain.shell-program",
        path: program,
        got: error.message,
        want: "a program on PATH",
        fix: "check the name after `--`; without one SHELL is started",
      },
    ],
    error,
  );

/** Progress as lines; compiling packages comes by the hundred, so only every fifth second shows. */
function linesOnStderr(): Report {
  let shown = 0;
  return (event) => {
    if (event.kind === "compiling" && performance.now() - shown < 5000) return;
    shown = performance.now();
    process.stderr.write(`${renderEvent(event)}\n`);
  };
}
