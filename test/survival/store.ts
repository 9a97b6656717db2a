import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What the local Scaleway of a work folder holds, looked at from outside while it runs or after. */
export function query(work: string, sql: string): readonly Readonly<Record<string, unknown>>[] {
  const database = new DatabaseSync(join(work, "local", "scaleway.sqlite"), { readOnly: true });
  try {
    database.exec("PRAGMA busy_timeout = 5000");
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

const CALLS = "SELECT coalesce(sum(requests), 0) AS n FROM egress_calls";

/** Calls that were answered since the store was made. */
export const ledgerCalls = (work: string): number => Number(query(work, CALLS)[0]?.n);

/** Asks again and again, cheaply, until so many calls were answered. */
export function watchCalls(work: string): { calls(): number; close(): void } {
  const database = new DatabaseSync(join(work, "local", "scaleway.sqlite"), { readOnly: true });
  database.exec("PRAGMA busy_timeout = 5000");
  const statement = database.prepare(CALLS);
  return { calls: () => Number(statement.get()?.n), close: () => database.close() };
}
