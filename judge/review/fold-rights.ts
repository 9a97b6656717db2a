import { sortedUnique, stableJson } from "../../kernel/order.ts";
import { listed } from "../reports/wording.ts";
import { isNotKnown } from "./change.ts";
import { CARRIED_OUT, isDataRight, OWN_HAND } from "./hands.ts";
import type { Line } from "./lines.ts";

/**
 * One bucket that everybody may read lets whoever reads anything carry it out; one key more in one principal's hands is in the hands of all who
 * can take its place. A reader wants the cause, and how far it goes: what follows at second hand from one resource is one line, and
 * rights of one holder to the same things are one line too.
 */
export const foldRights = (lines: readonly Line[]): readonly Line[] =>
  together(together(lines, cause).flatMap(joined), holders).flatMap((group) => {
    const what = listed(sortedUnique(group.map(({ change }) => change.what)));
    return joined(group).map((line) => ({ ...line, change: { ...line.change, what } }));
  });

/** Lines of one key together, where the first of them stood; a line without a key stays alone. */
const together = (lines: readonly Line[], keyOf: (line: Line) => string | undefined): readonly (readonly Line[])[] => [
  ...Map.groupBy(lines, (line) => keyOf(line) ?? Symbol()).values(),
];

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

/** One line: the first, said of all that the others say it of, with the shortest witness. Of no line none. */
function joined(group: readonly Line[]): readonly Line[] {
  const [first] = group;
  if (first === undefined) return [];
  const paths = group.map(({ change }) => change.path);
  const change = {
    ...first.change,
    path: paths.reduce((best, path) => (path.length < best.length ? path : best)),
    refusedBy: sortedUnique(group.flatMap(({ change: { refusedBy } }) => refusedBy)),
  };
  return [
    {
      change,
      subjects: [...new Set(group.flatMap(({ subjects }) => subjects))],
      targets: [...new Set(group.flatMap(({ targets }) => targets))],
      changes: group.reduce((sum, { changes }) => sum + changes, 0),
    },
  ];
}
