import { z } from "zod";
import { endOf, isFromTheFuture } from "./attestations.ts";
import type { Verdict } from "./verdict.ts";

/** Longest life of a baseline, in days (own parameter): time to mend what was found, not to get used to it. */
export const BASELINE_DAYS = 180;

const text = z.string().min(1);

/** What an estate violated on the day when the judge came. One line a finding, by rule, subject and property. */
export const baselineSchema = z.strictObject({
  schema: z.literal("bastide.baseline/1"),
  issued: z.iso.date(),
  /** Last day (UTC) on which old findings don't block. */
  expires: z.iso.date(),
  owner: text,
  findings: z.array(z.strictObject({ rule: text, subject: text, property: z.string() })),
});
export type Baseline = z.infer<typeof baselineSchema>;

export interface OldFindings {
  /** In words, the ground on which an old finding does not block; `undefined` for a new one. */
  excuse(rule: string, subject: string, property: string): string | undefined;
  /** Why the baseline as a whole excuses nothing; `undefined` when it is in force. */
  readonly fault: { readonly got: string; readonly want: string } | undefined;
  /** Old findings that are gone. */
  gone(): number;
}

const DAY_MS = 86_400_000;

function faultOf(b: Baseline, now: string): OldFindings["fault"] {
  if (isFromTheFuture(b.issued, now)) return { got: `issued on ${b.issued}`, want: `a day up to ${now.slice(0, 10)}` };
  if (!(endOf(b.expires) >= Date.parse(now)))
    return { got: `expired on ${b.expires}`, want: "a day that has not passed" };
  const life = Date.parse(`${b.expires}T00:00:00Z`) - Date.parse(`${b.issued}T00:00:00Z`);
  return life > BASELINE_DAYS * DAY_MS
    ? { got: `from ${b.issued} until ${b.expires}`, want: `at most ${BASELINE_DAYS} days` }
    : undefined;
}

/** The baseline of the law at the instant `now`; none excuses nothing and has no fault. */
export function oldFindings(baseline: Baseline | null, now: string): OldFindings {
  const fault = baseline === null ? undefined : faultOf(baseline, now);
  const open = new Set(baseline === null || fault !== undefined ? [] : baseline.findings.map(keyOf));
  const met = new Set<string>();
  return {
    fault,
    excuse: (rule, subject, property) => {
      const key = keyOf({ rule, subject, property });
      if (!open.has(key) || baseline === null) return undefined;
      met.add(key);
      return `in the baseline of ${baseline.issued} (${baseline.owner}, until ${baseline.expires})`;
    },
    gone: () => open.size - met.size,
  };
}

const keyOf = (f: Baseline["findings"][number]): string => [f.rule, f.subject, f.property].join("\n");

/** What blocks today, as a baseline. `may` tells which rules it may hold: the others block whatever it says. */
export const baselineFrom = (
  verdict: Verdict,
  owner: string,
  expires: string,
  may: (rule: string) => boolean,
): Baseline => ({
  schema: "bastide.baseline/1",
  issued: verdict.now.slice(0, 10),
  expires,
  owner,
  findings: verdict.findings
    .filter((f) => f.outcome === "fail" && may(f.rule))
    .map(({ rule, subject, property }) => ({ rule, subject, property })),
});
