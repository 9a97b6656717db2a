import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { inputError } from "../../kernel/errors.ts";
import { repoRoot, workDir } from "../paths.ts";

/** What a law is made of, beside `node_modules`, which is our own. */
const PARTS = ["kernel", "stacks", "judge", "policy-packs", "package.json"];

/** The folder of a clone: the named one, or a git ref's content beside our own packages, kept by commit. */
export function clonedAt(place: string): string {
  if (existsSync(place)) return resolve(place);
  const commit = commitOf(place);
  const folder = join(workDir, "law", commit);
  if (!existsSync(join(folder, "complete"))) {
    extract(place, commit, folder, PARTS);
    mkdirSync(join(folder, "complete"), { recursive: true });
  }
  return folder;
}

/** A file or folder of the judged tree, as the trusted place has it. Input error (exit 2) when it has none. */
export function pathAt(place: string, path: string): string {
  const inside = relative(repoRoot, resolve(path));
  const outside = inside.startsWith("..") || isAbsolute(inside);
  // What lies outside the tree is no part of the change: CI put it there.
  if (outside) return path;
  const folder = clonedAt(place);
  const there = join(folder, inside);
  if (!existsSync(place) && !existsSync(there)) extract(place, commitOf(place), folder, [inside]);
  if (existsSync(there)) return there;
  throw absent(place, `no ${inside}`);
}

function extract(place: string, commit: string, folder: string, parts: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, "law.tar");
  git(place, "archive", "--output", archive, commit, ...parts);
  execFileSync("tar", ["-xf", archive, "-C", folder]);
}

const commitOf = (place: string): string => git(place, "rev-parse", "--verify", "--quiet", `${place}^{commit}`).trim();

function git(place: string, ...args: readonly string[]): string {
  try {
    return execFileSync("git", ["-C", repoRoot, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch {
    throw absent(place, "neither a file, nor a folder, nor a commit of this clone that holds it");
  }
}

const absent = (place: string, got: string) =>
  inputError("there is no law there", [
    {
      code: "law.place",
      path: `--law ${place}`,
      got,
      want: "a trusted place that holds the law and what goes with it",
      fix: "name a git ref, the folder of a clone, or a compiled law",
    },
  ]);
