import type { Store } from "./store.ts";

/**
 * The platform's time: the machine's plus an offset that only ever grows. Scheduled deletions, expiry and retention follow
 * it, so a week passes in a call. The offset is kept in the store.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** ISO instant with microseconds, as the API writes it. */
  stamp(): string;
  advance(milliseconds: number): void;
}

const OFFSET = "clock.offset";

export function openClock(store: Store, machine: () => number = Date.now): Clock {
  let offset = Number(store.meta.get(OFFSET) ?? "0");
  const now = (): number => machine() + offset;
  return {
    now,
    stamp: () => new Date(now()).toISOString().replace("Z", "000Z"),
    advance: (milliseconds) => {
      if (!(milliseconds >= 0)) throw new RangeError(`time only goes forward, got ${milliseconds} ms`);
      offset += milliseconds;
      store.meta.set(OFFSET, String(offset));
    },
  };
}
