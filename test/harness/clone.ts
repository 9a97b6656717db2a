import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** A copy of the clone in a temporary folder, to run the command line in as a user would, and to open holes in. */
export interface Clone {
  readonly root: string;
  /** Work folder of its runs: stacks, local Scaleway, reports. */
  readonly work: string;
  /** Rewrites one file; fails when the text to replace is not there exactly once. */
  edit(file: string, from: string, to: string): void;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished>;
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Running;
  remove(): void;
}

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;
  /** What it has told so far. */
  output(): string;
  /** Resolves once a line of the output matches; rejects when the process ends first. */
  waitFor(pattern: RegExp): Promise<void>;
}

const original = resolve(import.meta.dirname, "../..");

/** `node_modules` is shared with the clone under test: only the sources are copied. */
export function makeClone(): Clone {
  const root = mkdtempSync(join(tmpdir(), "bastide-clone-"));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: original,
    encoding: "utf8",
  });
  for (const file of files.split("\n").filter((f) => f !== "" && !f.startsWith("test/"))) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(original, file), join(root, file));
  }
  symlinkSync(realpathSync(join(original, "node_modules")), join(root, "node_modules"));
  const work = join(root, ".bastide");
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Running => {
    const child = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", join(root, "cli", "main.ts"), ...args],
      {
        cwd: root,
        env: { ...process.env, NO_COLOR: "1", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let output = "";
    const watchers = new Set<() => void>();
    const collect = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      for (const watcher of watchers) watcher();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const finished = new Promise<Finished>((done) => child.on("close", (code) => done({ code, output })));
    return {
      process: child,
      finished,
      output: () => output,
      waitFor: (pattern) =>
        new Promise((done, fail) => {
          const look = (): void => {
            if (!pattern.test(output)) return;
            watchers.delete(look);
            done();
          };
          watchers.add(look);
          look();
          void finished.then(({ code }) => fail(new Error(`ended with ${code} before ${pattern}:\n${output}`)));
        }),
    };
  };
  return {
    root,
    work,
    edit: (file, from, to) => {
      const text = readFileSync(join(root, file), "utf8");
      const parts = text.split(from);
      if (parts.length !== 2) throw new Error(`${file} holds ${JSON.stringify(from)} ${parts.length - 1} times`);
      writeFileSync(join(root, file), parts.join(to));
    },
    start,
    run: (args, env) => start(args, env).finished,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
