import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { consentSchema } from "../../plugins/bastide/consent.ts";
import { anchorsOf, pages, proseOf, readFile, relativeLinks, repository, trackedFiles } from "../harness/pages.ts";

/** Pages lead where they say, say only what may be said, and show forms that the code takes. */
describe("links", () => {
  it.each(pages)("of %s lead to files and headings that are there", (page) => {
    const broken = relativeLinks(readFile(page)).filter((target) => {
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(repository, file))) return true;
      return anchor !== undefined && !(file.endsWith(".md") && anchorsOf(readFile(file)).has(anchor));
    });
    expect(broken).toEqual([]);
  });

  it("are found at all", () => {
    expect(relativeLinks("see [a](b.md#c), ![p](d.svg), [`e/`](e) and [web](https://example.org)")).toEqual([
      "b.md#c",
      "d.svg",
      "e",
    ]);
    expect([...anchorsOf("# A `b` c\n\n## What it's for: x, y\n")]).toEqual(["a-b-c", "what-its-for-x-y"]);
    expect(relativeLinks(readFile("README.md")).length).toBeGreaterThan(20);
  });
});

describe("words", () => {
  /** Claims that no page may make (controls §4), spelt so that this file makes none either. */
  const FORBIDDEN = [
    "compli" + "ant",
    "certi" + "fied",
    "secnumcloud-" + "ready",
    "air-" + "gapped",
    "sovereign by " + "design",
  ];
  /** Titles and references of rules are quoted as they are. */
  const withoutQuotes = (page: string): string =>
    page.replace(/<!-- generated:(kit-)?rules -->[\s\S]*?<!-- \/generated -->/g, "");

  it.each(pages)("of %s claim nothing that may not be claimed", (page) => {
    const text = withoutQuotes(proseOf(readFile(page))).toLowerCase();
    expect(FORBIDDEN.filter((word) => text.includes(word))).toEqual([]);
  });
});

describe("consents that pages show", () => {
  const shown = pages.flatMap((page) =>
    [...readFile(page).matchAll(/^ *```json\n([\s\S]*?)^ *```/gm)]
      .map((m) => m[1] ?? "")
      .filter((text) => text.includes("bastide.consent/"))
      .map((text) => [page, text] as const),
  );

  it("are there", () => expect(shown.length).toBeGreaterThan(1));
  it.each(shown)("in %s are of the form that the code takes", (_, text) => {
    expect(consentSchema.safeParse(JSON.parse(text)).error).toBeUndefined();
  });
  it("name URNs of the rehearsal", () => {
    const golden = readFile("test/golden/urns.rehearsal.json");
    const example = shown.find(([page]) => page === "docs/consent.md")?.[1] ?? "{}";
    const { destroy = [] } = consentSchema.parse(JSON.parse(example));
    expect(destroy.filter((urn) => !golden.includes(`"${urn}"`))).toEqual([]);
  });
});

it("every error code that the troubleshooting page names is one that the code gives", () => {
  const sources = trackedFiles.filter((file) => /\.(ts|mjs)$/.test(file) && !file.startsWith("test/"));
  const given = new Set(
    sources.flatMap((file) => [...readFile(file).matchAll(/"([a-z]+\.[a-z-]+)"/g)].map((m) => m[1])),
  );
  const named = [...readFile("docs/troubleshooting.md").matchAll(/`\[?((?!go\.)[a-z]+\.[a-z-]+)\]?`/g)].map(
    (m) => m[1] ?? "",
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((code) => !given.has(code))).toEqual([]);
});
