import type { Range } from "./packets.ts";

/** Finds what overlaps a range among many, in O(log n + found): a balanced tree over sorted ranges, each node with its latest end. */
export interface IntervalIndex<T> {
  /** In the order in which the items were given. */
  overlapping(range: Range): readonly T[];
}

interface Entry<T> {
  readonly range: Range;
  readonly item: T;
  readonly order: number;
}

export function intervalIndex<T>(items: readonly { readonly range: Range; readonly item: T }[]): IntervalIndex<T> {
  const sorted: readonly Entry<T>[] = items
    .map(({ range, item }, order) => ({ range, item, order }))
    .sort((a, b) => (a.range[0] < b.range[0] ? -1 : a.range[0] > b.range[0] ? 1 : a.order - b.order));
  const latest: bigint[] = new Array<bigint>(sorted.length);

  function build(low: number, high: number): bigint {
    if (low >= high) return -1n;
    const middle = (low + high) >> 1;
    const own = sorted[middle]?.range[1] ?? -1n;
    const last = [build(low, middle), build(middle + 1, high)].reduce((a, b) => (a > b ? a : b), own);
    latest[middle] = last;
    return last;
  }
  build(0, sorted.length);

  function collect(low: number, high: number, range: Range, found: Entry<T>[]): void {
    if (low >= high) return;
    const middle = (low + high) >> 1;
    const entry = sorted[middle];
    if (entry === undefined || (latest[middle] ?? -1n) < range[0]) return;
    collect(low, middle, range, found);
    if (entry.range[0] > range[1]) return;
    if (entry.range[1] >= range[0]) found.push(entry);
    collect(middle + 1, high, range, found);
  }

  return {
    overlapping: (range) => {
      const found: Entry<T>[] = [];
      collect(0, sorted.length, range, found);
      return found.sort((a, b) => a.order - b.order).map((entry) => entry.item);
    },
  };
}
