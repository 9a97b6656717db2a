import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { ownersIn, urnParts } from "../../judge/doors/engine-resource.ts";
import { combineEstates } from "../../judge/doors/estate.ts";
import { readEstate } from "../../judge/doors/read.ts";
import type { RawEstate } from "../../judge/facts/raw.ts";
import { BastideError, inputError } from "../../kernel/errors.ts";

/** Largest file, unpacked: 100,000 resources take about 200 MB. */
const MAX_BYTES = 1024 * 1024 * 1024;

/**
 * Stack exports and previews as one estate. `-` is standard input; gzip is told by its first bytes. In errors and verdicts a
 * file goes by its name, without its folder. Input error (exit 2) naming every file that is unreadable, too large or no export, or that is
 * of another estate; exit 3 where one is the preview of a run that failed.
 */
export function estateOfFiles(paths: readonly string[]): RawEstate {
  if (paths.filter((path) => path === "-").length > 1) {
    throw fileError("-", "named twice", "standard input once", "name each input once");
  }
  return combineEstates(readAll(paths));
}

/** Every file, or one error that tells what is wrong with each of those that can't be read. */
function readAll(paths: readonly string[]): readonly { readonly file: string; readonly estate: RawEstate }[] {
  const failed: BastideError[] = [];
  const read = paths.flatMap((path) => {
    const file = path === "-" ? "standard input" : basename(path);
    try {
      return [{ file, estate: readEstate(readText(path, file), file) }];
    } catch (error) {
      if (!(error instanceof BastideError)) throw error;
      failed.push(error);
      return [];
    }
  });
  const [first, ...others] = failed;
  if (first === undefined) return read;
  if (others.length === 0) throw first;
  throw new BastideError(
    `${failed.length} of ${paths.length} files can't be judged`,
    failed.flatMap(({ faults }) => faults),
    failed.some(({ exit }) => exit === 3) ? 3 : 2,
  );
}

function readText(path: string, file: string): string {
  try {
    const bytes = readFileSync(path === "-" ? 0 : path);
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (packed ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes).toString("utf8");
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw fileError(file, got, "a file that can be read, plain or gzip", "correct the name, or write it again");
  }
}

const fileError = (path: string, got: string, want: string, fix: string) =>
  inputError("a file can't be read", [{ code: "input.unreadable", path, got, want, fix }]);

/** Project and environments that an estate's URNs name. */
export function ownersOf(estate: RawEstate): {
  readonly projects: readonly string[];
  readonly environments: readonly string[];
} {
  const parts = ownersIn(estate.resources.map((r) => r.urn)).map(urnParts);
  const distinct = (items: readonly string[]): readonly string[] => [...new Set(items)].sort();
  return {
    projects: distinct(parts.map((p) => p.project)),
    environments: distinct(parts.map((p) => p.stack.split(".")[0] ?? p.stack)),
  };
}
