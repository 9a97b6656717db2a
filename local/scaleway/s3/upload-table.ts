import type { DatabaseSync } from "node:sqlite";
import type { Segment } from "./body.ts";
import type { Checksum, ChecksumName, ChecksumType } from "./checksum.ts";
import { numberColumn, type Row, textColumn } from "./database.ts";
import type { ObjectContent } from "./version-table.ts";

/** A multipart upload under way: what its object will be, but for the bytes. */
export interface Upload extends UploadPlan {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiatedAt: number;
  /** Project of who began it. */
  readonly initiator: string;
}

export interface UploadPlan
  extends Pick<ObjectContent, "headers" | "metadata" | "storageClass" | "encryption" | "lock" | "acl" | "tags"> {
  readonly initiator: string;
  /** The checksum that the client announced for its parts. */
  readonly checksumName: ChecksumName | undefined;
  readonly checksumType: ChecksumType;
}

export interface Part {
  readonly number: number;
  readonly segment: Segment;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly checksum: Checksum | undefined;
}

const COLUMNS = "id, bucket, key, initiated_at, document";

export class Uploads {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  find(bucket: string, key: string, id: string): Upload | undefined {
    const row = this.#database
      .prepare(`SELECT ${COLUMNS} FROM s3_upload WHERE id = ? AND bucket = ? AND key = ?`)
      .get(id, bucket, key);
    return row === undefined ? undefined : readUpload(row);
  }

  /** Uploads of a bucket by key, then id. */
  list(bucket: string): readonly Upload[] {
    return this.#database
      .prepare(`SELECT ${COLUMNS} FROM s3_upload WHERE bucket = ? ORDER BY key, id`)
      .all(bucket)
      .map(readUpload);
  }

  insert(upload: Upload): void {
    const { id, bucket, key, initiatedAt, ...plan } = upload;
    this.#database
      .prepare(`INSERT INTO s3_upload (${COLUMNS}) VALUES (?, ?, ?, ?, ?)`)
      .run(id, bucket, key, initiatedAt, JSON.stringify(plan));
  }

  delete(id: string): void {
    this.#database.prepare("DELETE FROM s3_part WHERE upload_id = ?").run(id);
    this.#database.prepare("DELETE FROM s3_upload WHERE id = ?").run(id);
  }

  parts(id: string): readonly Part[] {
    return this.#database
      .prepare("SELECT number, document FROM s3_part WHERE upload_id = ? ORDER BY number")
      .all(id)
      .map(readPart);
  }

  part(id: string, number: number): Part | undefined {
    return this.parts(id).find((part) => part.number === number);
  }

  /** Adds a part, or replaces the one of the same number. */
  putPart(id: string, part: Part): void {
    const { number, ...document } = part;
    this.#database
      .prepare(
        `INSERT INTO s3_part (upload_id, number, document) VALUES (?, ?, ?)
         ON CONFLICT (upload_id, number) DO UPDATE SET document = excluded.document`,
      )
      .run(id, number, JSON.stringify(document));
  }
}

function readUpload(row: Row): Upload {
  const plan: UploadPlan = JSON.parse(textColumn(row, "document"));
  return {
    id: textColumn(row, "id"),
    bucket: textColumn(row, "bucket"),
    key: textColumn(row, "key"),
    initiatedAt: numberColumn(row, "initiated_at"),
    ...plan,
  };
}

function readPart(row: Row): Part {
  const part: Omit<Part, "number"> = JSON.parse(textColumn(row, "document"));
  return { number: numberColumn(row, "number"), ...part };
}
