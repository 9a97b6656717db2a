/**
 * Indexes with several values under a key. They are filled in place: copying a list for each value that joins it takes the square
 * of their number.
 */

/** Puts a value behind those that the key has. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Items by key, some of them under every key. */
export interface OrderedIndex<T> {
  /** Items under any of these keys and those under every key, in the order in which they came. */
  readonly under: (keys: readonly string[]) => readonly T[];
}

/** Indexes items by the keys that `keysOf` gives. */
export function orderedIndex<T>(items: readonly T[], keysOf: (item: T) => Iterable<string> | "every"): OrderedIndex<T> {
  const everywhere: number[] = [];
  const at = new Map<string, number[]>();
  items.forEach((item, position) => {
    const keys = keysOf(item);
    if (keys === "every") everywhere.push(position);
    else for (const key of keys) push(at, key, position);
  });
  return {
    under: (keys) => {
      const positions = new Set([...everywhere, ...keys.flatMap((key) => at.get(key) ?? [])]);
      return [...positions].sort((a, b) => a - b).flatMap((position) => items[position] ?? []);
    },
  };
}
