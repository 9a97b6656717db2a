import { byKey } from "../../../kernel/order.ts";
import type { Store } from "./store.ts";

/** Every host that was asked for through the proxy, kept in the store: what `egress.json` is made of. */
export interface Ledger {
  record(host: string, emulated: boolean, method: string): void;
  hosts(): readonly LedgerHost[];
  /** Hosts that are not emulated and were refused. */
  refused(): readonly string[];
  /** Requests that could change something, since the store was made. */
  writes(): number;
}

export interface LedgerHost {
  readonly host: string;
  readonly emulated: boolean;
  readonly requests: number;
}

const READS = new Set(["GET", "HEAD", "OPTIONS", "CONNECT"]);

export function openLedger(store: Store): Ledger {
  const { database } = store;
  database.exec(`
    CREATE TABLE IF NOT EXISTS egress (
      host TEXT PRIMARY KEY, emulated INTEGER NOT NULL, requests INTEGER NOT NULL, writes INTEGER NOT NULL
    ) STRICT`);
  const add = database.prepare(`
    INSERT INTO egress VALUES (?, ?, 1, ?)
    ON CONFLICT (host) DO UPDATE SET requests = requests + 1, writes = writes + excluded.writes`);
  const rows = (): readonly (LedgerHost & { readonly writes: number })[] =>
    database
      .prepare("SELECT host, emulated, requests, writes FROM egress")
      .all()
      .map((r) => ({
        host: String(r.host),
        emulated: r.emulated === 1,
        requests: Number(r.requests),
        writes: Number(r.writes),
      }))
      .sort(byKey((r) => r.host));
  return {
    record: (host, emulated, method) => {
      add.run(host, emulated ? 1 : 0, READS.has(method) ? 0 : 1);
    },
    hosts: () => rows().map(({ writes: _, ...host }) => host),
    refused: () =>
      rows()
        .filter((r) => !r.emulated)
        .map((r) => r.host),
    writes: () => rows().reduce((sum, r) => sum + r.writes, 0),
  };
}
