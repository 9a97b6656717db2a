import { type Command, InvalidArgumentError, Option } from "commander";
import { FORMATS } from "../../judge/reports/report.ts";
import { PROFILES, type Profile } from "../../stacks/vocabulary.ts";
import type { LawOptions } from "./trusted-place.ts";

/** Flags that every judging command shares (design §6). */
export interface JudgeFlags {
  readonly law?: string;
  readonly profile?: Profile;
  readonly rules?: string;
  readonly baseline?: string;
  readonly consent?: string;
  readonly writeBaseline?: string;
  readonly baselineOwner?: string;
  readonly baselineUntil?: string;
  readonly format?: string;
  readonly json?: true;
  readonly out?: string;
  readonly now?: string;
  readonly all?: true;
}

/** Adds the shared flags to a command. */
export const withJudgeFlags = (command: Command): Command =>
  command
    .option(
      "--law <place>",
      "law to judge under: a git ref, the folder of a clone, or a compiled law (default: working tree)",
    )
    .addOption(new Option("--profile <name>", "for programs that are not ours (default: fr-health)").choices(PROFILES))
    .option("--rules <dir>", "rules of your own beside Bastide's (docs/adopting.md)")
    .option("--baseline <file>", "old findings that do not block until a day; new ones do")
    .option("--write-baseline <file>", "write what fails now as a baseline, without what may never be in one")
    .option("--baseline-owner <name>", "who answers for the baseline that is written")
    .option("--baseline-until <day>", "last day of the baseline that is written")
    .option("--consent <file>", "losses that somebody agreed to (docs/consent.md)")
    .option("--format <list>", `comma-separated: ${FORMATS.join(", ")} (default: text; with --out all files)`)
    .option("--json", "same as --format json")
    .option("--out <dir>", "write the reports there instead of printing one")
    .option("--now <instant>", "ISO instant or day that dates are measured against (default: the clock)")
    .option("--all", "tell every rule and resource, not only what is not a pass");

/** What the flags say of the law: where it is, and what goes with it. */
export const lawOptions = (flags: JudgeFlags, environment: string | undefined): LawOptions => ({
  law: flags.law,
  environment,
  profile: flags.profile ?? "fr-health",
  rules: flags.rules,
  baseline: flags.baseline,
  consent: flags.consent,
});

/** `--format`, with `--json` as its short form. */
export const formatFlag = (flags: JudgeFlags): string | undefined => (flags.json === true ? "json" : flags.format);

/** A whole number of seconds above zero. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) throw new InvalidArgumentError("want whole seconds, at least 1");
  return value;
}

/** The exit codes, as every judging command's help tells them. */
export const EXIT_HELP = `
Exit codes:
  0  pass: no violation of a mandatory rule found
  1  blocked: a mandatory rule failed, or cannot know
  2  wrong usage, invalid settings or input file
  3  the tool could not do its job: the judged program died, a report can't be written`;
