import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { type Baseline, baselineFrom, baselineSchema } from "../../judge/kit/baseline.ts";
import { isNeverWaivable } from "../../judge/kit/waivers.ts";
import type { Report } from "../../judge/reports/report.ts";
import { inputError } from "../../kernel/errors.ts";
import { stableJson } from "../../kernel/order.ts";
import { note } from "../console.ts";
import type { JudgeFlags } from "./options.ts";
import { writeWhole } from "./output.ts";

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

/**
 * Writes what fails now as a baseline, when the flags ask for it. Input error (exit 2) when nobody answers for it or it has no
 * last day: an old finding without an end is a new rule.
 */
export function writeBaseline({ verdict, rules }: Report, flags: JudgeFlags): void {
  if (flags.writeBaseline === undefined) return;
  const { baselineOwner: owner = "", baselineUntil: until = "" } = flags;
  const may = (id: string): boolean => {
    const rule = rules.get(id);
    return rule !== undefined && !isNeverWaivable(rule);
  };
  const parsed = baselineSchema.safeParse(baselineFrom(verdict, owner, until, may));
  if (!parsed.success) {
    throw fault(parsed.error.issues.map((i) => ({ path: `--baseline: ${i.path.join(".")}`, got: i.message })));
  }
  writeWhole(dirname(flags.writeBaseline), basename(flags.writeBaseline), `${stableJson(parsed.data, 2)}\n`);
  note(
    `${parsed.data.findings.length} findings written to ${flags.writeBaseline}; those that can't be waived are not among them`,
  );
}
