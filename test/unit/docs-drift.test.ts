import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { DOCUMENTS } from "../../docs/generate/documents.ts";
import { filled } from "../../docs/generate/page.ts";
import { FOLDERS, VARIABLES } from "../../docs/generate/reference.data.ts";

/** What is written in pages and what is in the code are one thing. After a change of either: `npm run docs`. */
const root = resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "");

describe("generated documents", () => {
  it.each(DOCUMENTS.map((d) => [d.path, d] as const))("%s is as the code says (npm run docs)", (path, { render }) => {
    const present = read(path);
    expect(render(present)).toBe(present);
  });

  it("a part that nobody writes, and one without marker, are errors", () => {
    const marked = "<!-- generated:a -->\nold\n<!-- /generated -->";
    expect(filled(marked, { a: () => "new" })).toBe("<!-- generated:a -->\n\nnew\n\n<!-- /generated -->");
    expect(() => filled(marked, {})).toThrow("nobody writes the part a");
    expect(() => filled("", { a: () => "new" })).toThrow("no marker for a");
  });
});

describe("the map of folders", () => {
  it("names every top-level folder, and no other", () => {
    const there = [...new Set(tracked.filter((f) => f.includes("/")).map((f) => f.split("/")[0] ?? ""))];
    expect(FOLDERS.map((f) => f.folder).sort()).toEqual(there.sort());
  });
});

describe("environment variables", () => {
  const sources = tracked.filter((f) => /\.(ts|mjs|js)$/.test(f) && !/^(test|docs|bench)\//.test(f));
  const documented = VARIABLES.flatMap((v) => v.names);

  it("every variable of Bastide's own has its row, and every row its variable", () => {
    const used = new Set(sources.flatMap((f) => read(f).match(/\bBASTIDE_[A-Z_]*[A-Z]\b/g) ?? []));
    expect([...used].sort()).toEqual(documented.filter((name) => name.startsWith("BASTIDE_")).sort());
  });

  it("every variable that decides something in the command line has a row", () => {
    const asked = sources
      .filter((f) => f.startsWith("cli/"))
      .flatMap((f) => [...read(f).matchAll(/process\.env\.([A-Z_]+)/g)].map((m) => m[1] ?? ""));
    const silent = ["XDG_CACHE_HOME", "PATH", "SHELL"];
    expect([...new Set(asked)].filter((name) => ![...documented, ...silent].includes(name))).toEqual([]);
  });
});
