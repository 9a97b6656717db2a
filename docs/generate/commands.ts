import type { Argument, Command } from "commander";
import { buildProgram } from "../../cli/program.ts";
import { code, table } from "./page.ts";

/** A command that does something itself, with its full name. */
export interface NamedCommand {
  readonly name: string;
  readonly command: Command;
}

/** Every command that a person can type, groups resolved into their members. */
export function commandsOf(parent: Command = buildProgram(), prefix = ""): readonly NamedCommand[] {
  return parent.commands.flatMap((command) => {
    const name = `${prefix}${command.name()}`;
    return command.commands.length === 0 ? [{ name, command }] : commandsOf(command, `${name} `);
  });
}

const argumentText = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
};

const signature = ({ name, command }: NamedCommand): string =>
  [name, ...command.registeredArguments.map(argumentText)].join(" ");

/** Options in their own order; those that only refuse are not offered. */
const optionsOf = (command: Command): readonly string[] =>
  command.options
    .filter((option) => !option.hidden && !option.description.startsWith("refused"))
    .map((option) => `${code(option.flags)}${option.mandatory ? " (required)" : ""}`);

/** What the command line says of itself, as a table. */
export const commandsTable = (): string =>
  table(
    ["Command", "What it does", "Options"],
    commandsOf().map((named) => [
      code(signature(named)),
      named.command.description(),
      optionsOf(named.command).join(" "),
    ]),
  );
