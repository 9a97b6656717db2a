/**
 * A value that may not be there yet. `Known<T>` is the only place in the code base that knows "unknown":
 * a rule that meets one answers *undecided* with its origin, never a guess.
 */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly from: Origin };

/** Where an unknown comes from: the property that is unknown and the resources (URNs) that will supply it. */
export interface Origin {
  readonly property: string;
  readonly suppliers: readonly string[];
}

export const known = <T>(value: T): Known<T> => ({ known: true, value });

export const unknown = <T>(property: string, suppliers: readonly string[] = []): Known<T> => ({
  known: false,
  from: { property, suppliers },
});

export const mapKnown = <T, U>(k: Known<T>, f: (value: T) => U): Known<U> => (k.known ? known(f(k.value)) : k);

/** All values, or the first unknown met: order of `ks` decides which origin is told. */
export function allKnown<T>(ks: readonly Known<T>[]): Known<readonly T[]> {
  const values: T[] = [];
  for (const k of ks) {
    if (!k.known) return k;
    values.push(k.value);
  }
  return known(values);
}
