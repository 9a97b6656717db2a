import type { Estate } from "./estate.ts";

/**
 * An index of an estate that several rules ask for, built once. An estate that still grows is indexed anew each time: what it
 * shows today is not kept.
 */
export function perEstate<T>(build: (estate: Estate) => T): (estate: Estate) => T {
  const built = new WeakMap<Estate, { readonly index: T }>();
  return (estate) => {
    const before = built.get(estate);
    if (before !== undefined) return before.index;
    const index = build(estate);
    if (!estate.partial) built.set(estate, { index });
    return index;
  };
}
