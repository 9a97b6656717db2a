import type { Command } from "commander";
import { stableJson } from "../../kernel/order.ts";
import { environmentNames } from "../../stacks/load.ts";
import { printData } from "../console.ts";
import { takeLaw } from "../judge/trusted-place.ts";
import { parseTarget } from "../targets.ts";

/** `law`: the compiled law of an environment, for `--law FILE` and for packs in other places. */
export function register(program: Command): void {
  program
    .command("law")
    .description("the compiled law (bastide.law/1) of an environment, as JSON on stdout")
    .requiredOption("--stack <name>", `environment: ${environmentNames.join(", ")}`)
    .option("--law <place>", "take it from a git ref or another clone (default: the working tree)")
    .action(async (options: { readonly stack: string; readonly law?: string }) => {
      const { environment } = parseTarget(options.stack, environmentNames);
      const { law } = await takeLaw({ law: options.law, environment, profile: "fr-health" });
      printData(stableJson(law, 2));
    });
}
