import { fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { inputError, toolError } from "../../kernel/errors.ts";
import { sendOrder } from "./control-door.ts";
import type { LocalRegion } from "./core/platform.ts";
import type { DaemonWord } from "./daemon.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import type { FaultPlan } from "./faults/plan.ts";
import { writeRegion } from "./local-region.ts";
import { processAlive } from "./process-alive.ts";
import { findRunning, type Running } from "./running.ts";
import { type LocalScalewayOptions, startLocalScaleway } from "./server.ts";

/**
 * What `bastide local start|stop|status|reset` do, on a data folder. A started one is a process of its own that outlives the
 * command; it is found again by `running.json` in the folder and ended by the number of the process that we started.
 */
export interface StartOptions {
  readonly dataDir: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Regions beside the public ones. */
  readonly extraRegions?: readonly LocalRegion[];
  /** Faults on demand, from the first call after this start; one that runs already takes them up too. Default: as it is. */
  readonly faults?: FaultPlan;
  /** Public address that calls are taken to come from. Default: loopback. */
  readonly clientAddress?: string;
  /** distribution's registry program. Default: pushing and pulling images answer 501. */
  readonly registryProgram?: string;
  /** Executables of Kubernetes' control plane, by name. Default: clusters have states and answers alone. */
  readonly kubernetes?: ReadonlyMap<string, string>;
}

export interface Started extends Running {
  /** It ran before: nothing was started. */
  readonly already: boolean;
}

const DAEMON = join(import.meta.dirname, "daemon.ts");
const LOG = "daemon.log";
/** Starting takes a second; a minute is a machine in trouble. */
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const POLL_MS = 50;

/**
 * Starts a detached local Scaleway, or finds the one that runs.
 * @throws BastideError when it could not start: the port is in use, the folder is another process's, the store is damaged.
 */
export async function startLocal(options: StartOptions): Promise<Started> {
  const started = await startOrFind(options);
  if (options.faults !== undefined) await sendOrder(started, { do: "storm", plan: options.faults });
  return started;
}

async function startOrFind(options: StartOptions): Promise<Started> {
  const { dataDir } = options;
  const known = await findAnswering(dataDir);
  if (known !== undefined) {
    refuseOtherPort(known, options.port);
    return { ...known, already: true };
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const log = openSync(join(dataDir, LOG), "a", 0o600);
  const regions = (options.extraRegions ?? []).flatMap((region) => ["--region", writeRegion(region)]);
  const from = options.clientAddress === undefined ? [] : ["--from", options.clientAddress];
  const registry = options.registryProgram === undefined ? [] : ["--registry", options.registryProgram];
  const kubernetes = [...(options.kubernetes ?? [])].flatMap(([name, file]) => ["--kubernetes", `${name}=${file}`]);
  const place = ["--data-dir", dataDir, "--port", String(options.port ?? 0)];
  const told = [...place, ...from, ...registry, ...kubernetes, ...regions];
  const child = fork(DAEMON, told, {
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
    execArgv: [],
    // Compiled once: the next start takes a third of the time.
    env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(dataDir, "compiled") },
  });
  closeSync(log);
  try {
    const word = await new Promise<DaemonWord>((resolve, reject) => {
      const late = AbortSignal.timeout(READY_WITHIN_MS);
      late.addEventListener("abort", () => reject(notReady(dataDir, "no word within a minute")));
      child.once("message", (message: DaemonWord) => resolve(message));
      child.once("error", reject);
      child.once("exit", (code, signal) => reject(notReady(dataDir, `it ended with ${signal ?? `exit code ${code}`}`)));
    });
    if (word.word === "failed") throw toolError(word.message);
    return { pid: child.pid ?? 0, url: word.url, env: word.env, already: false };
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  } finally {
    if (child.connected) child.disconnect();
    child.unref();
  }
}

/** The daemon of a folder, if it takes connections. One that is just ending is waited for. */
async function findAnswering(dataDir: string): Promise<Running | undefined> {
  for (let waited = 0; ; waited += POLL_MS) {
    const known = findRunning(dataDir);
    if (known === undefined || (await takesConnections(known.url))) return known;
    if (waited >= STOP_WITHIN_MS)
      throw toolError("a local Scaleway runs but does not answer", [
        {
          code: "local.silent",
          path: dataDir,
          got: `process ${known.pid} silent at ${known.url}`,
          want: "an answer",
          fix: "`bastide local stop`, then start again",
        },
      ]);
    await setTimeout(POLL_MS);
  }
}

const takesConnections = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const settle = (answers: boolean): void => {
      socket.destroy();
      resolve(answers);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });

const notReady = (dataDir: string, got: string): Error =>
  toolError("the local Scaleway did not start", [
    {
      code: "local.not-ready",
      path: dataDir,
      got,
      want: "its word that it is ready",
      fix: `read ${join(dataDir, LOG)}`,
    },
  ]);

function refuseOtherPort(known: Running, port: number | undefined): void {
  if (port === undefined || new URL(known.url).port === String(port)) return;
  throw inputError("the local Scaleway runs already", [
    {
      code: "local.other-port",
      path: "--port",
      got: String(port),
      want: `the port that it runs on: ${new URL(known.url).port}`,
      fix: "leave --port out, or stop it first (`bastide local stop`)",
    },
  ]);
}

export const statusLocal = (dataDir: string): Running | undefined => findRunning(dataDir);

/** Ends the daemon of a folder. @returns false when none ran. */
export async function stopLocal(dataDir: string): Promise<boolean> {
  const running = findRunning(dataDir);
  if (running === undefined) return false;
  process.kill(running.pid, "SIGTERM");
  for (let waited = 0; waited < STOP_WITHIN_MS; waited += POLL_MS) {
    if (findRunning(dataDir) === undefined && !processAlive(running.pid)) return true;
    await setTimeout(POLL_MS);
  }
  process.kill(running.pid, "SIGKILL");
  return true;
}

/** What a reset keeps: the authority, so that clients need not learn a new one, and what was saved by name. */
const KEPT = new Set(["ca.pem", "ca.key.pem", "saves", "compiled"]);

/** Wipes everything that the local Scaleway knows; a running daemon is stopped first. @returns whether one ran. */
export async function resetLocal(dataDir: string): Promise<boolean> {
  const ran = await stopLocal(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDataDir(dataDir);
  try {
    for (const entry of readdirSync(dataDir))
      if (!KEPT.has(entry) && entry !== "owner.pid") rmSync(join(dataDir, entry), { recursive: true, force: true });
  } finally {
    unlock();
  }
  return ran;
}

/** Serves in this process until `signal` says stop; `onReady` gets the variables that lead to it. */
export async function runLocal(
  options: LocalScalewayOptions & {
    readonly signal: AbortSignal;
    readonly onReady: (started: Omit<Running, "pid">) => void;
  },
): Promise<void> {
  const { signal, onReady, ...rest } = options;
  const local = await startLocalScaleway(rest);
  onReady({ url: local.url, env: local.env });
  if (!signal.aborted) await once(signal, "abort");
  await local.stop();
}
