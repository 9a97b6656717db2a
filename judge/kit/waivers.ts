import { z } from "zod";
import { byKey, sortedUnique } from "../../kernel/order.ts";
import { endOf, isFromTheFuture } from "./attestations.ts";
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
  schema: z.literal("bastide.waiver/1"),
  environment: text,
  rule: text,
  /** One URN; a pattern or a list would excuse more than was looked at. */
  subject: z.string().regex(/^(urn:pulumi:[^*]+|stack)$/, { error: "one URN, or `stack`" }),
  /** Dotted path. Absent: the one property that the rule objects to; more than one makes the waiver overbroad. */
  property: text.optional(),
  reason: text,
  /** Who answers for the exception. */
  owner: text,
  /** Who wrote it down. */
  author: text,
  /** Who agreed; declared here, attested only by the forge's own record of the review. */
  approver: text,
  issued: day,
  /** Last day (UTC) on which it holds. */
  expires: day,
});
export type Waiver = z.infer<typeof waiverSchema>;

/** A waiver that excuses nothing, or too much, and why. */
export interface WaiverFault {
  readonly index: number;
  readonly subject: string;
  readonly got: string;
  readonly want: string;
}

export interface Waivers {
  /** The waiver that excuses this rule on this property of this subject, if one is in force. */
  excuse(rule: string, subject: string, property: string): Waiver | undefined;
  /**
   * Malformed, expired, from the future, too long, approved by who wrote or owns it, of a rule that can't be waived; those
   * that were not needed, and those that turned out to excuse more than one property.
   */
  faults(): readonly WaiverFault[];
}

const DAY_MS = 86_400_000;

interface InForce {
  readonly waiver: Waiver;
  readonly index: number;
  readonly excused: Set<string>;
}

/**
 * The waivers of the law at the instant `now`. Each one is used or it is a fault; one whose subject belongs to a stack that is
 * not among `stacks` is neither, because this estate can't need it.
 */
export function waiversOf(
  entries: readonly unknown[],
  rules: readonly Rule[],
  stacks: ReadonlySet<string>,
  now: string,
): Waivers {
  const faults: WaiverFault[] = [];
  const inForce = new Map<string, InForce[]>();
  const keyOf = (rule: string, subject: string): string => `${rule} ${subject}`;

  entries.forEach((entry, index) => {
    const parsed = waiverSchema.safeParse(entry);
    if (!parsed.success) {
      const got = parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; ");
      faults.push({ index, subject: "stack", got, want: "bastide.waiver/1" });
      return;
    }
    const waiver = parsed.data;
    const fault = faultOf(waiver, rules, now);
    if (fault !== undefined) {
      faults.push({ index, subject: waiver.subject, ...fault });
      return;
    }
    const key = keyOf(waiver.rule, waiver.subject);
    inForce.set(key, [...(inForce.get(key) ?? []), { waiver, index, excused: new Set() }]);
  });

  return {
    excuse: (rule, subject, property) => {
      const all = inForce.get(keyOf(rule, subject)) ?? [];
      const found = all.find((w) => w.waiver.property === property) ?? all.find((w) => w.waiver.property === undefined);
      found?.excused.add(property);
      return found?.waiver;
    },
    faults: () => [
      ...faults,
      ...[...inForce.values()]
        .flat()
        .flatMap((w) => afterwards(w, stacks))
        .sort(byKey((f) => String(f.index).padStart(9, "0"))),
    ],
  };
}

/** What only the whole judgement tells: whether a waiver was needed, and how much it excused. */
function afterwards({ waiver, index, excused }: InForce, stacks: ReadonlySet<string>): readonly WaiverFault[] {
  const { rule, subject } = waiver;
  if (excused.size > 1) {
    const got = `a waiver of ${rule} that excuses ${sortedUnique(excused).join(", ")}`;
    return [{ index, subject, got, want: "one waiver for each property" }];
  }
  if (excused.size === 1 || !concerns(waiver, stacks)) return [];
  return [{ index, subject, got: `an unused waiver of ${rule}`, want: "a waiver that excuses a finding" }];
}

const concerns = (waiver: Waiver, stacks: ReadonlySet<string>): boolean =>
  waiver.subject === "stack" || stacks.has(waiver.subject.split("::")[0] ?? "");

/** True for rules that neither a waiver nor a baseline excuses. */
export const isNeverWaivable = (rule: Pick<Rule, "id" | "waivable">): boolean =>
  NEVER_WAIVABLE.has(rule.id) || !rule.waivable;

function faultOf(
  w: Waiver,
  rules: readonly Rule[],
  now: string,
): { readonly got: string; readonly want: string } | undefined {
  const rule = rules.find((r) => r.id === w.rule);
  if (rule === undefined) return { got: w.rule, want: "a rule of this pack" };
  if (isNeverWaivable(rule)) return { got: w.rule, want: "a rule that may be waived" };
  if (w.approver === w.author)
    return { got: `approved by its author ${w.author}`, want: "an approver who is not the author" };
  if (w.approver === w.owner)
    return { got: `approved by its owner ${w.owner}`, want: "an approver who is not the owner" };
  if (isFromTheFuture(w.issued, now)) {
    return { got: `issued on ${w.issued}`, want: `a day up to ${now.slice(0, 10)}: see the file, or the clock` };
  }
  const left = endOf(w.expires) - Date.parse(now);
  if (!(left >= 0)) return { got: `expired on ${w.expires}`, want: "a day that has not passed" };
  const life = Date.parse(`${w.expires}T00:00:00.000Z`) - Date.parse(`${w.issued}T00:00:00.000Z`);
  if (left > (WAIVER_DAYS + 1) * DAY_MS || life > WAIVER_DAYS * DAY_MS) {
    return { got: `from ${w.issued} until ${w.expires}`, want: `at most ${WAIVER_DAYS} days` };
  }
  return undefined;
}
