import type { DataRight, RightName } from "../graph/right.ts";
import { rightsOf } from "../graph/rights.ts";
import { type Change, NOT_KNOWN } from "./change.ts";
import { aspectOf, isDataRight } from "./hands.ts";
import { type Meaning, meaning } from "./meaning.ts";
import type { Seen } from "./seen.ts";

const RIGHTS: Readonly<Record<RightName, string>> = {
  read: "read",
  write: "write to",
  delete: "delete from",
  decrypt: "decrypt with",
  rules: "change the rules of",
  export: "take data out of",
};
/** Who can do what with which data, as the graph closes it over policies, groups, keys and the state; one meaning a right. */
export const dataRights = ({ estate }: Seen): readonly Meaning[] => rightsOf(estate).map(rightMeaning);

const rightMeaning = ({ principal, right, on, how, path, ground }: DataRight): Meaning =>
  meaning("right", aspectOf(right, how), ground === "unresolved" ? NOT_KNOWN : true, {
    subject: on,
    target: principal,
    property: path.at(-1)?.property ?? "",
    what: RIGHTS[right],
    path: path.map((grip) => grip.by),
  });

/** What a bucket's policy says is told by the right that follows from it, where one does. */
export function withoutRepeats(changes: readonly Change[]): readonly Change[] {
  const way = (c: Change): string => `${c.subject} ${c.after === undefined}`;
  const told = new Set(changes.filter(isDataRight).map(way));
  return changes.filter((c) => !(c.topic === "right" && c.aspect === "bucket" && told.has(way(c))));
}
