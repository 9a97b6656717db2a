import type { DatabaseSync } from "node:sqlite";
import type { Grant } from "./acl.ts";
import { numberColumn, type Row, textColumn } from "./database.ts";
import type { BucketEncryption } from "./encryption.ts";
import type { DefaultRetention } from "./lock.ts";
import type { XmlTree } from "./xml.ts";

/** A bucket with its configuration. Absent configurations are undefined. */
export interface Bucket extends BucketSettings {
  readonly name: string;
  readonly region: string;
  readonly projectId: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface BucketSettings {
  /** "" until versioning was first configured; never "" again afterwards. */
  readonly versioning: "" | "Enabled" | "Suspended";
  /** Only at creation; brings versioning, which can then no longer be suspended. */
  readonly objectLock: boolean;
  readonly defaultRetention: DefaultRetention | undefined;
  readonly acl: readonly Grant[];
  readonly tags: readonly Tag[] | undefined;
  /** The text of the policy as the API gives it back. */
  readonly policy: string | undefined;
  readonly encryption: BucketEncryption | undefined;
  readonly cors: XmlTree | undefined;
  readonly lifecycle: XmlTree | undefined;
  readonly website: XmlTree | undefined;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const COLUMNS = "name, region, project_id, created_at, document";

export class Buckets {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** A bucket by its name, which is unique over all regions and projects. */
  find(name: string): Bucket | undefined {
    const row = this.#database.prepare(`SELECT ${COLUMNS} FROM s3_bucket WHERE name = ?`).get(name);
    return row === undefined ? undefined : read(row);
  }

  list(region: string, projectId: string): readonly Bucket[] {
    return this.#database
      .prepare(`SELECT ${COLUMNS} FROM s3_bucket WHERE region = ? AND project_id = ? ORDER BY name`)
      .all(region, projectId)
      .map(read);
  }

  count(): number {
    const row = this.#database.prepare("SELECT count(*) AS buckets FROM s3_bucket").get();
    return row === undefined ? 0 : numberColumn(row, "buckets");
  }

  insert(bucket: Bucket): void {
    const { name, region, projectId, createdAt, ...settings } = bucket;
    this.#database
      .prepare(`INSERT INTO s3_bucket (${COLUMNS}) VALUES (?, ?, ?, ?, ?)`)
      .run(name, region, projectId, createdAt, JSON.stringify(settings));
  }

  /** Replaces some of the bucket's settings; one given as undefined is removed. */
  update(bucket: Bucket, change: Partial<BucketSettings>): void {
    const { name, region: _region, projectId: _projectId, createdAt: _createdAt, ...settings } = bucket;
    this.#database
      .prepare("UPDATE s3_bucket SET document = ? WHERE name = ?")
      .run(JSON.stringify({ ...settings, ...change }), name);
  }

  delete(name: string): void {
    this.#database.prepare("DELETE FROM s3_bucket WHERE name = ?").run(name);
  }
}

function read(row: Row): Bucket {
  const settings: BucketSettings = JSON.parse(textColumn(row, "document"));
  return {
    name: textColumn(row, "name"),
    region: textColumn(row, "region"),
    projectId: textColumn(row, "project_id"),
    createdAt: numberColumn(row, "created_at"),
    ...settings,
  };
}
