import type { How, RightName } from "../graph/right.ts";
import { ANYONE } from "../graph/right.ts";
import type { Change } from "./change.ts";

/** Aspect of a right over data that its holder has of its own. */
export const OWN_HAND = "data";
/** Aspect of what may be carried where strangers can fetch it, by whom it may be read. */
export const CARRIED_OUT = "data carried out";

const SECOND_HAND: Readonly<Record<Exclude<How, "granted">, string>> = {
  credential: "data by another principal's key",
  state: "data by reading the engine's state",
  cluster: "data by what runs or lies in a cluster",
};

export const aspectOf = (right: RightName, how: How): string =>
  right === "export" ? CARRIED_OUT : how === "granted" ? OWN_HAND : SECOND_HAND[how];

const ASPECTS: ReadonlySet<string> = new Set([OWN_HAND, CARRIED_OUT, ...Object.values(SECOND_HAND)]);

export const isDataRight = ({ topic, aspect }: Pick<Change, "topic" | "aspect">): boolean =>
  topic === "right" && ASPECTS.has(aspect);

/** What everybody can do before what somebody can; a right of one's own before what follows from it. */
export const handOrder = (change: Change): number => {
  if (!isDataRight(change)) return 0;
  if (change.aspect === OWN_HAND) return change.target === ANYONE ? -1 : 0;
  return change.aspect === CARRIED_OUT ? 1 : 2;
};
