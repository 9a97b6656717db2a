import { describe, expect, it } from "vitest";
import { commandsOf, type NamedCommand } from "../../docs/generate/commands.ts";
import { codeOf, pages, readFile } from "../harness/pages.ts";

/** A command line of a page, from `bastide` to the end of the command. */
interface Typed {
  readonly page: string;
  readonly words: readonly string[];
}

const commands = commandsOf();

const typedIn = (page: string, code: readonly string[]): readonly Typed[] =>
  code.flatMap((line) =>
    [...line.matchAll(/(?:^|[\s;|(]|npx )bastide ((?:[a-z]|--)[^;|#)&>]*)/g)].map((m) => ({
      page,
      words: (m[1] ?? "").trim().split(/\s+/),
    })),
  );

/** The longest command whose name a command line begins with. */
const commandOf = ({ words }: Typed): NamedCommand | undefined =>
  commands
    .filter(({ name }) => name.split(" ").every((word, i) => words[i] === word))
    .sort((a, b) => b.name.length - a.name.length)[0];

/** A group named as a whole, as in "`bastide toolchain`". */
const isGroup = ({ words: [first, second] }: Typed): boolean =>
  (second === undefined || /[.|…]/.test(second)) && commands.some(({ name }) => name.startsWith(`${first ?? ""} `));

const typed = pages.flatMap((page) => typedIn(page, codeOf(readFile(page))));

describe("commands that pages show", () => {
  it("are found", () => {
    expect(typedIn("p", ["npx bastide gate --stack x  # why", "pulumi stack export | bastide judge -"])).toEqual([
      { page: "p", words: ["gate", "--stack", "x"] },
      { page: "p", words: ["judge", "-"] },
    ]);
    expect(typedIn("p", ["cd bastide", "bastide:keymanager:Key", "bastide.consent/1"])).toEqual([]);
    expect(typed.length).toBeGreaterThan(30);
  });

  it("exist in the program", () => {
    const unknown = typed.filter((t) => !t.words[0]?.startsWith("--") && !isGroup(t) && commandOf(t) === undefined);
    expect(unknown.map((t) => `${t.page}: bastide ${t.words.join(" ")}`)).toEqual([]);
  });

  it("have the options that they are shown with", () => {
    const wrong = typed.flatMap((t) => {
      const command = commandOf(t)?.command;
      // What stands behind `--` is another program's.
      const own = t.words.includes("--") ? t.words.slice(0, t.words.indexOf("--")) : t.words;
      const flags = own.flatMap((word) => /^\[?(--[a-z-]+)/.exec(word)?.[1] ?? []);
      if (command === undefined) return [];
      return flags
        .filter((flag) => flag !== "--help" && !command.options.some((option) => option.long === flag))
        .map((flag) => `${t.page}: bastide ${t.words.join(" ")}: ${flag}`);
    });
    expect(wrong).toEqual([]);
  });
});
