import { z } from "zod";

/** One mutant of Stryker's JSON report, with the text that it replaced. */
export interface Mutant {
  readonly status: string;
  /** `file:line:column`. */
  readonly place: string;
  readonly was: string;
  readonly became: string;
}

const position = z.object({ line: z.int(), column: z.int() });
const schema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          status: z.string(),
          replacement: z.string().optional(),
          location: z.object({ start: position, end: position }),
        }),
      ),
    }),
  ),
});

const WIDTH = 90;
const short = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length <= WIDTH ? line : `${line.slice(0, WIDTH)}…`;
};

/** @throws ZodError when the report is of another form. */
export function readReport(text: string): readonly Mutant[] {
  return Object.entries(schema.parse(JSON.parse(text)).files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split("\n");
    return mutants.map(({ status, replacement, location: { start, end } }) => {
      const part = lines.slice(start.line - 1, end.line);
      const was = part
        .map((line, i) =>
          line.slice(i === 0 ? start.column - 1 : 0, i === part.length - 1 ? end.column - 1 : undefined),
        )
        .join("\n");
      return {
        status,
        place: `${file}:${start.line}:${start.column}`,
        was: short(was),
        became: short(replacement ?? ""),
      };
    });
  });
}
