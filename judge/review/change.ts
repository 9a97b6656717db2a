import type { Door } from "../facts/raw.ts";

/** How a change is to be treated, worst first: what the law refuses, what may lose data, what a person must read, the rest. */
export const RISKS = ["refused", "needs consent", "needs review", "low", "none"] as const;
export type Risk = (typeof RISKS)[number];

/** What a change is about, most harmful first among changes of one risk. */
export const TOPICS = [
  "loss",
  "exposure",
  "path",
  "right",
  "residency",
  "custody",
  "retention",
  "protection",
  "code",
  "store",
  "law",
  "unknown",
  "verdict",
] as const;
export type Topic = (typeof TOPICS)[number];

/** A value that is not known before it is applied. */
export interface NotKnown {
  readonly unknown: true;
}
export type Value = string | number | boolean | NotKnown;

export const NOT_KNOWN: NotKnown = { unknown: true };
export const isNotKnown = (value: Value | undefined): value is NotKnown => typeof value === "object";

/** One thing that means something else after a change than before it: facts only, words are the renderers'. */
export interface Change {
  readonly topic: Topic;
  /** Which kind of change of the topic; a key of the table of words. */
  readonly aspect: string;
  readonly risk: Risk;
  /** URN, `law` or `stack`. */
  readonly subject: string;
  readonly property: string;
  /** What of the aspect: a source range, a principal with its right. Empty when the aspect has one value. */
  readonly what: string;
  /** What the subject means it towards, e.g. whom it can reach: a URN or a place of the graph. */
  readonly target?: string;
  /** Absent: it was not there. */
  readonly before?: Value;
  /** Absent: it is no longer there. */
  readonly after?: Value;
  /** URNs or properties that lead there, in order. */
  readonly path: readonly string[];
  /** Mandatory rules that refuse it. */
  readonly refusedBy: readonly string[];
  readonly source?: { readonly file: string; readonly line: number };
}

/** One of the two things compared. */
export interface SideInfo {
  /** As the caller named it: a file's name, a stack, a revision. Never a path of the machine. */
  readonly name: string;
  readonly subject: string;
  readonly door: Door;
  /** Digest of the law that belongs to this side. */
  readonly law: string;
  readonly outcome: "pass" | "fail" | "undecided" | "nothing";
  readonly resources: number;
  readonly notSeen: readonly string[];
}

/** `bastide.review/1`: what a change means. Same sides, same bytes. */
export interface Review {
  readonly schema: "bastide.review/1";
  readonly base: SideInfo;
  readonly head: SideInfo;
  /** Worst risk of all changes; `none` when nothing changed in meaning. */
  readonly risk: Risk;
  readonly counts: Readonly<Record<Risk, number>>;
  /** By harm. */
  readonly changes: readonly Change[];
  /** What could not be compared, and so is not told. */
  readonly notCompared: readonly string[];
}
