import { type Command, Option } from "commander";
import { REVIEW_FORMATS, type ReviewFormat } from "../../judge/review/render/form.ts";
import { REVIEW_RENDERERS } from "../../judge/review/render/renderers.ts";
import { lawDigest, type ReviewSide, reviewOf } from "../../judge/review/review.ts";
import { tally } from "../../judge/review/words.ts";
import { type Fault, inputError } from "../../kernel/errors.ts";
import { environmentNames } from "../../stacks/load.ts";
import { PROFILES, type Profile } from "../../stacks/vocabulary.ts";
import { note, warn } from "../console.ts";
import { DEFAULT_TIMEOUT } from "../gate/run-program.ts";
import { instant } from "../judge/now.ts";
import { seconds } from "../judge/options.ts";
import { writeWhole } from "../judge/output.ts";
import { toolVersion } from "../judge/provenance.ts";
import { takeLaw } from "../judge/trusted-place.ts";
import { repoRoot } from "../paths.ts";
import { writeAgreement } from "../review/agreement.ts";
import { samePackages } from "../review/checkout.ts";
import { readSide, sideKind, withLaws } from "../review/side.ts";

interface ReviewFlags {
  readonly stack?: string;
  readonly program: string;
  readonly law?: string;
  readonly profile?: Profile;
  readonly format?: string;
  readonly json?: true;
  readonly out?: string;
  readonly now?: string;
  readonly timeout: number;
}

async function review(baseText: string, headText: string, flags: ReviewFlags): Promise<void> {
  const formats = formatsOf(flags);
  const now = instant(flags.now);
  const options = { ...flags, profile: flags.profile ?? "fr-health" };
  const kinds = [sideKind(baseText, options), sideKind(headText, options)] as const;
  const [baseKind, headKind] = kinds;
  if (
    baseKind.kind === "revision" &&
    headKind.kind === "revision" &&
    !samePackages(flags.program, baseKind.commit, headKind.commit)
  ) {
    warn("the two revisions lock different packages: both were judged with those that are installed");
  }
  const read = [await readSide(baseKind, options), await readSide(headKind, options)] as const;
  const [base, head] = await withLaws(read, options);
  const trusted = await trustedBench(flags, base, read[0].commit);
  const found = reviewOf(base, head, { now, trusted });
  const report = {
    review: found,
    version: toolVersion(),
    artefact: headKind.kind === "file" ? head.name : "Pulumi.yaml",
  };
  const { out } = flags;
  if (out === undefined) process.stdout.write(REVIEW_RENDERERS[formats[0] ?? "text"].render(report));
  else {
    const written = formats.map((f) => writeWhole(out, REVIEW_RENDERERS[f].file, REVIEW_RENDERERS[f].render(report)));
    const agreement = writeAgreement(out, found, { basePath: baseText, base, head, law: lawDigest(trusted) });
    note(tally(found));
    note(`  written to ${out}: ${[...written, ...agreement.written].join(", ")}`);
    if (agreement.missing !== undefined) note(`  ${agreement.missing}`);
  }
  process.exitCode = found.risk === "refused" ? 1 : 0;
}

/** The law that a change is judged under is never the change's own: the named one, else that of its base. */
async function trustedBench(flags: ReviewFlags, base: ReviewSide, commit: string | undefined) {
  if (flags.law === undefined || commit === undefined) return base;
  const environment = base.law.environment ?? undefined;
  return takeLaw({ law: flags.law, environment, profile: flags.profile ?? "fr-health" });
}

/** Input error (exit 2): an unknown format, or several without a folder to put them in. */
function formatsOf({ format, json, out }: ReviewFlags): readonly ReviewFormat[] {
  const asked = json === true ? "json" : format;
  const names = asked?.split(",").map((name) => name.trim());
  const fallback: readonly ReviewFormat[] = out === undefined ? ["text"] : REVIEW_FORMATS;
  const fault = (got: string, want: string, fix: string): Fault => ({
    code: "format",
    path: "--format",
    got,
    want,
    fix,
  });
  const formats = names?.map((name) => {
    const found = REVIEW_FORMATS.find((f) => f === name);
    if (found !== undefined) return found;
    throw inputError("no such format", [fault(name, REVIEW_FORMATS.join(", "), "correct the name")]);
  });
  const chosen = [...new Set(formats ?? fallback)];
  if (out !== undefined || chosen.length === 1) return chosen;
  throw inputError("several formats need a folder", [
    fault(chosen.join(","), "one format, or --out DIR", "add --out DIR, or ask for one format"),
  ]);
}

/** `review`: what a change means, between two files, stacks or git revisions. */
export function registerReview(program: Command): void {
  program
    .command("review")
    .description("what a change means: what opens, who gains a right, where data can rest, what would be lost")
    .argument("<base>", "a state or preview file, a stack's name, or a git revision")
    .argument("<head>", "the same, after the change")
    .option(
      "--stack <name>",
      `for revisions: environment (${environmentNames.join(", ")}), one layer of it, or another program's stack`,
    )
    .addOption(new Option("--program <dir>", "folder of a Pulumi program in nodejs").default(repoRoot, "this clone"))
    .option(
      "--law <place>",
      "law to judge under: a git ref, the folder of a clone, or a compiled law (default: that of the base revision, else the working tree)",
    )
    .addOption(new Option("--profile <name>", "for programs that are not ours (default: fr-health)").choices(PROFILES))
    .option("--format <list>", `comma-separated: ${REVIEW_FORMATS.join(", ")} (default: text; with --out all files)`)
    .option("--json", "same as --format json")
    .option("--out <dir>", "write the reports there instead of printing one")
    .option("--now <instant>", "ISO instant or day that dates are measured against (default: the clock)")
    .option("--timeout <seconds>", "kill a program after this long", seconds, DEFAULT_TIMEOUT)
    .addHelpText(
      "after",
      `
Exit codes:
  0  reviewed, and no rule refuses the change
  1  a mandatory rule refuses it, or cannot know
  2  wrong usage, invalid settings or input file
  3  the tool could not do its job: a program died, a report can't be written

Examples:
  bastide review origin/main HEAD --stack paris --format markdown
  bastide review foundation.state.json foundation.preview.json --out out/review
  bastide review paris production`,
    )
    .action((base: string, head: string, flags: ReviewFlags) => review(base, head, flags));
}
