import { basename, dirname } from "node:path";
import { type Command, Option } from "commander";
import type { RawEstate } from "../../judge/facts/raw.ts";
import { topologyPage, topologySvg } from "../../judge/reports/topology/page.ts";
import { summary } from "../../judge/reports/wording.ts";
import { inputError } from "../../kernel/errors.ts";
import { environmentNames } from "../../stacks/load.ts";
import { PROFILES, type Profile } from "../../stacks/vocabulary.ts";
import { note } from "../console.ts";
import { DEFAULT_TIMEOUT } from "../gate/run-program.ts";
import { estateOfFiles } from "../judge/files.ts";
import { instant } from "../judge/now.ts";
import { EXIT_HELP, seconds } from "../judge/options.ts";
import { writeWhole } from "../judge/output.ts";
import { takeLaw } from "../judge/trusted-place.ts";
import { reportFor } from "../judge/verdict-of.ts";
import { repoRoot } from "../paths.ts";
import { gateTarget, runTarget } from "./gate.ts";
import { ownEnvironment } from "./judge.ts";

interface MapFlags {
  readonly stack?: string;
  readonly file?: readonly string[];
  readonly program: string;
  readonly out: string;
  readonly law?: string;
  readonly profile?: Profile;
  readonly now?: string;
  readonly timeout: number;
}

interface Subject {
  readonly estate: RawEstate;
  readonly environment: string | undefined;
  readonly artefact: string;
}

/** What to draw: a program run in the gate, or files; one of the two. */
async function subjectOf(flags: MapFlags): Promise<Subject> {
  const { stack, file } = flags;
  if (stack !== undefined && file === undefined) {
    const target = gateTarget({ stack, program: flags.program });
    const { estate } = await runTarget(target, flags.timeout);
    return { estate, environment: target.environment, artefact: "Pulumi.yaml" };
  }
  if (file !== undefined && stack === undefined) {
    const estate = estateOfFiles(file);
    return { estate, environment: ownEnvironment(estate), artefact: file[0] ?? "" };
  }
  const got = stack === undefined ? "neither" : "both";
  throw inputError("one source to draw", [
    { code: "map.source", path: "--stack, --file", got, want: "one of them", fix: "name a stack, or files" },
  ]);
}

async function map(flags: MapFlags): Promise<void> {
  if (!/\.(html|svg)$/.test(flags.out)) {
    throw inputError("a map is a page or a picture", [
      { code: "map.out", path: "--out", got: flags.out, want: "a file that ends in .html or .svg", fix: "rename it" },
    ]);
  }
  const now = instant(flags.now);
  const { estate, environment, artefact } = await subjectOf(flags);
  const bench = await takeLaw({ law: flags.law, environment, profile: flags.profile ?? "fr-health" });
  const report = reportFor({ estate, bench, now, all: false, artefact });
  const drawn = flags.out.endsWith(".svg") ? topologySvg(estate, report.verdict) : topologyPage(estate, report);
  writeWhole(dirname(flags.out), basename(flags.out), drawn);
  note(`${report.verdict.outcome}: ${summary(report.verdict)}`);
  note(`  drawn to ${flags.out}`);
}

/** `map`: topology of an estate as one self-contained file, with what the verdict says of it. */
export function register(program: Command): void {
  program
    .command("map")
    .description("an estate as one page that asks for nothing: places, flows, data, findings and their witness paths")
    .option(
      "--stack <name>",
      `environment (${environmentNames.join(", ")}), one layer of it, or another program's stack`,
    )
    .option("--file <file...>", "stack exports or previews instead of a program; `-` is standard input")
    .addOption(new Option("--program <dir>", "folder of a Pulumi program in nodejs").default(repoRoot, "this clone"))
    .requiredOption("--out <file>", "where to write it: .html, or .svg for the picture alone")
    .option("--law <place>", "law to judge under: a git ref, the folder of a clone, or a compiled law")
    .addOption(new Option("--profile <name>", "for programs that are not ours (default: fr-health)").choices(PROFILES))
    .option("--now <instant>", "ISO instant or day that dates are measured against (default: the clock)")
    .option("--timeout <seconds>", "kill the program after this long", seconds, DEFAULT_TIMEOUT)
    .addHelpText(
      "after",
      EXIT_HELP.replace("0  pass: no violation of a mandatory rule found", "0  drawn, whatever the verdict").replace(
        /\n {2}1 .*/,
        "",
      ),
    )
    .action((flags: MapFlags) => map(flags));
}
