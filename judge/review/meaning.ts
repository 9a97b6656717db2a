import type { Known } from "../../kernel/known.ts";
import { NOT_KNOWN, type Topic, type Value } from "./change.ts";

/**
 * One thing that an estate means: about what, by which property, how much. An estate becomes a set of these; what a change
 * means is the difference between two sets. A meaning whose absence is the good case is `true` or absent.
 */
export interface Meaning {
  readonly topic: Topic;
  readonly aspect: string;
  readonly subject: string;
  readonly property: string;
  readonly what: string;
  readonly value: Value;
  /** What the subject means it towards: another resource, or a place of the graph. */
  readonly target?: string;
  readonly path?: readonly string[];
  /** Of the whole estate: the subject is only its first witness, and another witness is no change. */
  readonly whole?: boolean;
}

type Rest = Pick<Meaning, "subject" | "property"> & Partial<Pick<Meaning, "what" | "target" | "path" | "whole">>;

export const meaning = (topic: Topic, aspect: string, value: Value, rest: Rest): Meaning => ({
  topic,
  aspect,
  value,
  what: "",
  ...rest,
});

/** Something that is open: told when it is, or when nobody can know; not told when it is not. */
export const opening = (topic: Topic, aspect: string, open: Known<boolean>, rest: Rest): readonly Meaning[] => {
  if (!open.known) return [meaning(topic, aspect, NOT_KNOWN, rest)];
  return open.value ? [meaning(topic, aspect, true, rest)] : [];
};

/** A value of which there is one; absent where it is not set. */
export const valued = (
  topic: Topic,
  aspect: string,
  value: Known<string | number | boolean | undefined>,
  rest: Rest,
): readonly Meaning[] => {
  if (!value.known) return [meaning(topic, aspect, NOT_KNOWN, rest)];
  return value.value === undefined ? [] : [meaning(topic, aspect, value.value, rest)];
};

/** Members of a set, each a meaning of its own; a set that is not known is one unknown member. */
export const members = (
  topic: Topic,
  aspect: string,
  found: Known<readonly string[]>,
  rest: Rest,
): readonly Meaning[] =>
  found.known
    ? [...new Set(found.value)].map((what) => meaning(topic, aspect, true, { ...rest, what }))
    : [meaning(topic, aspect, NOT_KNOWN, rest)];
