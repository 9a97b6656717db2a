import { readFileSync } from "node:fs";
import { type Baseline, baselineSchema } from "../../judge/kit/baseline.ts";
import { inputError } from "../../kernel/errors.ts";

/** A baseline from a file. Input error (exit 2) that lists every fault: an exception that can't be read is none. */
export function readBaseline(file: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw fault([{ path: file, got: cause instanceof Error ? cause.message : String(cause) }]);
  }
  const parsed = baselineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw fault(parsed.error.issues.map((i) => ({ path: `${file}: ${i.path.join(".")}`, got: i.message })));
}

const fault = (found: readonly { readonly path: string; readonly got: string }[]) =>
  inputError(
    "the baseline can't be read",
    found.map((f) => ({
      code: "baseline.malformed",
      ...f,
      want: "bastide.baseline/1",
      fix: "write it again with `bastide judge … --write-baseline FILE --baseline-owner NAME --baseline-until DAY`",
    })),
  );
