import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Law, type LawSource, lawForEnvironment, lawForForeign, parseLaw } from "../../judge/kit/law.ts";
import type { Rule } from "../../judge/kit/rule.ts";
import { inputError } from "../../kernel/errors.ts";
import { committedRules } from "../../policy-packs/bastide/rules/index.ts";
import type { Profile } from "../../stacks/vocabulary.ts";
import { repoRoot, workDir } from "../paths.ts";

/** The law that a verdict is made under, and the rules that apply it. */
export interface Bench {
  readonly law: Law;
  readonly rules: readonly Rule[];
}

export interface LawOptions {
  /** A git ref, the folder of a clone, or a compiled law. Default: the working tree, and the verdict says so. */
  readonly law?: string | undefined;
  /** One of our environments; undefined for a program that is not ours. */
  readonly environment: string | undefined;
  readonly profile: Profile;
}

/** What `stacks/load.ts` and the rules' index export, in this clone or in a trusted one. */
interface Clone {
  readonly loadEnvironment: (name: string) => LawSource;
  readonly rules: readonly Rule[];
}

/**
 * The law from a trusted place (design, law 5). In CI that is the protected branch: settings, catalogue, flows and rules are
 * then read from there, whatever the change under judgement says of them. Input error (exit 2): a place that holds no law.
 */
export async function takeLaw(options: LawOptions): Promise<Bench> {
  const { law: place, environment } = options;
  if (place !== undefined && existsSync(place) && statSync(place).isFile()) {
    return { law: say(parseLaw(readJson(place), place), `law compiled in ${place}`), rules: committedRules() };
  }
  const clone = place === undefined ? await cloneAt(repoRoot) : await cloneAt(cloneFolder(place));
  const law =
    environment === undefined ? lawForForeign(options.profile) : lawForEnvironment(clone.loadEnvironment(environment));
  return {
    law: say(law, place === undefined ? "law read from the working tree" : `law read from ${place}`),
    rules: clone.rules,
  };
}

const say = (law: Law, sentence: string): Law => ({ ...law, advisories: [...law.advisories, sentence] });

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw placeError(file, cause instanceof Error ? cause.message : String(cause), "a law compiled by `bastide law`");
  }
}

const placeError = (place: string, got: string, want: string) =>
  inputError("there is no law there", [
    {
      code: "law.place",
      path: `--law ${place}`,
      got,
      want,
      fix: "name a git ref, the folder of a clone, or a compiled law",
    },
  ]);

/** The folder of a clone: the named one, or a git ref's content beside our own packages, kept by commit. */
function cloneFolder(place: string): string {
  if (existsSync(place)) return resolve(place);
  const commit = git(place, "rev-parse", "--verify", "--quiet", `${place}^{commit}`).trim();
  const folder = join(workDir, "law", commit);
  if (existsSync(join(folder, "complete"))) return folder;
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, "law.tar");
  git(place, "archive", "--output", archive, commit, "kernel", "stacks", "judge", "policy-packs", "package.json");
  execFileSync("tar", ["-xf", archive, "-C", folder]);
  mkdirSync(join(folder, "complete"));
  return folder;
}

function git(place: string, ...args: readonly string[]): string {
  try {
    return execFileSync("git", ["-C", repoRoot, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch {
    throw placeError(place, "neither a file, nor a folder, nor a commit of this clone", "a trusted place");
  }
}

async function cloneAt(folder: string): Promise<Clone> {
  const files = {
    load: join(folder, "stacks", "load.ts"),
    rules: join(folder, "policy-packs", "bastide", "rules", "index.ts"),
  };
  if (!Object.values(files).every((file) => existsSync(file))) {
    throw placeError(folder, "a folder without stacks/load.ts and policy-packs/bastide", "a clone of Bastide");
  }
  const [load, pack] = await Promise.all([
    import(pathToFileURL(files.load).href),
    import(pathToFileURL(files.rules).href),
  ]);
  return { loadEnvironment: load.loadEnvironment, rules: pack.committedRules() };
}
