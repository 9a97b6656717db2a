import type { Command } from "commander";
import type { RawEstate } from "../../judge/facts/raw.ts";
import type { Report } from "../../judge/reports/report.ts";
import { inputError } from "../../kernel/errors.ts";
import { isPacked } from "../../policy-packs/bastide/pack-digest.ts";
import { environmentNames } from "../../stacks/load.ts";
import type { Profile } from "../../stacks/vocabulary.ts";
import { writeBaseline } from "../judge/baseline.ts";
import { estateOfFiles, ownersOf } from "../judge/files.ts";
import { instant } from "../judge/now.ts";
import { EXIT_HELP, formatFlag, type JudgeFlags, lawOptions, withJudgeFlags } from "../judge/options.ts";
import { emit, parseOutput } from "../judge/output.ts";
import { takeLaw } from "../judge/trusted-place.ts";
import { exitCodeOf, reportFor } from "../judge/verdict-of.ts";

/** Our own project's name, in the URNs of its stacks. */
const OWN_PROJECT = "bastide";

/** The environment of ours that an estate is of; undefined for one that Bastide did not build. */
export function ownEnvironment(estate: RawEstate): string | undefined {
  const { projects, environments } = ownersOf(estate);
  const [environment] = environments;
  const ours = projects.length === 1 && projects[0] === OWN_PROJECT && environments.length === 1;
  return ours && !isPacked() && environment !== undefined && environmentNames.includes(environment)
    ? environment
    : undefined;
}

/** What `judge` finds in files; input errors as the command has them. */
export async function judgeFiles(files: readonly string[], flags: JudgeFlags): Promise<Report> {
  const now = instant(flags.now);
  const estate = estateOfFiles(files);
  const environment = flags.profile === undefined ? ownEnvironment(estate) : foreignOnly(estate, flags.profile);
  const bench = await takeLaw(lawOptions(flags, environment));
  const artefact = files.find((file) => file !== "-") ?? "";
  return reportFor({ estate, bench, now, all: flags.all === true, artefact });
}

async function judge(files: readonly string[], flags: JudgeFlags): Promise<void> {
  const format = formatFlag(flags);
  const output = parseOutput({ ...flags, ...(format === undefined ? {} : { format }) });
  const report = await judgeFiles(files, flags);
  emit(report, output);
  writeBaseline(report, flags);
  process.exitCode = exitCodeOf(report);
}

/** A profile may be chosen for estates that are not ours; ours have one in their settings. */
function foreignOnly(estate: RawEstate, profile: Profile): undefined {
  const environment = ownEnvironment(estate);
  if (environment === undefined) return undefined;
  throw inputError("--profile is for estates that are not ours", [
    {
      code: "judge.profile",
      path: "--profile",
      got: profile,
      want: `nothing: the settings of ${environment} name its profile`,
      fix: "leave it out",
    },
  ]);
}

/** `judge`: state exports and previews of any program. */
export function register(program: Command): void {
  const command = program
    .command("judge")
    .description("judge `pulumi stack export` or `pulumi preview --json` files of any program")
    .argument("<file...>", "JSON, plain or gzip; `-` is standard input; several files are one estate");
  withJudgeFlags(command)
    .addHelpText("after", EXIT_HELP)
    .addHelpText(
      "after",
      `
Examples:
  pulumi stack export --stack paris.foundation | bastide judge -
  pulumi preview --json --show-sames > plan.json; bastide judge plan.json --law origin/main --out out/judge
  bastide judge theirs.json.gz --profile eu --format json`,
    )
    .action((files: readonly string[], flags: JudgeFlags) => judge(files, flags));
}
