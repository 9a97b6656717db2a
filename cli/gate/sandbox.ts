import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { isPacked } from "../../policy-packs/bastide/pack-digest.ts";
import { repoRoot } from "../paths.ts";

/** How the child is kept from the network: by the kernel, or only by replaced functions of Node. */
export type NetworkGuard = "namespace" | "in-process";

export interface Sandbox {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly network: NetworkGuard;
}

/** The child's memory, in MiB: design §7 allows 2 GB for 8,400 resources. */
const MAX_HEAP_MIB = 2048;

/** Folders and files that the child itself is made of. */
const OWN_CODE = ["cli/gate/child", "judge/doors", "kernel", "package.json"]
  .map((path) => join(repoRoot, path))
  .filter((path) => existsSync(path));

/**
 * The command line of a child under Node's permission model: it may read the program's folder (hidden files aside: they hold
 * credentials of git and of tools, not programs) and the packages it imports; no write, no child process, no worker, no
 * add-on, no inspector. The environment is empty but for what makes runs alike: nothing of ours reaches the program.
 * @param programRoot absolute path of the folder that holds the program's `package.json` or `Pulumi.yaml`.
 */
export function sandbox(programRoot: string): Sandbox {
  const readable = [...new Set([...OWN_CODE, ...visibleEntries(programRoot), ...packageFolders(programRoot)])];
  const node = [
    "--permission",
    ...readable.map((path) => `--allow-fs-read=${path}`),
    "--no-addons",
    "--stack-trace-limit=0",
    "--disable-warning=ExperimentalWarning",
    `--max-old-space-size=${MAX_HEAP_MIB}`,
    // A short life full of small objects: a roomy nursery saves a fifth of the time.
    "--min-semi-space-size=64",
    join(repoRoot, "cli", "gate", "child", isPacked() ? "main.js" : "main.ts"),
  ];
  const env = { TZ: "UTC", LANG: "C.UTF-8" };
  return canUnshare()
    ? {
        command: "unshare",
        args: ["--user", "--map-root-user", "--net", process.execPath, ...node],
        env,
        network: "namespace",
      }
    : { command: process.execPath, args: node, env, network: "in-process" };
}

let unshareWorks: boolean | undefined;

/** A network namespace of its own, without any interface up: allowed on most Linux machines, not in every container. */
function canUnshare(): boolean {
  unshareWorks ??=
    spawnSync("unshare", ["--user", "--map-root-user", "--net", "true"], { stdio: "ignore" }).status === 0;
  return unshareWorks;
}

const visibleEntries = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .map((name) => join(folder, name))
    .flatMap((path) => [path, realpathSync(path)]);

/** `node_modules` of the program's folder and of all folders above it, where Node looks for packages. */
function packageFolders(programRoot: string): readonly string[] {
  const found: string[] = [];
  for (let folder = programRoot; ; folder = dirname(folder)) {
    for (const name of ["node_modules", "package.json"]) {
      const path = join(folder, name);
      // A linked folder is asked for under both its names.
      if (existsSync(path)) found.push(path, realpathSync(path));
    }
    if (dirname(folder) === folder) return found;
  }
}
