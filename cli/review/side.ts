import { existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { RawEstate } from "../../judge/facts/raw.ts";
import type { ReviewSide } from "../../judge/review/review.ts";
import { BastideError, inputError } from "../../kernel/errors.ts";
import { environmentNames } from "../../stacks/load.ts";
import type { Profile } from "../../stacks/vocabulary.ts";
import { gateTarget, runTarget } from "../commands/gate.ts";
import { ownEnvironment } from "../commands/judge.ts";
import { findProgram } from "../gate/program.ts";
import { estateOfFiles } from "../judge/files.ts";
import { takeLaw } from "../judge/trusted-place.ts";
import { repoRoot } from "../paths.ts";
import { judgedLayers, parseTarget, stackName } from "../targets.ts";
import { checkout, commitOf, judgeCode } from "./checkout.ts";

/** What one of the two arguments of `review` is. */
export type SideKind =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "stack"; readonly name: string }
  | { readonly kind: "revision"; readonly name: string; readonly commit: string; readonly stack: string };

export interface SideOptions {
  readonly stack?: string;
  readonly program: string;
  readonly law?: string;
  readonly profile: Profile;
  readonly timeout: number;
}

/** Files come first, then stacks, then revisions. Input error (exit 2): none of them, or a revision without `--stack`. */
export function sideKind(text: string, options: SideOptions): SideKind {
  if (text === "-" || (existsSync(text) && statSync(text).isFile())) return { kind: "file", path: text };
  if (options.program === repoRoot && environmentNames.includes(text.split(".")[0] ?? "")) {
    return { kind: "stack", name: text };
  }
  const commit = commitOf(options.program, text);
  if (commit === undefined) {
    throw sideError(
      text,
      "neither a file, nor a stack, nor a revision",
      "a preview or state file, a stack's name, or a git revision",
      "correct the name",
    );
  }
  if (options.stack === undefined) {
    throw sideError(text, "a git revision", "with --stack NAME", "say which of its stacks is meant");
  }
  return { kind: "revision", name: text, commit, stack: options.stack };
}

const sideError = (path: string, got: string, want: string, fix: string) =>
  inputError("there is nothing to review", [{ code: "review.side", path, got, want, fix }]);

/** A side before it has its law: where that is to be taken from, and of which environment. */
export interface ReadSide {
  readonly name: string;
  readonly estate: RawEstate;
  readonly environment: string | undefined;
  /** The revision whose law it is; absent: the working tree's, or what `--law` names. */
  readonly commit?: string;
}

export async function readSide(kind: SideKind, options: SideOptions): Promise<ReadSide> {
  switch (kind.kind) {
    case "file": {
      const estate = fileEstate(kind.path);
      const name = kind.path === "-" ? "standard input" : basename(kind.path);
      return { name, estate, environment: ownEnvironment(estate) };
    }
    case "stack": {
      const target = gateTarget({ stack: kind.name, program: options.program });
      const { estate } = await runTarget(target, options.timeout);
      return { name: kind.name, estate, environment: target.environment };
    }
    case "revision":
      return readRevision(kind, options);
  }
}

async function readRevision(
  { name, commit, stack }: SideKind & { readonly kind: "revision" },
  options: SideOptions,
): Promise<ReadSide> {
  const ours = options.program === repoRoot;
  const target = ours ? parseTarget(stack, environmentNames) : undefined;
  const stacks =
    target === undefined ? [stack] : judgedLayers(target).map((layer) => stackName(target.environment, layer));
  const place = checkout(options.program, commit);
  try {
    const program = findProgram(place.folder);
    const environment = target?.environment;
    const { estate } = await runTarget({ program, stacks, environment }, options.timeout);
    return { name, estate, environment, ...(ours ? { commit } : {}) };
  } finally {
    place.remove();
  }
}

/**
 * Both sides with the laws that belong to them: a revision's its own, of everything else one and the same. What has no
 * resources has no environment either, and stands under the other's.
 */
export async function withLaws(
  sides: readonly [ReadSide, ReadSide],
  options: SideOptions,
): Promise<readonly [ReviewSide, ReviewSide]> {
  const [base, head] = sides;
  const environment = base.environment ?? head.environment;
  const take = async ({ commit, ...side }: ReadSide): Promise<ReviewSide> => {
    const bench = await takeLaw({
      law: commit ?? options.law,
      environment: side.environment ?? environment,
      profile: options.profile,
    });
    const both = base.commit !== undefined && head.commit !== undefined && commit !== undefined;
    return { name: side.name, estate: side.estate, ...bench, ...(both ? { code: judgeCode(repoRoot, commit) } : {}) };
  };
  return [await take(base), await take(head)];
}

/** A file; a stack that was never applied has a state without resources, which is where a first plan starts from. */
function fileEstate(path: string): RawEstate {
  try {
    const estate = estateOfFiles([path]);
    refuseHidden(estate, path);
    return estate;
  } catch (error) {
    if (!(error instanceof BastideError) || error.faults[0]?.code !== "state.empty") throw error;
    return { door: "state", subject: "nothing", resources: [], steps: undefined, notSeen: ["deletes"] };
  }
}

/** What a preview hides because it stays the same would look as if it were gone. */
function refuseHidden(estate: RawEstate, path: string): void {
  if (!estate.notSeen.includes("unchanged-resources")) return;
  throw sideError(
    basename(path),
    "a preview without its unchanged resources",
    "the whole plan",
    "write it again with `pulumi preview --json --show-sames`",
  );
}
