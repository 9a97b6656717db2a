import { spawn } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { toolError } from "../../kernel/errors.ts";

/**
 * Runs one task of the cloud worker in a child process: proxy and CA reach Node only through the environment at its
 * start, and credentials then live in the child alone.
 */
export async function callWorker<T>(
  task: string,
  input: unknown,
  answer: z.ZodType<T>,
  env: Readonly<Record<string, string>>,
): Promise<T> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "worker.ts"), task],
    {
      // Node follows the proxy variables only when asked to; without any of them this changes nothing.
      env: { NODE_USE_ENV_PROXY: "1", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  child.stdin.end(JSON.stringify(input));
  const code = await new Promise<number>((resolve) => child.on("close", (c) => resolve(c ?? 130)));
  if (code !== 0) throw failed(task, Buffer.concat(err).toString("utf8").trim() || `it ended with ${code}`);
  const parsed = answer.safeParse(JSON.parse(Buffer.concat(out).toString("utf8")));
  if (!parsed.success) throw toolError(`the cloud worker's answer is malformed: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const failed = (task: string, got: string): Error =>
  toolError("Scaleway's API did not do what was asked of it", [
    {
      code: "cloud.call-failed",
      path: task,
      got,
      want: "an answer",
      fix: "run the same command again: it goes on where it stopped; if it is refused again, see what it names and whose key is used",
    },
  ]);
