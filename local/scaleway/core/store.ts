import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * The whole state of the local Scaleway: one SQLite file, one writer. Every API call runs in a transaction of its own
 * (`BEGIN IMMEDIATE` … `COMMIT`), so a killed process leaves either all of a call or nothing of it.
 */
export interface Store {
  readonly database: DatabaseSync;
  /** Runs `work` in a transaction; an exception rolls everything back. Calls do not nest. */
  transaction<T>(work: () => T): T;
  readonly meta: { get(key: string): string | undefined; set(key: string, value: string): void };
  close(): void;
}

/** Name of the store within its data folder. */
export const STORE_FILE = "scaleway.sqlite";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS records (
    kind TEXT NOT NULL, id TEXT NOT NULL, locality TEXT NOT NULL, project TEXT NOT NULL, name TEXT NOT NULL,
    sequence INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS records_in_order ON records (kind, sequence);
  CREATE INDEX IF NOT EXISTS records_by_place ON records (kind, locality, sequence);
  CREATE INDEX IF NOT EXISTS records_by_sequence ON records (sequence);
  CREATE INDEX IF NOT EXISTS records_by_name ON records (kind, name);
  CREATE INDEX IF NOT EXISTS records_by_id ON records (id);
`;

/** @param dataDir folder of the store, made when absent; undefined keeps everything in memory. */
export function openStore(dataDir: string | undefined): Store {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(dataDir === undefined ? ":memory:" : join(dataDir, STORE_FILE));
  // Keys of the emulated organization lie in it.
  if (dataDir !== undefined) chmodSync(join(dataDir, STORE_FILE), 0o600);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;");
  database.exec(SCHEMA);
  const read = database.prepare("SELECT value FROM meta WHERE key = ?");
  const write = database.prepare(
    "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  return {
    database,
    transaction: (work) => {
      database.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        database.exec("COMMIT");
        return result;
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    },
    meta: {
      get: (key) => {
        const value = read.get(key)?.value;
        return typeof value === "string" ? value : undefined;
      },
      set: (key, value) => {
        write.run(key, value);
      },
    },
    close: () => database.close(),
  };
}
