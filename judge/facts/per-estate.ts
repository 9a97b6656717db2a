import type { Estate } from "./estate.ts";
import type { Resource } from "./observed.ts";

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

/** The same of what is asked of one resource at a time. */
export function perResource<T>(
  find: (resource: Resource, estate: Estate) => T,
): (resource: Resource, estate: Estate) => T {
  const found = perEstate(() => new Map<Resource, { readonly it: T }>());
  return (resource, estate) => {
    const known = found(estate);
    const before = known.get(resource);
    if (before !== undefined) return before.it;
    const it = find(resource, estate);
    known.set(resource, { it });
    return it;
  };
}
