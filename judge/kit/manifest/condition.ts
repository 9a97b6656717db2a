/**
 * What must hold of one manifest, as data: evaluated by the judge on what a program declares, and rendered for the API server
 * (CEL) from the same definition, so that neither door can say other than the other. What needs a second object, a clock or
 * the estate cannot be said here.
 */
export type Scalar = string | number | boolean;

/** A place in a manifest: a variable (`object`, or one that a quantifier binds) and the properties from there. */
export interface Place {
  readonly from: string;
  readonly steps: readonly string[];
}

export type Condition =
  /** Nothing is written there; an empty list or text counts as nothing. */
  | { readonly is: "unset"; readonly at: Place }
  /** One of these values; `unset` says whether nothing will do as well. */
  | { readonly is: "oneOf"; readonly at: Place; readonly values: readonly Scalar[]; readonly unset: boolean }
  /** An object with one of these properties. */
  | { readonly is: "has"; readonly at: Place; readonly keys: readonly string[] }
  /** A text in which the expression (RE2) finds a match. */
  | { readonly is: "matches"; readonly at: Place; readonly pattern: string; readonly unset: boolean }
  /** A text that begins with one of the environment's own values, e.g. of its registries. */
  | { readonly is: "begins"; readonly at: Place; readonly parameter: string }
  /** Every element of a list, bound to `as`. No list holds. */
  | { readonly is: "every"; readonly list: Place; readonly as: string; readonly holds: Condition }
  /** Some element of a list, bound to `as`. No list does not hold. */
  | { readonly is: "some"; readonly list: Place; readonly as: string; readonly holds: Condition }
  /** Every entry of a map whose key matches `keys` has a value that matches `values`. */
  | { readonly is: "entries"; readonly map: Place; readonly keys: string; readonly values: string }
  | { readonly is: "all"; readonly of: readonly Condition[] }
  | { readonly is: "any"; readonly of: readonly Condition[] }
  | { readonly is: "not"; readonly of: Condition };

export const unset = (at: Place): Condition => ({ is: "unset", at });
/** Written, and one of these. */
export const oneOf = (at: Place, ...values: readonly Scalar[]): Condition => ({
  is: "oneOf",
  at,
  values,
  unset: false,
});
/** One of these, or nothing. */
export const unsetOr = (at: Place, ...values: readonly Scalar[]): Condition => ({
  is: "oneOf",
  at,
  values,
  unset: true,
});
/** With one of these properties, written whatever they say. */
export const has = (at: Place, ...keys: readonly string[]): Condition => ({ is: "has", at, keys });
export const matches = (at: Place, pattern: string): Condition => ({ is: "matches", at, pattern, unset: false });
export const begins = (at: Place, parameter: string): Condition => ({ is: "begins", at, parameter });
export const allOf = (...of: readonly Condition[]): Condition => ({ is: "all", of });
export const anyOf = (...of: readonly Condition[]): Condition => ({ is: "any", of });
export const not = (of: Condition): Condition => ({ is: "not", of });

export function every(list: Place, as: string, holds: Condition): Condition {
  return { is: "every", list, as, holds };
}
export function some(list: Place, as: string, holds: Condition): Condition {
  return { is: "some", list, as, holds };
}
export const entries = (map: Place, keys: string, values: string): Condition => ({ is: "entries", map, keys, values });

/** A typed way into objects of the SDK's interface `A`: a property that does not exist does not compile. */
export interface Way<A> {
  <K1 extends keyof A & string>(k1: K1): Place;
  <K1 extends keyof A & string, K2 extends Keys<A, K1>>(k1: K1, k2: K2): Place;
  <K1 extends keyof A & string, K2 extends Keys<A, K1>, K3 extends Keys<At<A, K1>, K2>>(k1: K1, k2: K2, k3: K3): Place;
  <
    K1 extends keyof A & string,
    K2 extends Keys<A, K1>,
    K3 extends Keys<At<A, K1>, K2>,
    K4 extends Keys<At<At<A, K1>, K2>, K3>,
  >(
    k1: K1,
    k2: K2,
    k3: K3,
    k4: K4,
  ): Place;
}

type Promised<T> = T extends { then: (...args: never[]) => unknown } | { apply: (...args: never[]) => unknown }
  ? never
  : T;
type At<A, K extends keyof A> = NonNullable<Promised<A[K]>>;
type Keys<A, K> = K extends keyof A ? keyof At<A, K> & string : never;

/** Places below `from`, which is the whole manifest (`object`), a part of it, or a variable. */
export const way =
  <A>(from: string, ...prefix: readonly string[]): Way<A> =>
  (...steps: readonly string[]) => ({ from, steps: [...prefix, ...steps] });
