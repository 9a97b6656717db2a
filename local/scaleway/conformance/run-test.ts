import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readVerdict, type Verdict } from "./verdict.ts";

export interface TestRun {
  readonly binary: string;
  readonly test: string;
  /** The service's folder, where the test finds its fixtures and writes its recording. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Where the whole output goes. */
  readonly logs: string;
}

/** Runs one acceptance test in a process of its own; its children (Terraform) go with it when its time is over. */
export async function runTest(job: TestRun): Promise<Verdict> {
  const args = ["-test.run", `^${job.test}$`, "-test.v", "-test.count", "1", "-cassettes"];
  const child = spawn(job.binary, args, {
    cwd: job.cwd,
    env: { ...job.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  let late = false;
  const end = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, "SIGKILL");
  };
  const timer = setTimeout(() => {
    late = true;
    end();
  }, job.timeoutMs);
  process.once("exit", end);
  try {
    await new Promise<void>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", () => resolve());
    });
  } finally {
    clearTimeout(timer);
    process.removeListener("exit", end);
  }
  const output = Buffer.concat(chunks).toString("utf8");
  mkdirSync(job.logs, { recursive: true });
  writeFileSync(join(job.logs, `${job.test}.log`), output);
  return late
    ? { outcome: "failed", error: `no end after ${Math.round(job.timeoutMs / 1000)} s` }
    : readVerdict(job.test, output);
}
