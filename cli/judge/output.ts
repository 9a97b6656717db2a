import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { styleText } from "node:util";
import { RENDERERS } from "../../judge/reports/renderers.ts";
import { FORMATS, type Format, type Report } from "../../judge/reports/report.ts";
import { summary } from "../../judge/reports/wording.ts";
import { type Fault, inputError, toolError } from "../../kernel/errors.ts";
import { note } from "../console.ts";

export interface OutputOptions {
  /** Comma-separated. Default: text, or with `--out` everything that has a file of its own. */
  readonly format?: string;
  readonly out?: string;
}

/** Where the reports go, checked before anything is judged. */
export interface Output {
  readonly formats: readonly Format[];
  readonly out: string | undefined;
}

const fault = (got: string, want: string, fix: string): Fault => ({ code: "format", path: "--format", got, want, fix });

/** Input error (exit 2): an unknown format, or several of them without a folder to put them in. */
export function parseOutput(options: OutputOptions): Output {
  const names = options.format?.split(",").map((name) => name.trim());
  const fallback: readonly Format[] = options.out === undefined ? ["text"] : FORMATS.filter((f) => f !== "text");
  const formats = names?.map(formatOf) ?? fallback;
  if (options.out === undefined && formats.length > 1) {
    throw inputError("several formats need a folder", [
      fault(formats.join(","), "one format, or --out DIR", "add --out DIR, or ask for one format"),
    ]);
  }
  return { formats: [...new Set(formats)], out: options.out };
}

function formatOf(name: string): Format {
  const found = FORMATS.find((format) => format === name);
  if (found !== undefined) return found;
  throw inputError("no such format", [fault(name, FORMATS.join(", "), "correct the name")]);
}

/** Prints or writes the report. A report that can't be written is the tool's failure (exit 3), never a silent pass. */
export function emit(report: Report, { formats, out }: Output): void {
  if (out === undefined) {
    const format = formats[0] ?? "text";
    const rendered = RENDERERS[format].render(report);
    process.stdout.write(format === "text" ? painted(rendered) : rendered);
    return;
  }
  const written = formats.map((format) => writeWhole(out, RENDERERS[format].file, RENDERERS[format].render(report)));
  note(`${report.verdict.outcome}: ${summary(report.verdict)}`);
  note(`  written to ${out}: ${written.join(", ")}`);
}

/** Writes a file whole or not at all: beside it first, then renamed. */
export function writeWhole(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.part`, content);
    renameSync(`${path}.part`, path);
  } catch (cause) {
    throw toolError(
      "a report can't be written",
      [
        {
          code: "report.unwritable",
          path,
          got: cause instanceof Error ? cause.message : String(cause),
          want: "a folder that can be written",
          fix: "free space, correct the rights, or name another folder with --out",
        },
      ],
      cause,
    );
  }
  return name;
}

/** Colour on a terminal only, and never under NO_COLOR: `styleText` asks the stream. */
const painted = (text: string): string =>
  text
    .replace(/^(PASS)\b/m, (word) => paint("green", word))
    .replace(/^(FAIL)\b/m, (word) => paint("red", word))
    .replace(/^(UNDECIDED)\b/m, (word) => paint("yellow", word))
    .replace(/^([A-Z0-9]+-\d+|G\d+)(?= {2})/gm, (id) => paint("bold", id))
    .replace(/^ {2}(why|fix|see) {2}/gm, (word) => paint("cyan", word));

const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
  styleText(style, text, { stream: process.stdout });
