import type { DatabaseSync, SQLOutputValue } from "node:sqlite";

/**
 * Tables of object storage, in the store's one SQLite file. Bodies are kept in chunks, so no blob nears SQLite's limit and
 * a range is read without the rest. Each request is one transaction: a killed process leaves it whole or not at all.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS s3_bucket (
    name TEXT PRIMARY KEY, region TEXT NOT NULL, project_id TEXT NOT NULL, created_at INTEGER NOT NULL,
    document TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS s3_version (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL REFERENCES s3_bucket (name),
    key TEXT NOT NULL, version_id TEXT NOT NULL, document TEXT NOT NULL,
    UNIQUE (bucket, key, version_id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS s3_version_latest ON s3_version (bucket, key, seq);
  CREATE TABLE IF NOT EXISTS s3_upload (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL REFERENCES s3_bucket (name), key TEXT NOT NULL,
    initiated_at INTEGER NOT NULL, document TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS s3_part (
    upload_id TEXT NOT NULL REFERENCES s3_upload (id), number INTEGER NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (upload_id, number)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS s3_body (id INTEGER PRIMARY KEY AUTOINCREMENT, size INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS s3_chunk (
    body_id INTEGER NOT NULL REFERENCES s3_body (id) ON DELETE CASCADE, number INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (body_id, number)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS s3_counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS s3_secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
`;

export function prepareTables(database: DatabaseSync): void {
  database.exec(SCHEMA);
}

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** A column that the schema says is text; anything else is a fault of ours. */
export function textColumn(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== "string") throw new TypeError(`column ${name}: want text, got ${typeof value}`);
  return value;
}

export function numberColumn(row: Row, name: string): number {
  const value = row[name];
  if (typeof value !== "number") throw new TypeError(`column ${name}: want a number, got ${typeof value}`);
  return value;
}

export function blobColumn(row: Row, name: string): Buffer {
  const value = row[name];
  if (!(value instanceof Uint8Array)) throw new TypeError(`column ${name}: want a blob, got ${typeof value}`);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
