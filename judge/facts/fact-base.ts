import type { Known } from "../../kernel/known.ts";

/** What every fact has: its kind, and the URN of the resource that gave it. */
export interface Base<K extends string> {
  readonly kind: K;
  readonly urn: string;
}

/** A property that decides, with what was read and the path that a finding names. */
export interface Reading<T> {
  readonly property: string;
  readonly value: Known<T>;
}
