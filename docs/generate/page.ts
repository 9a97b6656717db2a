/**
 * Generated parts of a page stand between `<!-- generated:NAME -->` and `<!-- /generated -->`; everything else is written by
 * people and left alone.
 */
const PART = /(<!-- generated:([a-z-]+) -->\n)[\s\S]*?(<!-- \/generated -->)/g;

/** What a page needs: each marker's name with its Markdown. */
export type Parts = Readonly<Record<string, () => string>>;

/** The page with its parts filled in anew. A marker nobody fills and a part without marker are errors: nothing would be checked. */
export function filled(page: string, parts: Parts): string {
  const seen = new Set<string>();
  const result = page.replace(PART, (_, begin: string, name: string, end: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`nobody writes the part ${name}`);
    seen.add(name);
    return `${begin}\n${part().trim()}\n\n${end}`;
  });
  const missing = Object.keys(parts).filter((name) => !seen.has(name));
  if (missing.length > 0) throw new Error(`the page has no marker for ${missing.join(", ")}`);
  return result;
}

/** A Markdown table; cells are one line each, and no cell ends a column early. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

export const code = (text: string): string => `\`${text}\``;
