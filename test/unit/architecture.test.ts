import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** The map of the house as a test: who may import whom, how long a file may be, and which folders stay pure. */
const root = resolve(import.meta.dirname, "../..");

/** Folder → what it may import, beside itself. The longest matching prefix applies. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  stacks: ["kernel"],
  blueprint: ["kernel", "stacks"],
  components: ["kernel", "stacks/vocabulary.ts", "blueprint/model", "plugins/bastide/resources.ts"],
  // What every plug-in needs to talk with the engine.
  "plugins/engine": [],
  "plugins/bastide": ["kernel", "plugins/engine"],
  "judge/facts": ["kernel", "stacks"],
  "judge/doors": ["kernel", "judge/facts"],
  "judge/graph": ["kernel", "stacks", "judge/facts"],
  "judge/kit": ["kernel", "stacks", "judge/facts", "judge/graph"],
  "judge/reports": ["kernel", "stacks", "judge/facts", "judge/graph", "judge/kit"],
  "judge/review": ["kernel", "stacks", "judge/facts", "judge/graph", "judge/kit", "judge/reports"],
  "policy-packs": ["kernel", "stacks", "judge/facts", "judge/graph", "judge/kit"],
  // The pack reads the exports of other stacks as any door does; rules never do.
  "policy-packs/bastide/adapter": ["kernel", "stacks", "judge/facts", "judge/kit", "judge/doors", "policy-packs"],
  "local/toolchain": ["kernel"],
  "local/plugins": ["kernel", "plugins/engine"],
  "local/scaleway": ["kernel"],
  // An executable: the one place where a local Scaleway gets its Kubernetes outside of the command line.
  "local/scaleway/daemon.ts": ["kernel", "local/scaleway", "local/kubernetes"],
  "local/kubernetes": ["kernel", "local/scaleway"],
  "local/registry": ["kernel", "stacks/images.data.ts"],
  "index.ts": ["kernel", "stacks", "blueprint", "components"],
  cli: ["kernel", "stacks", "blueprint", "judge", "policy-packs", "local", "plugins", "docs"],
  docs: ["kernel", "stacks", "judge", "policy-packs", "cli", "local", "test/layers.ts", "test/mutation"],
  bench: ["kernel", "stacks", "blueprint", "judge", "policy-packs", "local", "cli"],
};

/** Folders without clock, randomness, file system, environment or process. Files that are edges on purpose are named. */
const PURE = ["kernel", "blueprint", "judge", "policy-packs/bastide/rules"];
const IMPURE =
  /\b(Date\.now|new Date\(\)|Math\.random|process\.(env|cwd|exit)|performance\.now)\b|from "node:(fs|child_process|os|net|http|https|worker_threads)/;

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((f) => f !== "" && !f.startsWith("test/") && f !== "vitest.config.ts");

const read = (file: string): string => readFileSync(join(root, file), "utf8");
const under = (file: string, prefix: string): boolean => file === prefix || file.startsWith(`${prefix}/`);
const home = (file: string): string | undefined =>
  Object.keys(MAY_IMPORT)
    .filter((p) => under(file, p))
    .sort((a, b) => b.length - a.length)[0];

const importsOf = (file: string): readonly string[] =>
  [...read(file).matchAll(/(?:from|import)\s*\(?"(\.[^"]+)"/g)].map((m) =>
    relative(root, resolve(root, dirname(file), m[1] ?? "")),
  );

describe("architecture", () => {
  it("sees the sources", () => expect(tracked.length).toBeGreaterThan(20));

  it("every source file has a home", () => expect(tracked.filter((f) => home(f) === undefined)).toEqual([]));

  it("folders import in one direction", () => {
    const wrong = tracked.flatMap((file) => {
      const from = home(file) ?? "";
      const allowed = [from, ...(MAY_IMPORT[from] ?? [])];
      return importsOf(file)
        .filter((target) => !allowed.some((prefix) => under(target, prefix)))
        .map((target) => `${file} → ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it("builder and judge never meet", () => {
    const builder = ["blueprint", "components"];
    const judge = ["judge", "policy-packs"];
    const crosses = (from: readonly string[], to: readonly string[]): readonly string[] =>
      tracked
        .filter((f) => from.some((p) => under(f, p)))
        .filter((f) => importsOf(f).some((t) => to.some((p) => under(t, p))));
    expect([...crosses(builder, judge), ...crosses(judge, builder)]).toEqual([]);
  });

  it("pure folders hold no clock, randomness, file system or environment", () => {
    const impure = tracked.filter((f) => PURE.some((p) => under(f, p)) && IMPURE.test(read(f)));
    expect(impure).toEqual([]);
  });

  it("files stay within 250 lines, data tables aside", () => {
    const long = tracked
      .filter((f) => !f.endsWith(".data.ts"))
      .map((f) => ({ file: f, lines: read(f).split("\n").length - 1 }))
      .filter(({ lines }) => lines > 250);
    expect(long).toEqual([]);
  });

  it("no loose types", () => {
    const code = (f: string): string => read(f).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
    const loose = tracked.filter((f) =>
      /\bas any\b|: any\b|<any>|@ts-(ignore|expect-error|nocheck)|as unknown as/.test(code(f)),
    );
    expect(loose).toEqual([]);
  });

  it("nothing of this machine or of a registry is committed", () => {
    const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
      .split("\n")
      .filter((f) => f !== "" && !f.endsWith("go.sum"));
    const leaking = files.filter(
      (f) =>
        /\/work\/(main|shared)|registry\.npmjs|proxy\.golang\.org|deb\.debian\.org/.test(read(f)) &&
        f !== "test/unit/architecture.test.ts",
    );
    expect(leaking).toEqual([]);
  });
});
