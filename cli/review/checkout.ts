import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { inputError } from "../../kernel/errors.ts";
import { workDir } from "../paths.ts";

export interface Checkout {
  readonly commit: string;
  /** The program's folder as it stood at the commit. */
  readonly folder: string;
  readonly remove: () => void;
}

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync("git", ["-C", folder, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 1 << 26,
  }).trim();

/** The commit that a revision names in the repository of this folder; `undefined` when it names none. */
export function commitOf(folder: string, revision: string): string | undefined {
  try {
    return git(folder, "rev-parse", "--verify", "--quiet", `${revision}^{commit}`);
  } catch {
    return undefined;
  }
}

/**
 * A program as it stood at a commit, in a temporary folder beside the packages that are installed now: a revision is judged
 * offline, and nothing is fetched for it. Input error (exit 2) for a commit without the program.
 */
export function checkout(programFolder: string, commit: string): Checkout {
  const top = git(programFolder, "rev-parse", "--show-toplevel");
  const inside = relative(top, programFolder);
  const parent = join(workDir, "review");
  mkdirSync(parent, { recursive: true });
  const root = mkdtempSync(join(parent, `${commit.slice(0, 12)}-`));
  const remove = (): void => rmSync(root, { recursive: true, force: true });
  try {
    const archive = join(root, ".archive.tar");
    git(top, "archive", "--output", archive, commit);
    execFileSync("tar", ["-xf", archive, "-C", root]);
    rmSync(archive);
    for (const part of new Set(["", inside])) {
      const packages = join(top, part, "node_modules");
      if (existsSync(packages) && existsSync(join(root, part)))
        symlinkSync(realpathSync(packages), join(root, part, "node_modules"));
    }
    const folder = join(root, inside);
    if (!existsSync(folder)) throw missing(inside, commit);
    return { commit, folder, remove };
  } catch (cause) {
    remove();
    throw cause;
  }
}

const missing = (folder: string, commit: string) =>
  inputError("the program is not in that revision", [
    {
      code: "review.no-program",
      path: commit.slice(0, 12),
      got: `no folder ${folder}`,
      want: "a revision that holds the program",
      fix: "name another revision, or review two previews",
    },
  ]);

/** Identifies what judges at a commit: the trees of the judge, its rules and what both rest on. */
export const judgeCode = (folder: string, commit: string): string =>
  ["judge", "policy-packs", "kernel", "stacks/catalogue.ts", "stacks/flows.ts", "stacks/vocabulary.ts"]
    .map((path) => {
      try {
        return git(folder, "rev-parse", "--verify", "--quiet", `${commit}:${path}`);
      } catch {
        return "none";
      }
    })
    .join(" ");

/** True when both commits lock the same packages: only then is each judged with its own. */
export function samePackages(folder: string, base: string, head: string): boolean {
  const lock = (commit: string): string => {
    try {
      return git(folder, "rev-parse", "--verify", "--quiet", `${commit}:package-lock.json`);
    } catch {
      return "none";
    }
  };
  return lock(base) === lock(head);
}
