import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** One program of a control plane: started again when it ends by itself, ended when it is told to. */
export interface Supervised {
  readonly name: string;
  /** How often it ended by itself and was started again. */
  readonly restarts: number;
  stop(): Promise<void>;
}

/** Runs the programs of the local clusters; what an owner that was killed left running is ended first. */
export interface Supervisor {
  run(name: string, folder: string, program: string, args: readonly string[]): Supervised;
}

/** Before the first restart; doubled with each that follows, and forgotten once a program ran for `STEADY_MS`. */
const RESTART_AFTER_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const STEADY_MS = 60_000;
const GRACE_MS = 5_000;
const PIDS = "pids";

/** @param home folder of this owner's programs: every one of them has it on its command line, by which a left one is known. */
export function openSupervisor(home: string): Supervisor {
  endLeftOnes(home);
  const noted = (pid: number | undefined): void => {
    if (pid !== undefined) appendFileSync(join(home, PIDS), `${pid}\n`, { mode: 0o600 });
  };
  return {
    run: (name, folder, program, args) => {
      let stopping = false;
      let restarts = 0;
      let wait = RESTART_AFTER_MS;
      let child = start();
      function start(): ChildProcess {
        const log = openSync(join(folder, `${name}.log`), "a", 0o600);
        // Nothing is inherited: a proxy or a kubeconfig of the user's would join in.
        const made = spawn(program, args, { cwd: folder, stdio: ["ignore", log, log], env: { HOME: folder } });
        closeSync(log);
        noted(made.pid);
        const since = Date.now();
        made.on("error", () => {});
        made.once("exit", () => {
          if (stopping) return;
          if (Date.now() - since >= STEADY_MS) wait = RESTART_AFTER_MS;
          setTimeout(() => {
            if (stopping) return;
            restarts += 1;
            child = start();
          }, wait).unref();
          wait = Math.min(2 * wait, LONGEST_WAIT_MS);
        });
        return made;
      }
      return {
        name,
        get restarts() {
          return restarts;
        },
        stop: async () => {
          stopping = true;
          if (child.exitCode !== null || child.signalCode !== null) return;
          const ended = new Promise((resolve) => child.once("exit", resolve));
          child.kill("SIGTERM");
          await Promise.race([ended, sleep(GRACE_MS, undefined, { ref: false })]);
          if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
        },
      };
    },
  };
}

function endLeftOnes(home: string): void {
  const file = join(home, PIDS);
  for (const pid of contentOf(file).split("\n").map(Number))
    if (pid > 0 && contentOf(`/proc/${pid}/cmdline`).includes(home)) process.kill(pid, "SIGKILL");
  rmSync(file, { force: true });
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Not there, or gone by now.
    return "";
  }
}
