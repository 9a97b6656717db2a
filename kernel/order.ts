/**
 * Canonical order and stable JSON: equal facts give equal bytes, whatever the order they were met in, the locale or the
 * time zone. Comparison is by UTF-16 code unit, never by locale.
 */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Comparator on the text that `key` gives; ties keep their order. */
export const byKey =
  <T>(key: (item: T) => string) =>
  (a: T, b: T): number =>
    byText(key(a), key(b));

const sortKeys = (_: string, value: unknown): unknown => {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  // Most objects are written in order: only the others are copied.
  if (keys.every((key, i) => i === 0 || (keys[i - 1] ?? "") < key)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => byText(a, b)));
};

/** JSON with object keys sorted at every depth; `indent` in spaces, 0 for one line. */
export const stableJson = (value: unknown, indent = 0): string => JSON.stringify(value, sortKeys, indent);

/** The distinct items, in canonical order. */
export const sortedUnique = (items: Iterable<string>): readonly string[] => [...new Set(items)].sort(byText);
