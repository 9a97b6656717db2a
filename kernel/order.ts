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

/** A value with its keys in order at every depth: itself where they are, as in most values. */
export function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return listInOrder(value);
  return isRecord(value) ? recordInOrder(value) : value;
}

function listInOrder(list: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let i = 0; i < list.length; i += 1) {
    const item = inOrder(list[i]);
    if (item === list[i]) continue;
    copy ??= [...list];
    copy[i] = item;
  }
  return copy ?? list;
}

function recordInOrder(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const keys = Object.keys(record);
  let same = true;
  for (let i = 0; i < keys.length && same; i += 1) {
    const key = keys[i] ?? "";
    same = (i === 0 || (keys[i - 1] ?? "") < key) && inOrder(record[key]) === record[key];
  }
  return same ? record : Object.fromEntries(keys.sort(byText).map((key) => [key, inOrder(record[key])]));
}

/** What is written key by key: neither a list nor what says itself how it is written. */
const isRecord = (value: object): value is Readonly<Record<string, unknown>> =>
  !Array.isArray(value) && !("toJSON" in value);

/** JSON with object keys sorted at every depth; `indent` in spaces, 0 for one line. */
export const stableJson = (value: unknown, indent = 0): string => JSON.stringify(inOrder(value), undefined, indent);

/** The distinct items, in canonical order. */
export const sortedUnique = (items: Iterable<string>): readonly string[] =>
  Array.isArray(items) && items.length < 2 ? items : [...new Set(items)].sort(byText);
