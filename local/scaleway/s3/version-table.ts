import type { DatabaseSync } from "node:sqlite";
import type { Grant } from "./acl.ts";
import type { Segment } from "./body.ts";
import type { Tag } from "./bucket-table.ts";
import type { Checksum } from "./checksum.ts";
import { numberColumn, type Row, textColumn } from "./database.ts";
import type { AppliedEncryption } from "./encryption.ts";
import type { VersionLock } from "./lock.ts";

/** One version of a key: an object, or the marker that hides older ones. The newest of a key is its current version. */
export type Version = ObjectVersion | DeleteMarker;

export interface DeleteMarker extends VersionIdentity {
  readonly kind: "marker";
  readonly modifiedAt: number;
}

export interface ObjectVersion extends VersionIdentity, ObjectContent {
  readonly kind: "object";
}

interface VersionIdentity {
  /** Order of writing, over all buckets. */
  readonly seq: number;
  readonly bucket: string;
  readonly key: string;
  /** `null` for what was written without versioning. */
  readonly versionId: string;
}

export interface ObjectContent {
  readonly modifiedAt: number;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly segments: readonly Segment[];
  /** Bytes of each part of a multipart upload, in order; undefined for an object put whole. */
  readonly partSizes: readonly number[] | undefined;
  /** Standard headers to give back, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly checksum: Checksum | undefined;
  readonly encryption: AppliedEncryption;
  readonly lock: VersionLock;
  readonly acl: readonly Grant[];
  readonly tags: readonly Tag[];
  /** End of a restored copy of a GLACIER object, milliseconds. */
  readonly restoredUntil: number | undefined;
}

type Stored = ({ readonly kind: "object" } & ObjectContent) | { readonly kind: "marker"; readonly modifiedAt: number };

const COLUMNS = "seq, bucket, key, version_id, document";
const SELECT = `SELECT ${COLUMNS} FROM s3_version`;

export class Versions {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  current(bucket: string, key: string): Version | undefined {
    const row = this.#database
      .prepare(`${SELECT} WHERE bucket = ? AND key = ? ORDER BY seq DESC LIMIT 1`)
      .get(bucket, key);
    return row === undefined ? undefined : read(row);
  }

  find(bucket: string, key: string, versionId: string): Version | undefined {
    const row = this.#database
      .prepare(`${SELECT} WHERE bucket = ? AND key = ? AND version_id = ?`)
      .get(bucket, key, versionId);
    return row === undefined ? undefined : read(row);
  }

  /** Versions in listing order (key by UTF-8 bytes, then newest first), of keys that start with `prefix`, from `from` on. */
  *list(bucket: string, prefix: string, from: string): Generator<Version> {
    const rows = this.#database
      .prepare(`${SELECT} WHERE bucket = ? AND key >= ? AND key >= ? ORDER BY key, seq DESC`)
      .iterate(bucket, prefix, from);
    for (const row of rows) {
      const version = read(row);
      if (!version.key.startsWith(prefix)) return;
      yield version;
    }
  }

  isEmpty(bucket: string): boolean {
    return this.#database.prepare("SELECT 1 FROM s3_version WHERE bucket = ? LIMIT 1").get(bucket) === undefined;
  }

  insert(bucket: string, key: string, versionId: string, stored: Stored): Version {
    const { lastInsertRowid } = this.#database
      .prepare("INSERT INTO s3_version (bucket, key, version_id, document) VALUES (?, ?, ?, ?)")
      .run(bucket, key, versionId, JSON.stringify(stored));
    return { seq: Number(lastInsertRowid), bucket, key, versionId, ...stored };
  }

  update(version: ObjectVersion, change: Partial<ObjectContent>): void {
    const { seq, bucket: _bucket, key: _key, versionId: _versionId, ...stored } = version;
    this.#database
      .prepare("UPDATE s3_version SET document = ? WHERE seq = ?")
      .run(JSON.stringify({ ...stored, ...change }), seq);
  }

  delete(version: Version): void {
    this.#database.prepare("DELETE FROM s3_version WHERE seq = ?").run(version.seq);
  }

  /** A version id never given before: microseconds since the epoch as in the recordings, moved on when the clock has not. */
  nextId(now: number): string {
    const row = this.#database
      .prepare(
        `INSERT INTO s3_counter (name, value) VALUES ('version', $micros)
         ON CONFLICT (name) DO UPDATE SET value = max(value + 1, $micros) RETURNING value`,
      )
      .get({ micros: Math.floor(now) * 1000 });
    if (row === undefined) throw new TypeError("the version counter gave no value");
    return String(numberColumn(row, "value"));
  }
}

function read(row: Row): Version {
  const stored: Stored = JSON.parse(textColumn(row, "document"));
  return {
    seq: numberColumn(row, "seq"),
    bucket: textColumn(row, "bucket"),
    key: textColumn(row, "key"),
    versionId: textColumn(row, "version_id"),
    ...stored,
  };
}
