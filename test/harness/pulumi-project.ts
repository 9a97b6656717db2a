import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Toolchain } from "../../local/toolchain/toolchain.ts";
import { repoRoot } from "./built-toolchain.ts";

/** A small Pulumi project in a folder of its own, with its state beside it, run by the real engine from its command line. */
export interface PulumiProject {
  readonly folder: string;
  /** Added to the engine's environment; may be changed between runs. */
  readonly variables: Record<string, string>;
  write(path: string, text: string): void;
  pulumi(...args: readonly string[]): Promise<Run>;
  /** Without waiting for the end. */
  start(...args: readonly string[]): ChildProcess;
  environment(): Record<string, string>;
  remove(): void;
}

export interface Run {
  readonly code: number | null;
  readonly output: string;
}

export function pulumiProject(toolchain: Toolchain, variables: Record<string, string>): PulumiProject {
  const folder = mkdtempSync(join(tmpdir(), "bastide-project-"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  mkdirSync(join(folder, "state"));
  symlinkSync(join(repoRoot, "node_modules"), join(folder, "node_modules"));
  write("package.json", JSON.stringify({ name: "trial", type: "module", dependencies: { "@pulumi/random": "*" } }));
  const project = {
    name: "trial",
    main: "index.ts",
    runtime: { name: "nodejs", options: { typescript: false } },
    plugins: { providers: [{ name: "bastide", path: join(repoRoot, "plugins", "bastide") }] },
  };
  write("Pulumi.yaml", JSON.stringify(project));
  const environment = (): Record<string, string> => {
    const wanted = {
      HOME: folder,
      NO_COLOR: "1",
      PULUMI_CONFIG_PASSPHRASE: "trial",
      PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
      ...toolchain.env(),
      ...variables,
    };
    return Object.fromEntries(Object.entries(wanted).filter((e): e is [string, string] => e[1] !== undefined));
  };
  const start = (...args: readonly string[]): ChildProcess =>
    spawn(toolchain.pulumi, [...args, "--non-interactive"], { cwd: folder, env: environment() });
  return {
    folder,
    variables,
    write,
    environment,
    start,
    pulumi: (...args) =>
      new Promise((resolve, reject) => {
        const child = start(...args);
        let output = "";
        child.stdout?.on("data", (chunk: Buffer) => (output += chunk));
        child.stderr?.on("data", (chunk: Buffer) => (output += chunk));
        child.on("error", reject);
        child.on("close", (code) => resolve({ code, output }));
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
