import { Command, CommanderError } from "commander";
import { BastideError } from "../kernel/errors.ts";
import { registerEngine } from "./commands/engine.ts";
import { register as registerGate } from "./commands/gate.ts";
import { register as registerJudge } from "./commands/judge.ts";
import { registerPreflight } from "./commands/preflight.ts";
import { registerStart } from "./commands/start.ts";
import { registerToolchain } from "./commands/toolchain.ts";

/**
 * Command line of Bastide. Exit codes: 0 pass · 1 blocked by the law · 2 wrong usage or input · 3 the tool could not do its
 * job. Nothing that went wrong ends with 0.
 */
const program = new Command("bastide")
  .description("Blueprint and judge of a sovereign health data platform on Scaleway")
  .version("0.1.0")
  .exitOverride()
  .showHelpAfterError("(add --help for the options)")
  .configureHelp({ sortSubcommands: false });
for (const register of [
  registerStart,
  registerGate,
  registerJudge,
  registerEngine,
  registerPreflight,
  registerToolchain,
])
  register(program);

const fail = (code: number, message: string): void => {
  if (message !== "") process.stderr.write(`bastide: ${message}\n`);
  process.exitCode = code;
};

try {
  await program.parseAsync(process.argv);
} catch (error) {
  // Commander has printed its own message; help and version are no errors.
  if (error instanceof CommanderError) fail(error.exitCode === 0 ? 0 : 2, "");
  else if (error instanceof BastideError) fail(error.exit, error.message);
  else fail(3, `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
