import { sortedUnique, stableJson } from "../../kernel/order.ts";
import { isNotKnown } from "./change.ts";
import { CARRIED_OUT, isDataRight, OWN_HAND } from "./hands.ts";
import type { Line } from "./lines.ts";

/**
 * One bucket that everybody may read lets whoever reads anything carry it out; one key more in one principal's hands is in the hands of all who
 * can take its place. A reader wants the cause, and how far it goes: what follows at second hand from one resource is one line, and
 * rights of one holder to the same things are one line too.
 */
export const foldRights = (lines: readonly Line[]): readonly Line[] =>
  together(together(lines, cause).map(joined), holders).map((group) => ({
    ...joined(group),
    change: { ...joined(group).change, what: listed(sortedUnique(group.map(({ change }) => change.what))) },
  }));

type Group = readonly [Line, ...Line[]];

/** Lines of one key together, where the first of them stood; a line without a key stays alone. */
function together(lines: readonly Line[], keyOf: (line: Line) => string | undefined): readonly Group[] {
  const groups = new Map<string | symbol, Group>();
  for (const line of lines) {
    const key = keyOf(line) ?? Symbol();
    const [first, ...others] = groups.get(key) ?? [];
    groups.set(key, first === undefined ? [line] : [first, ...others, line]);
  }
  return [...groups.values()];
}

/** What one resource opened, the last one on the way; a right of one's own is told by itself. */
function cause({ change }: Line): string | undefined {
  const { aspect, risk, what, before, after, path, property } = change;
  if (!isDataRight(change) || aspect === OWN_HAND || isNotKnown(after)) return undefined;
  return stableJson([aspect, risk, aspect === CARRIED_OUT ? "" : what, before, after, path.at(-1) ?? property]);
}

/** Who holds it, and over what. */
function holders({ change, subjects, targets }: Line): string | undefined {
  const { aspect, risk, before, after, path } = change;
  if (!isDataRight(change) || isNotKnown(after)) return undefined;
  return stableJson([aspect, risk, before, after, path.at(-1), sortedUnique(subjects), sortedUnique(targets)]);
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;

/** The first line, said of all that the others say it of, with the shortest witness. */
const joined = ([first, ...others]: Group): Line => {
  const all = [first, ...others];
  const paths = all.map(({ change }) => change.path);
  return {
    change: {
      ...first.change,
      path: paths.reduce((best, path) => (path.length < best.length ? path : best)),
      refusedBy: sortedUnique(all.flatMap(({ change }) => change.refusedBy)),
    },
    subjects: [...new Set(all.flatMap(({ subjects }) => subjects))],
    targets: [...new Set(all.flatMap(({ targets }) => targets))],
    changes: all.reduce((sum, { changes }) => sum + changes, 0),
  };
};
