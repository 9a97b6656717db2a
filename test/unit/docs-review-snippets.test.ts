import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { MARKER } from "../../judge/review/render/markdown.ts";
import { readFile } from "../harness/pages.ts";

/** The pipelines that docs/review.md shows: YAML that parses, shell that bash reads, and the marker that our comment has. */
const snippets = [...readFile("docs/review.md").matchAll(/```yaml\n([\s\S]*?)```/g)].map((m) => m[1] ?? "");

function* scripts(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === "run" && typeof item === "string") yield item;
    else if (/script$/.test(key) && Array.isArray(item)) yield* item.map(String);
    else yield* scripts(item);
  }
}

describe("pipelines in docs/review.md", () => {
  it("are there for two forges", () => expect(snippets).toHaveLength(2));

  it.each(snippets)("parse, and their shell does too", (text) => {
    const found = [...scripts(parse(text))];
    expect(found.length).toBeGreaterThan(1);
    for (const script of found) {
      // GitHub replaces its own expressions before a shell sees them.
      const shell = script.replace(/\$\{\{[^}]*\}\}/g, "x");
      execFileSync("bash", ["-n"], { input: shell });
    }
    expect(text).toContain(MARKER);
    expect(text).toContain("bastide review");
  });
});
