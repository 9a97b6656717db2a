import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readFile, trackedFiles } from "../harness/pages.ts";

const packageFile = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
});

const [npmPart = "", goPart = ""] = readFile("docs/dependencies.md").split(/^Go modules/m);

/** First cells of a part's table: one or more packages a row. */
const namedIn = (part: string): readonly string[] =>
  [...part.matchAll(/^\| (.+?) \| .{10,} \|$/gm)]
    .flatMap((m) => (m[1] ?? "").split(", "))
    .filter((name) => !["package", "module", "---"].includes(name));

describe("docs/dependencies.md", () => {
  it("has a row with a reason for every npm package, and no other", () => {
    const { dependencies, devDependencies, optionalDependencies } = packageFile.parse(
      JSON.parse(readFile("package.json")),
    );
    const used = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect([...namedIn(npmPart)].sort()).toEqual(used.sort());
  });

  it("has a row for every Go module that our sources ask for themselves, and no other", () => {
    const direct = trackedFiles
      .filter((file) => file.endsWith("/go.mod"))
      .flatMap((file) => [...readFile(file).matchAll(/^(?:require )?\t?(\S+) v\S+$/gm)].map((m) => m[1] ?? ""));
    const replaced = trackedFiles
      .filter((file) => file.endsWith("/go.mod"))
      .flatMap((file) => [...readFile(file).matchAll(/(\S+) => (\S+) v/g)])
      // A module that is replaced by itself in another version is no further module.
      .flatMap(([, module, by]) => (by === undefined || by === module ? [] : [by]));
    expect([...namedIn(goPart)].sort()).toEqual([...new Set([...direct, ...replaced])].sort());
  });
});
