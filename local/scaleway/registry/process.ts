import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { toolError } from "../../../kernel/errors.ts";
import { freePort } from "../free-port.ts";

/** distribution's OCI registry on loopback, over a folder that survives it. It asks nobody who they are: what stands before it does. */
export interface RunningRegistry {
  readonly port: number;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 15_000;
const POLL_MS = 50;

/** @throws BastideError when it ends or stays silent instead of answering, with the end of its log. */
export async function runRegistry(program: string, folder: string): Promise<RunningRegistry> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const port = await freePort();
  const configuration = join(folder, "registry.json");
  writeFileSync(configuration, JSON.stringify(configurationOf(folder, port)), { mode: 0o600 });
  const logFile = join(folder, "registry.log");
  const log = openSync(logFile, "w", 0o600);
  const child = spawn(program, ["serve", configuration], {
    stdio: ["pipe", log, log],
    // No exporter of traces: it would look for one on this machine.
    env: { REGISTRY_ENDS_WITH_STDIN: "1", OTEL_TRACES_EXPORTER: "none" },
  });
  closeSync(log);
  let failed: string | undefined;
  child.once("error", (error) => {
    failed = error.message;
  });
  child.once("exit", (code, signal) => {
    failed ??= `it ended with ${signal ?? `exit code ${code}`}`;
  });
  for (let waited = 0; !(await answers(port)); waited += POLL_MS) {
    if (failed !== undefined || waited >= READY_WITHIN_MS) {
      child.kill("SIGKILL");
      throw notReady(folder, failed ?? "no answer within 15 seconds", readFileSync(logFile, "utf8").slice(-500));
    }
    await setTimeout(POLL_MS);
  }
  return {
    port,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** Its own form of settings, of which JSON is a subset. Locations in answers carry no host: whoever stands before it has another. */
const configurationOf = (folder: string, port: number) => ({
  version: 0.1,
  log: { level: "warn", accesslog: { disabled: true } },
  storage: { filesystem: { rootdirectory: join(folder, "images") } },
  http: { addr: `127.0.0.1:${port}`, relativeurls: true, secret: randomBytes(16).toString("hex") },
});

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    get({ host: "127.0.0.1", port, path: "/v2/" }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once("error", () => resolve(false));
  });

const notReady = (folder: string, got: string, log: string): Error =>
  toolError("the local image registry did not start", [
    {
      code: "local.registry-not-ready",
      path: folder,
      got: `${got}: ${log.trim().split("\n").at(-1) ?? ""}`,
      want: "an answer of its own",
      fix: "`bastide toolchain doctor`, then try again",
    },
  ]);
