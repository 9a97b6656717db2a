import type { Store } from "./store.ts";

/**
 * The platform's time: the machine's plus an offset that only ever grows, or, while it is held, an instant that moves only when
 * told to. Scheduled deletions, expiry and retention follow it, so a week passes in a call. Both are kept in the store.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** ISO instant with microseconds, as the API writes it. */
  stamp(): string;
  /** Moves it forward, held or not. @throws RangeError for a step back. */
  advance(milliseconds: number): void;
  readonly held: boolean;
  /** Time stands still until it is advanced or let go. */
  hold(): void;
  /** Time goes on from where it stands. */
  release(): void;
  /** Reads the store anew, after something else wrote it. */
  reload(): void;
}

/** @param milliseconds since the epoch. @returns an ISO instant with microseconds, as the API writes it. */
export const stampOf = (milliseconds: number): string => new Date(milliseconds).toISOString().replace("Z", "000Z");

const OFFSET = "clock.offset";
const HELD = "clock.held";

export function openClock(store: Store, machine: () => number = Date.now): Clock {
  let offset = 0;
  let held: number | undefined;
  const reload = (): void => {
    offset = Number(store.meta.get(OFFSET) ?? "0");
    const kept = store.meta.get(HELD) ?? "";
    held = kept === "" ? undefined : Number(kept);
  };
  reload();
  const now = (): number => held ?? machine() + offset;
  const hold = (at: number | undefined): void => {
    held = at;
    store.meta.set(HELD, at === undefined ? "" : String(at));
  };
  const shift = (by: number): void => {
    offset = by;
    store.meta.set(OFFSET, String(by));
  };
  return {
    now,
    stamp: () => stampOf(now()),
    get held() {
      return held !== undefined;
    },
    advance: (milliseconds) => {
      if (!(milliseconds >= 0)) throw new RangeError(`time only goes forward, got ${milliseconds} ms`);
      if (held === undefined) shift(offset + milliseconds);
      else hold(held + milliseconds);
    },
    hold: () => hold(now()),
    release: () => {
      if (held === undefined) return;
      shift(held - machine());
      hold(undefined);
    },
    reload,
  };
}
