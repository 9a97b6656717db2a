import type { Store } from "../../core/store.ts";

/** One event as the API answers it. */
export interface JournalEntry {
  readonly id: string;
  readonly recorded_at: string;
  readonly locality: string;
  readonly principal: { readonly id: string };
  readonly organization_id: string;
  readonly project_id: string | null;
  readonly source_ip: string;
  readonly user_agent: string | null;
  readonly product_name: string;
  readonly service_name: string;
  readonly method_name: string;
  readonly request_id: string;
  readonly request_body: unknown;
  readonly status_code: number;
  readonly resources: readonly EventResource[];
}

export interface EventResource {
  readonly id: string;
  readonly type: string;
  readonly created_at: string | null;
  readonly updated_at: string | null;
  readonly deleted_at: string | null;
  readonly name: string | null;
}

/** Something that the platform did by itself, as the API answers it. */
export interface SystemEvent {
  readonly id: string;
  readonly recorded_at: string;
  readonly locality: string;
  readonly organization_id: string;
  readonly project_id: string | null;
  readonly product_name: string;
  readonly source: string;
  readonly system_name: string;
  readonly resources: readonly EventResource[];
  readonly kind: "cron" | "notification";
}

/** The events of a store, oldest first. The latest are kept; a rehearsal writes some hundreds. */
export interface Journal {
  write(event: JournalEntry): void;
  all(): readonly JournalEntry[];
  writeSystem(event: SystemEvent): void;
  system(): readonly SystemEvent[];
  /** The project that an earlier event of the same resource was in: a deletion answers nothing. */
  projectOf(resourceId: string): string | null;
}

const KEPT = 20_000;

function prepare({ database }: Store): Journal {
  database.exec(`
    CREATE TABLE IF NOT EXISTS audit_events (
      sequence INTEGER PRIMARY KEY, resource TEXT NOT NULL, project TEXT NOT NULL, body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS audit_events_by_resource ON audit_events (resource);
    CREATE TABLE IF NOT EXISTS system_events (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT`);
  const addSystem = database.prepare("INSERT INTO system_events (body) VALUES (?)");
  const allSystem = database.prepare("SELECT body FROM system_events ORDER BY sequence");
  const add = database.prepare("INSERT INTO audit_events (resource, project, body) VALUES (?, ?, ?)");
  const forget = database.prepare(
    `DELETE FROM audit_events WHERE sequence <= (SELECT max(sequence) FROM audit_events) - ${KEPT}`,
  );
  const all = database.prepare("SELECT body FROM audit_events ORDER BY sequence");
  const project = database.prepare("SELECT project FROM audit_events WHERE resource = ? AND project <> '' LIMIT 1");
  return {
    write: (event) => {
      add.run(event.resources[0]?.id ?? "", event.project_id ?? "", JSON.stringify(event));
      forget.run();
    },
    all: () => all.all().map((row): JournalEntry => JSON.parse(String(row.body))),
    writeSystem: (event) => {
      addSystem.run(JSON.stringify(event));
    },
    system: () => allSystem.all().map((row): SystemEvent => JSON.parse(String(row.body))),
    projectOf: (resourceId) => {
      const found = project.get(resourceId)?.project;
      return typeof found === "string" ? found : null;
    },
  };
}

const journals = new WeakMap<Store, Journal>();

export function openJournal(store: Store): Journal {
  const journal = journals.get(store) ?? prepare(store);
  journals.set(store, journal);
  return journal;
}
