import { CommanderError } from "commander";
import { BastideError } from "../kernel/errors.ts";
import { keepCompiled } from "./compiled.ts";

/**
 * Command line of Bastide. Exit codes: 0 pass · 1 blocked by the law · 2 wrong usage or input · 3 the tool could not do its
 * job. Nothing that went wrong ends with 0.
 */
const fail = (code: number, message: string): void => {
  if (message !== "") process.stderr.write(`bastide: ${message}\n`);
  process.exitCode = code;
};

keepCompiled();
try {
  const { buildProgram } = await import("./program.ts");
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  // Commander has printed its own message; help and version are no errors.
  if (error instanceof CommanderError) fail(error.exitCode === 0 ? 0 : 2, "");
  else if (error instanceof BastideError) fail(error.exit, error.message);
  else fail(3, `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
