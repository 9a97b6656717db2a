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

/** Whether keys are in order at every depth: of most values, and those need no copy. */
function isInOrder(value: unknown): boolean {
  if (value === null || typeof value !== "object") return true;
  if (!isRecord(value)) return !Array.isArray(value) || value.every(isInOrder);
  let before = "";
  for (const key of Object.keys(value)) {
    if (key < before || !isInOrder(value[key])) return false;
    before = key;
  }
  return true;
}

/** A value with its keys in order at every depth. */
function inOrder(value: unknown): unknown {
  if (isInOrder(value)) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== "object" || !isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort(byText)
      .map((key) => [key, inOrder(value[key])]),
  );
}

/** What is written key by key: neither a list nor what says itself how it is written. */
const isRecord = (value: object): value is Readonly<Record<string, unknown>> =>
  !Array.isArray(value) && !("toJSON" in value);

/** JSON with object keys sorted at every depth; `indent` in spaces, 0 for one line. */
export const stableJson = (value: unknown, indent = 0): string => JSON.stringify(inOrder(value), undefined, indent);

/** The distinct items, in canonical order. */
export const sortedUnique = (items: Iterable<string>): readonly string[] => [...new Set(items)].sort(byText);
