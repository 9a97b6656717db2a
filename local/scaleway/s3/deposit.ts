import type { Platform } from "../core/platform.ts";
import { Bodies } from "./body.ts";
import { Buckets } from "./bucket-table.ts";
import { DataKeys } from "./data-keys.ts";
import { prepareTables } from "./database.ts";
import type { KeyManager } from "./deps.ts";
import { S3Error } from "./errors.ts";
import { putObject } from "./object-write.ts";
import { Uploads } from "./upload-table.ts";
import { Versions } from "./version-table.ts";

/** An object that a service of Scaleway's own writes into a customer's bucket. */
export interface Deposit {
  readonly region: string;
  readonly bucket: string;
  readonly key: string;
  readonly content: Buffer;
  readonly contentType: string;
}

/**
 * Writes it as `PutObject` would, with the bucket's versioning, default encryption and default retention, in the transaction that
 * is open. The service asks nobody for rights in the bucket. @returns why it could not be; undefined when it was written.
 */
export function deposit(
  platform: Platform,
  keyManager: KeyManager,
  { bucket: name, ...object }: Deposit,
): string | undefined {
  const { database } = platform.store;
  prepareTables(database);
  const tables = {
    buckets: new Buckets(database),
    versions: new Versions(database),
    uploads: new Uploads(database),
    bodies: new Bodies(database),
    dataKeys: new DataKeys(database, keyManager),
  };
  const bucket = tables.buckets.find(name);
  if (bucket === undefined || bucket.region !== object.region) return `${object.region} has no bucket ${name}`;
  try {
    putObject({
      operation: "PutObject",
      address: { region: object.region, bucket: name, key: object.key },
      query: new Map(),
      headers: { "content-type": object.contentType },
      payload: { body: object.content, checksum: undefined },
      who: {
        caller: undefined,
        projectId: bucket.projectId,
        permissionSets: new Set(),
        from: { ip: "", userAgent: "" },
      },
      now: platform.clock.now(),
      tables,
      ids: platform.ids,
      bucket,
      key: object.key,
    });
    return undefined;
  } catch (error) {
    if (error instanceof S3Error) return `${error.code}: ${error.message}`;
    throw error;
  }
}
