import { z } from "zod";
import { byKey } from "../../kernel/order.ts";
import type { Rule } from "./rule.ts";

/** Longest life of a waiver, in days (own parameter). */
export const WAIVER_DAYS = 90;

/** Rules that no waiver excuses, whatever their own data say. */
export const NEVER_WAIVABLE: ReadonlySet<string> = new Set([
  "LOC-01",
  "LOC-04",
  "LOC-05",
  "IAM-06",
  "NET-05",
  "DR-03",
  "CLS-03",
]);

const day = z.iso.date();
const text = z.string().trim().min(1);

export const waiverSchema = z.strictObject({
  rule: text,
  /** One URN; a pattern or a list would excuse more than was looked at. */
  subject: z.string().regex(/^(urn:pulumi:[^*]+|stack)$/, { error: "one URN, or `stack`" }),
  reason: text,
  owner: text,
  approver: text,
  /** Last day (UTC) on which it holds. */
  expires: day,
});
export type Waiver = z.infer<typeof waiverSchema>;

/** A waiver that excuses nothing, and why. */
export interface WaiverFault {
  readonly index: number;
  readonly subject: string;
  readonly got: string;
  readonly want: string;
}

export interface Waivers {
  /** The waiver that excuses this rule on this subject, if one is in force. */
  excuse(rule: string, subject: string): Waiver | undefined;
  /** Malformed, expired, too long, self-approved, of a rule that can't be waived, and those that were not needed. */
  faults(): readonly WaiverFault[];
}

const DAY_MS = 86_400_000;

/**
 * The waivers of the law on the day `now`. Each one is used or it is a fault; one whose subject belongs to a stack that is not
 * among `stacks` is neither, because this estate can't need it.
 */
export function waiversOf(
  entries: readonly unknown[],
  rules: readonly Rule[],
  stacks: ReadonlySet<string>,
  now: string,
): Waivers {
  const faults: WaiverFault[] = [];
  const inForce = new Map<string, { readonly waiver: Waiver; readonly index: number }>();
  const used = new Set<string>();
  const keyOf = (rule: string, subject: string): string => `${rule} ${subject}`;

  entries.forEach((entry, index) => {
    const parsed = waiverSchema.safeParse(entry);
    if (!parsed.success) {
      const got = parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; ");
      faults.push({ index, subject: "stack", got, want: "rule, subject, reason, owner, approver, expires" });
      return;
    }
    const waiver = parsed.data;
    const fault = faultOf(waiver, rules, now);
    if (fault !== undefined) faults.push({ index, subject: waiver.subject, ...fault });
    else inForce.set(keyOf(waiver.rule, waiver.subject), { waiver, index });
  });

  return {
    excuse: (rule, subject) => {
      const found = inForce.get(keyOf(rule, subject));
      if (found !== undefined) used.add(keyOf(rule, subject));
      return found?.waiver;
    },
    faults: () => [
      ...faults,
      ...[...inForce]
        .filter(([key, { waiver }]) => !used.has(key) && concerns(waiver, stacks))
        .map(([, { waiver, index }]) => ({
          index,
          subject: waiver.subject,
          got: `an unused waiver of ${waiver.rule}`,
          want: "a waiver that excuses a finding",
        }))
        .sort(byKey((f) => String(f.index).padStart(9, "0"))),
    ],
  };
}

const concerns = (waiver: Waiver, stacks: ReadonlySet<string>): boolean =>
  waiver.subject === "stack" || stacks.has(waiver.subject.split("::")[0] ?? "");

function faultOf(
  w: Waiver,
  rules: readonly Rule[],
  now: string,
): { readonly got: string; readonly want: string } | undefined {
  const rule = rules.find((r) => r.id === w.rule);
  if (rule === undefined) return { got: w.rule, want: "a rule of this pack" };
  if (NEVER_WAIVABLE.has(w.rule) || !rule.waivable) return { got: w.rule, want: "a rule that may be waived" };
  if (w.approver === w.owner)
    return { got: `approved by its owner ${w.owner}`, want: "an approver who is not the owner" };
  const left = Date.parse(`${w.expires}T23:59:59.999Z`) - Date.parse(now);
  if (!(left >= 0)) return { got: `expired on ${w.expires}`, want: "a day that has not passed" };
  if (left > (WAIVER_DAYS + 1) * DAY_MS) return { got: `until ${w.expires}`, want: `at most ${WAIVER_DAYS} days` };
  return undefined;
}
