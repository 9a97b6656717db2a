import { Command } from "commander";
import { registerEngine } from "./commands/engine.ts";
import { register as registerExplain } from "./commands/explain.ts";
import { register as registerGate } from "./commands/gate.ts";
import { registerImages } from "./commands/images.ts";
import { register as registerJudge } from "./commands/judge.ts";
import { register as registerLaw } from "./commands/law.ts";
import { registerLocal } from "./commands/local.ts";
import { register as registerMap } from "./commands/map.ts";
import { registerPreflight } from "./commands/preflight.ts";
import { registerReview } from "./commands/review.ts";
import { registerStart } from "./commands/start.ts";
import { registerToolchain } from "./commands/toolchain.ts";
import { registerTunnel } from "./commands/tunnel.ts";

/** In the order of the help: the main job, judging, engine, what stands around them. */
const REGISTER = [
  registerStart,
  registerGate,
  registerJudge,
  registerReview,
  registerExplain,
  registerMap,
  registerLaw,
  registerEngine,
  registerTunnel,
  registerPreflight,
  registerImages,
  registerLocal,
  registerToolchain,
] as const;

/**
 * The command line as data: every command with its options, run by nobody yet. `main.ts` runs it; the generated tables of the
 * README and the checks on the documentation read it.
 */
export function buildProgram(): Command {
  const program = new Command("bastide")
    .description("Blueprint and judge of a sovereign health data platform on Scaleway")
    .version("0.1.0")
    .exitOverride()
    .showHelpAfterError("(add --help for the options)")
    .configureHelp({ sortSubcommands: false });
  for (const register of REGISTER) register(program);
  return program;
}
