export const isEmpty = (changes: Readonly<Record<string, number>>): boolean => Object.keys(changes).length === 0;

/** Operations by kind, for people: `3 to create, 1 to delete`. */
export const describeChanges = (changes: Readonly<Record<string, number>>): string =>
  isEmpty(changes)
    ? "no change"
    : Object.entries(changes)
        .map(([op, n]) => `${n} to ${op}`)
        .join(", ");
