import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The Markdown pages of the repository, read as checks need them. */
export const repository = resolve(import.meta.dirname, "../..");

export const readFile = (file: string): string => readFileSync(join(repository, file), "utf8");

/** Files under git, those not yet committed included and those just deleted left out. */
export const trackedFiles: readonly string[] = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"],
  { cwd: repository, encoding: "utf8" },
)
  .split("\n")
  .filter((file) => file !== "");

export const pages: readonly string[] = trackedFiles.filter((file) => file.endsWith(".md"));

const FENCE = /^[ ]*(`{3,})[^\n]*\n([\s\S]*?)^[ ]*\1[ ]*$/gm;

/** Code of a page: fenced blocks line by line, and spans. */
export function codeOf(page: string): readonly string[] {
  const blocks = [...page.matchAll(FENCE)].flatMap((m) => (m[2] ?? "").split("\n"));
  const spans = [...page.replace(FENCE, "").matchAll(/`([^`\n]+)`/g)].map((m) => m[1] ?? "");
  return [...blocks, ...spans];
}

/** Prose of a page: without code. */
export const proseOf = (page: string): string => page.replace(FENCE, "").replace(/`[^`\n]*`/g, "");

/** Targets of a page's links and pictures that are not on the web. */
export const relativeLinks = (page: string): readonly string[] =>
  [...proseOf(page.replace(/\[`([^`\]]*)`\]/g, "[$1]")).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((m) => m[1] ?? "")
    .filter((target) => !/^[a-z]+:/.test(target));

/** Anchors of a page as forges make them from its headings. */
export const anchorsOf = (page: string): ReadonlySet<string> =>
  new Set(
    [...page.replace(FENCE, "").matchAll(/^#+ (.+)$/gm)].map((m) =>
      (m[1] ?? "")
        .toLowerCase()
        .replace(/[`*]/g, "")
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replace(/\s/g, "-"),
    ),
  );
