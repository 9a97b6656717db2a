import { stableJson } from "../../kernel/order.ts";
import type { Change } from "./change.ts";
import { foldRights } from "./fold-rights.ts";

/** Changes that say the same of several resources, or of every pair of some, told in one line. */
export interface Line {
  readonly change: Change;
  /** Every subject, the first one included. */
  readonly subjects: readonly string[];
  /** What each of them means it towards; empty where the change has none. */
  readonly targets: readonly string[];
  /** How many changes it tells. */
  readonly changes: number;
}

/** The line of one change alone. */
export const lineOf = (change: Change): Line => ({
  change,
  subjects: [change.subject],
  targets: change.target === undefined ? [] : [change.target],
  changes: 1,
});

interface Gathering {
  readonly change: Change;
  readonly subjects: string[];
  readonly targets: string[];
  changes: number;
}

/**
 * One line for what one line of the program says of many resources; the order of the changes is kept. Ways that one property opened alike between all of
 * some places are one line too: nobody reads what a rule for a whole range does to each pair.
 */
export function linesOf(changes: readonly Change[]): readonly Line[] {
  const alike = new Map<string, Change[]>();
  for (const change of changes) {
    const key = keyOf(change);
    alike.set(key, [...(alike.get(key) ?? []), change]);
  }
  const whole = new Map([...alike].flatMap(([key, list]) => (isEveryPair(list) ? [[key, list] as const] : [])));
  const lines = new Map<string, Gathering>();
  for (const change of changes) {
    const key = keyOf(change);
    const own = whole.has(key) ? key : stableJson([key, change.target]);
    const line = lines.get(own);
    const target = change.target === undefined ? [] : [change.target];
    if (line === undefined) lines.set(own, { change, subjects: [change.subject], targets: target, changes: 1 });
    else {
      line.changes += 1;
      if (!line.subjects.includes(change.subject)) line.subjects.push(change.subject);
      for (const one of target) if (!line.targets.includes(one)) line.targets.push(one);
    }
  }
  return foldRights([...lines.values()]);
}

/** Everything but who and towards what. */
function keyOf(change: Change): string {
  const { topic, aspect, risk, what, before, after, refusedBy, source } = change;
  const property = change.property.replace(/\[\d+\]/g, "");
  const kind = change.subject.split("::")[2] ?? change.subject;
  return stableJson([topic, aspect, risk, what, before, after, refusedBy, source, property, kind]);
}

/** Ways of several places to several ones, each to each but itself, by what one resource opened last. */
function isEveryPair(list: readonly Change[]): boolean {
  const [first] = list;
  if (first?.topic !== "path" || list.length < 3) return false;
  const opener = first.path.at(-1);
  const subjects = new Set(list.map((c) => c.subject));
  const targets = new Set(list.flatMap((c) => c.target ?? []));
  const itself = [...subjects].filter((subject) => targets.has(subject)).length;
  return list.length === subjects.size * targets.size - itself && list.every((c) => c.path.at(-1) === opener);
}
