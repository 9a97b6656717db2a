import { byKey } from "../../../kernel/order.ts";
import type { Store } from "./store.ts";

/** Every host that was asked for through the proxy, by whom and how, kept in the store: what `egress.json` is made of. */
export interface Ledger {
  record(entry: LedgerEntry): void;
  hosts(): readonly LedgerHost[];
  /** Hosts that are not emulated and were refused. */
  refused(): readonly string[];
  /** What each client process asked of each host. */
  clients(): readonly LedgerClient[];
  /** Requests that could change something, since the store was made. */
  writes(): number;
}

export interface LedgerEntry {
  readonly host: string;
  readonly emulated: boolean;
  readonly method: string;
  /** Program at the other end; see `clients.ts`. */
  readonly client: string;
  /** Bytes of the request's body. */
  readonly sent: number;
  /** Bytes of the answer's body. */
  readonly received: number;
}

export interface LedgerHost {
  readonly host: string;
  readonly emulated: boolean;
  readonly requests: number;
}

export interface LedgerClient {
  readonly client: string;
  readonly host: string;
  /** Requests by method. */
  readonly methods: Readonly<Record<string, number>>;
  /** Bytes of bodies that the client sent and received. */
  readonly sent: number;
  readonly received: number;
}

const READS = new Set(["GET", "HEAD", "OPTIONS", "CONNECT"]);

interface Row extends LedgerEntry {
  readonly requests: number;
}

export function openLedger(store: Store): Ledger {
  const { database } = store;
  database.exec(`
    CREATE TABLE IF NOT EXISTS egress_calls (
      host TEXT NOT NULL, client TEXT NOT NULL, method TEXT NOT NULL, emulated INTEGER NOT NULL,
      requests INTEGER NOT NULL, sent INTEGER NOT NULL, received INTEGER NOT NULL, PRIMARY KEY (host, client, method)
    ) STRICT`);
  const add = database.prepare(`
    INSERT INTO egress_calls VALUES (?, ?, ?, ?, 1, ?, ?)
    ON CONFLICT DO UPDATE SET requests = requests + 1, sent = sent + excluded.sent, received = received + excluded.received`);
  const rows = (): readonly Row[] =>
    database
      .prepare("SELECT * FROM egress_calls ORDER BY host, client, method")
      .all()
      .map((r) => ({
        host: String(r.host),
        client: String(r.client),
        method: String(r.method),
        emulated: r.emulated === 1,
        requests: Number(r.requests),
        sent: Number(r.sent),
        received: Number(r.received),
      }));
  const sum = (all: readonly Row[], of: "requests" | "sent" | "received"): number =>
    all.reduce((total, row) => total + row[of], 0);
  const grouped = (key: (row: Row) => string): readonly (readonly [Row, ...Row[]])[] =>
    [...Map.groupBy(rows(), key).values()].flatMap(([first, ...rest]) =>
      first === undefined ? [] : [[first, ...rest] as const],
    );
  return {
    record: ({ host, client, method, emulated, sent, received }) => {
      // Who was looked up may be known only after the end.
      if (!database.isOpen) return;
      add.run(host, client, method, emulated ? 1 : 0, sent, received);
    },
    hosts: () =>
      grouped((row) => row.host)
        .map(([first, ...rest]) => ({
          host: first.host,
          emulated: first.emulated,
          requests: sum([first, ...rest], "requests"),
        }))
        .sort(byKey((host) => host.host)),
    refused: () => [...new Set(rows().flatMap((row) => (row.emulated ? [] : [row.host])))],
    clients: () =>
      grouped((row) => `${row.client} ${row.host}`)
        .map(([first, ...rest]) => ({
          client: first.client,
          host: first.host,
          methods: Object.fromEntries([first, ...rest].map((row) => [row.method, row.requests])),
          sent: sum([first, ...rest], "sent"),
          received: sum([first, ...rest], "received"),
        }))
        .sort(byKey((c) => `${c.client} ${c.host}`)),
    writes: () =>
      sum(
        rows().filter((row) => !READS.has(row.method)),
        "requests",
      ),
  };
}
