import { stableJson } from "../../kernel/order.ts";
import { covers } from "../graph/traffic-text.ts";
import type { Change, Value } from "./change.ts";
import { isNotKnown } from "./change.ts";
import type { Match } from "./match.ts";
import type { Meaning } from "./meaning.ts";
import { weigh } from "./risk.ts";

/** Told of a store when it appears, and so not once more one by one when nothing in them is for a person. */
const PARTS_OF_A_STORE: ReadonlySet<string> = new Set(["custody", "retention", "protection", "residency", "code"]);

/**
 * Opened further: what was open before is told as what it was, not as if it had closed. Answers are not told beside what is open, so they are not said to
 * have closed either.
 */
const isWider = (m: Meaning, before: Value | undefined): boolean =>
  m.topic === "path" &&
  before !== undefined &&
  (covers(String(m.value), String(before)) || (isAnswers(String(before)) && !isAnswers(String(m.value))));

const isAnswers = (traffic: string): boolean => traffic.split("; ").every((part) => part.startsWith("answers of "));

const keyOf = (m: Meaning, urn: (urn: string) => string): string =>
  `${m.topic}\n${m.aspect}\n${m.whole === true ? "" : urn(m.subject)}\n${urn(m.target ?? "")}\n${m.what}`;

const index = (meanings: readonly Meaning[], urn: (urn: string) => string): Map<string, Meaning> => {
  const found = new Map<string, Meaning>();
  for (const m of meanings) {
    const key = keyOf(m, urn);
    const before = found.get(key);
    // Said twice and differently: what nobody can know comes first, else both are told.
    if (before === undefined || isNotKnown(m.value)) found.set(key, m);
    else if (!isNotKnown(before.value) && stableJson(before.value) !== stableJson(m.value)) {
      found.set(key, { ...before, value: `${String(before.value)} and ${String(m.value)}` });
    }
  }
  return found;
};

/**
 * The difference of two sets of meanings. Order, positions in lists and labels are no part of a meaning, so nothing is said
 * when only they changed. What was not known before and is known now is told only if it is something to tell by itself.
 */
export function differences(
  base: readonly Meaning[],
  head: readonly Meaning[],
  { key, gone, added }: Match,
): readonly Change[] {
  const before = index(base, (urn) => urn);
  const after = index(head, key);
  const lost = new Set(gone.map((r) => r.urn));
  const fresh = new Set(added.map((r) => r.urn));
  const changes: Change[] = [];
  for (const [k, m] of after) {
    const old = before.get(k);
    if (old !== undefined && stableJson(old.value) === stableJson(m.value)) continue;
    const was = old === undefined || isNotKnown(old.value) ? undefined : old.value;
    const risk = weigh({ topic: m.topic, aspect: m.aspect, before: was, after: m.value });
    if (risk === "none" && (old !== undefined ? isNotKnown(old.value) : true) && PARTS_OF_A_STORE.has(m.topic))
      continue;
    if (fresh.has(m.subject) && PARTS_OF_A_STORE.has(m.topic) && !m.whole && risk !== "needs review") continue;
    if (fresh.has(m.subject) && ["residency", "code"].includes(m.topic) && !m.whole) continue;
    changes.push(change(m, risk, was, m.value));
  }
  for (const [k, m] of before) {
    if (after.has(k) || isNotKnown(m.value)) continue;
    // What stood with a thing goes with it: its loss is told by itself.
    if (lost.has(m.subject) && !m.whole && (PARTS_OF_A_STORE.has(m.topic) || m.topic === "store")) continue;
    const risk = weigh({ topic: m.topic, aspect: m.aspect, before: m.value, after: undefined });
    changes.push(change(m, risk, m.value, undefined));
  }
  return changes;
}

const change = (m: Meaning, risk: Change["risk"], before: Change["before"], after: Change["after"]): Change => ({
  topic: m.topic,
  aspect: after !== undefined && isWider(m, before) ? `${m.aspect} more` : m.aspect,
  risk,
  subject: m.subject,
  property: m.property,
  what: m.what,
  ...(m.target === undefined ? {} : { target: m.target }),
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
  path: m.path ?? [],
  refusedBy: [],
});
