import type { z } from "zod";
import { type BastideError, type Fault, inputError } from "../../kernel/errors.ts";

/** At most this many faults of one file are told: a foreign file would else fill the screen. */
const MOST_FAULTS = 20;

/** One input error (exit 2) for all that zod found wrong in a file. `path` of a fault is `<file>: <dotted path>`. */
export function shapeError(file: string, what: string, error: z.ZodError, fix: string): BastideError {
  const faults = error.issues.slice(0, MOST_FAULTS).map((issue): Fault => {
    const path = issue.path.map(String).join(".");
    return {
      code: "input.shape",
      path: path === "" ? file : `${file}: ${path}`,
      got: issue.message,
      want: what,
      fix,
    };
  });
  return inputError(`${file} is not ${what}`, faults);
}

/** One input error (exit 2) with one fault about a file. */
export const fileError = (file: string, code: string, got: string, want: string, fix: string): BastideError =>
  inputError(`${file} can't be judged`, [{ code, path: file, got, want, fix }]);
