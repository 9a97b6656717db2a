import { type Command, Option } from "commander";
import { inputError } from "../../kernel/errors.ts";
import { stableJson } from "../../kernel/order.ts";
import { environmentNames } from "../../stacks/load.ts";
import { PROFILES, type Profile } from "../../stacks/vocabulary.ts";
import { printData } from "../console.ts";
import { takeLaw } from "../judge/trusted-place.ts";
import { parseTarget } from "../targets.ts";

/** `law`: the compiled law of an environment, for `--law FILE` and for packs in other places. */
export function register(program: Command): void {
  program
    .command("law")
    .description("the compiled law (bastide.law/1) of an environment, as JSON on stdout")
    .option("--stack <name>", `environment: ${environmentNames.join(", ")}`)
    .addOption(
      new Option(
        "--profile <name>",
        "the built-in law of a profile, to be completed for a program that is not ours",
      ).choices(PROFILES),
    )
    .option("--law <place>", "take it from a git ref or another clone (default: the working tree)")
    .option("--rules <dir>", "rules of your own, whose digest goes into the law")
    .action(async (options: LawFlags) => {
      if ((options.stack === undefined) === (options.profile === undefined)) throw oneOfThem(options);
      const environment =
        options.stack === undefined ? undefined : parseTarget(options.stack, environmentNames).environment;
      const { law } = await takeLaw({
        law: options.law,
        environment,
        profile: options.profile ?? "fr-health",
        rules: options.rules,
      });
      printData(stableJson(law, 2));
    });
}

interface LawFlags {
  readonly stack?: string;
  readonly profile?: Profile;
  readonly law?: string;
  readonly rules?: string;
}

const oneOfThem = ({ stack, profile }: LawFlags) =>
  inputError("which law?", [
    {
      code: "law.which",
      path: "--stack, --profile",
      got: stack === undefined && profile === undefined ? "neither" : "both",
      want: "an environment, or a profile",
      fix: "name one of them",
    },
  ]);
