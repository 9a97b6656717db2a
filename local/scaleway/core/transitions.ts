import type { Platform } from "./platform.ts";
import type { Store } from "./store.ts";

/**
 * What happens later by itself: a gateway that comes up, a key whose deletion was scheduled. A call that begins such a change
 * notes it with `later`; it is carried out before the first API call at or after its time on the platform's clock, in the
 * order in which changes fall due. With no delay (the default) that is the next call, whichever resource it is about.
 */
export interface Transitions {
  /** Notes a change of this record, in the place of one noted before. */
  schedule(kind: string, id: string, due: number): void;
  cancel(kind: string, id: string): void;
  /** Whether a change is due. */
  due(now: number): boolean;
  /** Takes the next change that is due off the list, of the ids that `may` go on; undefined when there is none. */
  take(now: number, may: (id: string) => boolean): { readonly kind: string; readonly id: string } | undefined;
}

/** Carries out the noted change of one record: writes its next state, or removes it. The record may be gone by then. */
export type Settle = (platform: Platform, id: string) => void;

export function openTransitions({ database }: Store): Transitions {
  database.exec(`
    CREATE TABLE IF NOT EXISTS transitions (
      kind TEXT NOT NULL, id TEXT NOT NULL, due REAL NOT NULL, PRIMARY KEY (kind, id)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS transitions_by_due ON transitions (due)`);
  const note = database.prepare(
    "INSERT INTO transitions VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET due = excluded.due",
  );
  const forget = database.prepare("DELETE FROM transitions WHERE kind = ? AND id = ?");
  const next = database.prepare("SELECT 1 FROM transitions WHERE due <= ? LIMIT 1");
  const all = database.prepare("SELECT kind, id FROM transitions WHERE due <= ? ORDER BY due, rowid");
  return {
    schedule: (kind, id, due) => {
      note.run(kind, id, due);
    },
    cancel: (kind, id) => {
      forget.run(kind, id);
    },
    due: (now) => next.get(now) !== undefined,
    take: (now, may) => {
      const row = all.all(now).find(({ id }) => may(String(id)));
      if (row === undefined) return undefined;
      const taken = { kind: String(row.kind), id: String(row.id) };
      forget.run(taken.kind, taken.id);
      return taken;
    },
  };
}

/** A chain of changes is a handful of steps; more than this at once is a service that never comes to rest. */
const MAX_STEPS = 10_000;

const EVERYTHING = (): boolean => true;

/** Carries out every change that is due, each in a transaction of its own. @param may which ids go on. Default: all. */
export function settleDue(
  platform: Platform,
  settlers: ReadonlyMap<string, Settle>,
  may: (id: string) => boolean = EVERYTHING,
): void {
  const { store, clock, transitions } = platform;
  for (let step = 0; transitions.due(clock.now()); step += 1) {
    if (step === MAX_STEPS) throw new Error("transitions do not come to rest");
    const went = store.transaction(() => {
      const taken = transitions.take(clock.now(), may);
      if (taken === undefined) return false;
      const settle = settlers.get(taken.kind);
      if (settle === undefined) throw new Error(`nothing says how ${taken.kind} goes on`);
      settle(platform, taken.id);
      return true;
    });
    if (!went) return;
  }
}
