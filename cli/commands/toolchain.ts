import type { Command } from "commander";
import { runBuild, runDoctor, runShell } from "../../local/toolchain/commands.ts";
import { repoRoot, workDir } from "../paths.ts";

/** `toolchain`: the engine and its plug-ins, found on PATH or built from source. */
export function registerToolchain(program: Command): void {
  const toolchain = program
    .command("toolchain")
    .description("the engine, the Scaleway provider and the plug-ins of a run");
  toolchain
    .command("build")
    .description("builds what is neither on PATH nor in the cache (about ten minutes on two cores, the first time)")
    .action(async () => {
      process.exitCode = await runBuild({ repoRoot, workDir });
    });
  toolchain
    .command("doctor")
    .description("says of each part whether it is there, where from, and why it is needed")
    .option("--json", "as JSON on stdout")
    .action(async (options: { json?: true }) => {
      process.exitCode = await runDoctor({ repoRoot, json: options.json === true });
    });
  toolchain
    .command("shell")
    .description("a shell (or one command after --) in which plain `pulumi` is the toolchain's")
    .argument("[command...]", "program and arguments to run instead of a shell")
    .action(async (command: string[]) => {
      process.exitCode = await runShell({ repoRoot, workDir, command: command.length === 0 ? undefined : command });
    });
}
