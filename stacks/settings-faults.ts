import type { z } from "zod";
import type { Fault } from "../kernel/errors.ts";

/** Rewords what the schema refuses into faults. All wording about malformed settings stands here. */
export const schemaFaults = (issues: readonly z.core.$ZodIssue[], input: unknown): readonly Fault[] =>
  issues.flatMap((issue) => faultsOf(issue, input));

function faultsOf(issue: z.core.$ZodIssue, input: unknown): readonly Fault[] {
  const path = issue.path.map(String).join(".");
  const value = valueAt(input, issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      code: "settings.unknown-key",
      path: path === "" ? key : `${path}.${key}`,
      got: `the key \`${key}\``,
      want: "only keys that stacks/README.md lists",
      fix: "correct the spelling, or remove it",
    }));
  }
  if (value === undefined) {
    return [{ code: "settings.missing", path, got: "nothing", want: wantOf(issue), fix: "set it: it has no default" }];
  }
  const base = { path, got: textOf(value), want: wantOf(issue) };
  return issue.code === "invalid_value"
    ? [{ code: "settings.unknown-word", ...base, fix: "take one of these words" }]
    : [{ code: "settings.malformed", ...base, fix: "correct the value" }];
}

function wantOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `a value of type ${issue.expected}`;
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum} (${issue.origin})`;
    case "too_big":
      return `at most ${issue.maximum} (${issue.origin})`;
    case "custom":
      return issue.message;
    case "invalid_union":
      return "a value of one of the allowed forms";
    default:
      return issue.message;
  }
}

/** Long values are cut: a fault names them, it doesn't print them. */
const LONGEST_GOT = 80;

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > LONGEST_GOT ? `${text.slice(0, LONGEST_GOT)}…` : text;
}

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === "object" && value !== null;

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), input);
