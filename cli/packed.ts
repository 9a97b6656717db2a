#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { BastideError } from "../kernel/errors.ts";
import { register as registerExplain } from "./commands/explain.ts";
import { register as registerGate } from "./commands/gate.ts";
import { register as registerJudge } from "./commands/judge.ts";
import { register as registerLaw } from "./commands/law.ts";
import { toolVersion } from "./judge/provenance.ts";

/**
 * Entry of the packed judge (`npm run pack`): the commands that need no clone, no engine and no network. Exit codes as in
 * `main.ts`.
 */
function buildPacked(): Command {
  const program = new Command("bastide")
    .description("Judge of Pulumi programs on Scaleway: offline, without credentials")
    .version(toolVersion())
    .exitOverride()
    .showHelpAfterError("(add --help for the options)");
  for (const register of [registerGate, registerJudge, registerExplain, registerLaw]) register(program);
  return program;
}

try {
  await buildPacked().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const known = error instanceof BastideError;
    const told = known ? error.message : `internal error: ${error instanceof Error ? error.message : String(error)}`;
    process.stderr.write(`bastide: ${told}\n`);
    process.exitCode = known ? error.exit : 3;
  }
}
