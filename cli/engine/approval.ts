import { readFileSync } from "node:fs";
import type { RawEstate } from "../../judge/facts/raw.ts";
import { type Approval, approvalSchema, planDigest } from "../../judge/review/approval.ts";
import { BastideError, type Fault, inputError } from "../../kernel/errors.ts";

/** Reads approvals, one a stack. Input error (exit 2): unreadable, malformed, two of one stack, or of a stack that is not meant. */
export function readApprovals(files: readonly string[], stacks: readonly string[]): ReadonlyMap<string, Approval> {
  const found = new Map<string, Approval>();
  const faults: Fault[] = [];
  const fault = (path: string, got: string, want: string, fix: string): void => {
    faults.push({ code: "approval.invalid", path, got, want, fix });
  };
  for (const file of files) {
    const parsed = approvalSchema.safeParse(readJson(file));
    if (!parsed.success) {
      for (const i of parsed.error.issues) {
        fault(
          `${file} ${i.path.join(".")}`.trim(),
          i.message,
          "bastide.approval/1",
          "write it again with `bastide review … --out`",
        );
      }
      continue;
    }
    const { stack } = parsed.data;
    if (!stacks.includes(stack))
      fault(file, `an approval of ${stack}`, stacks.join(" or "), "name the stack that was reviewed");
    else if (found.has(stack)) fault(file, `a second approval of ${stack}`, "one", "name the one that counts");
    else found.set(stack, parsed.data);
  }
  for (const stack of stacks.filter((s) => files.length > 0 && !found.has(s))) {
    fault(
      "--approved",
      `none of ${stack}`,
      "an approval of each stack that is applied",
      "review it too, or apply one layer",
    );
  }
  if (faults.length > 0) throw inputError("the approvals can't be used", faults);
  return found;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw inputError("an approval can't be read", [
      { code: "approval.invalid", path: file, got, want: "a JSON file", fix: "write it with `bastide review … --out`" },
    ]);
  }
}

/** What is about to be applied. */
export interface Applied {
  readonly plan: RawEstate;
  /** Serial of the state that the plan was made from. */
  readonly state: string;
  readonly law: string;
}

/** Approved is applied: throws (exit 1) naming everything that moved since the review; nothing was sent then. */
export function requireApproved(approval: Approval, { plan, state, law }: Applied): void {
  const moved = (
    [
      ["state", approval.state, state, "the stack was changed since: preview and review again"],
      [
        "law",
        approval.law,
        law,
        "settings, rules or waivers are others than those of the review: review again under this law",
      ],
      ["plan", approval.plan, planDigest(plan), "the program or its settings do something else now: review again"],
    ] as const
  ).filter(([, want, got]) => want !== got);
  if (moved.length === 0) return;
  throw new BastideError(
    `what would be applied to ${approval.stack} is not what was approved: nothing was sent`,
    moved.map(([what, want, got, fix]) => ({ code: `approval.${what}-moved`, path: what, got, want, fix })),
    1,
  );
}
