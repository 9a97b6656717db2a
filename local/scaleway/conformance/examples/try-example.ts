import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startLocalScaleway } from "../../server.ts";
import { terraformEnvironment } from "../environment.ts";
import { TESTED_ORGANIZATION } from "../tested-organization.ts";
import type { Example } from "./programs.ts";
import { plantReader } from "./reader.ts";

/** How a program of the documentation ended. */
export type Ending =
  /** Applied, planned again with nothing to do, destroyed. */
  | { readonly outcome: "passed" }
  /** Terraform refuses it by itself, before anything is asked of Scaleway: it is a part of a program. */
  | { readonly outcome: "part"; readonly said: string }
  | { readonly outcome: "failed"; readonly step: Step; readonly said: string };
export type Step = "apply" | "second plan" | "destroy";

export interface Tools {
  /** Terraform or OpenTofu. */
  readonly terraform: string;
  /** The provider's program. */
  readonly provider: string;
  /** Default: 2 minutes for each command. */
  readonly timeoutMs?: number;
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A second signal ends Terraform at once, with a word of what it was at; the first lets it wait for the provider. */
const SIGNALS = [0, 5_000] as const;

const command = (program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, timeoutMs: number) =>
  new Promise<Ended>((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const timers = SIGNALS.map((later) => setTimeout(() => child.kill("SIGTERM"), timeoutMs + later));
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      for (const timer of timers) clearTimeout(timer);
      resolve({ code, output: Buffer.concat(chunks).toString("utf8") });
    });
  });

/** Its first error and what it says of it, on one line. */
export const firstError = (output: string): string => {
  const lines = output.split("\n").map((line) => line.replace(/[│╷╵]/g, "").trim());
  const at = lines.findIndex((line) => line.startsWith("Error: "));
  const said = lines.slice(at).filter((line) => line !== "" && !/^(on .* line|\d+:|with )/.test(line));
  return (at < 0 ? (lines.findLast((line) => line !== "") ?? "") : said.slice(0, 3).join(" ")).slice(0, 260);
};

/** Runs one program against a local Scaleway of its own, which is removed afterwards. */
export async function tryExample(example: Example, tools: Tools): Promise<Ending> {
  const scratch = await mkdtemp(join(tmpdir(), "bastide-example-"));
  const scaleway = await startLocalScaleway({
    dataDir: join(scratch, "scaleway"),
    organizationId: TESTED_ORGANIZATION,
  });
  plantReader(scaleway.platform);
  try {
    await writeFile(join(scratch, "main.tf"), example.program);
    const settings = join(scratch, "terraform.rc");
    const provider = JSON.stringify(dirname(tools.provider));
    await writeFile(settings, `provider_installation {\n  dev_overrides { "hashicorp/scaleway" = ${provider} }\n}\n`);
    const env = {
      ...terraformEnvironment(scaleway.env, tools.terraform),
      TF_CLI_CONFIG_FILE: settings,
      TF_IN_AUTOMATION: "1",
    };
    const run = (...args: readonly string[]): Promise<Ended> =>
      command(tools.terraform, [...args, "-no-color"], scratch, env, tools.timeoutMs ?? 120_000);
    const checked = await run("validate");
    if (checked.code !== 0) return { outcome: "part", said: firstError(checked.output) };
    const steps: readonly (readonly [Step, readonly string[]])[] = [
      ["apply", ["apply", "-auto-approve", "-input=false"]],
      ["second plan", ["plan", "-detailed-exitcode", "-input=false"]],
      ["destroy", ["destroy", "-auto-approve", "-input=false"]],
    ];
    for (const [step, args] of steps) {
      const { code, output } = await run(...args);
      if (code !== 0) return { outcome: "failed", step, said: firstError(output) };
    }
    return { outcome: "passed" };
  } finally {
    await scaleway.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}
