import { cannedAcl } from "./acl.ts";
import type { Bucket, Tag } from "./bucket-table.ts";
import { invalidArgument, S3Error } from "./errors.ts";
import { isLockMode, type Retention, retentionFrom, type VersionLock } from "./lock.ts";
import { parseQuery } from "./query.ts";
import { readTags } from "./tags.ts";
import type { ObjectContent } from "./version-table.ts";

/** What a write says about its object in headers, everything but the bytes. */
export type Attributes = Pick<ObjectContent, "headers" | "metadata" | "storageClass" | "lock" | "acl" | "tags">;

type Headers = Readonly<Record<string, string | undefined>>;

/** Headers kept with the object and given back when it is read. */
const KEPT_HEADERS = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
  "x-amz-website-redirect-location",
] as const;

const STORAGE_CLASSES: readonly string[] = ["STANDARD", "ONEZONE_IA", "GLACIER"];
const DEFAULT_CONTENT_TYPE = "binary/octet-stream";
const MAX_METADATA_BYTES = 2048;
const METADATA_PREFIX = "x-amz-meta-";

export const readAttributes = (headers: Headers, bucket: Bucket, now: number): Attributes => ({
  headers: readKeptHeaders(headers),
  metadata: readMetadata(headers),
  storageClass: readStorageClass(headers),
  lock: readLock(headers, bucket, now),
  acl: cannedAcl(headers["x-amz-acl"], bucket.projectId),
  tags: tagsFromHeader(headers["x-amz-tagging"]),
});

export function readStorageClass(headers: Headers): string {
  const storageClass = headers["x-amz-storage-class"] ?? "STANDARD";
  if (!STORAGE_CLASSES.includes(storageClass)) throw new S3Error("InvalidStorageClass");
  return storageClass;
}

/** `aws-chunked` describes the transfer, not the object, and is dropped from the encoding. */
export function readKeptHeaders(headers: Headers): Readonly<Record<string, string>> {
  const encoding = (headers["content-encoding"] ?? "")
    .split(",")
    .map((token) => token.trim())
    .filter((token) => token !== "" && token !== "aws-chunked")
    .join(",");
  const kept = KEPT_HEADERS.flatMap((name): readonly (readonly [string, string])[] => {
    const value = name === "content-encoding" ? encoding : headers[name];
    return value === undefined || value === "" ? [] : [[name, value]];
  });
  return { "content-type": DEFAULT_CONTENT_TYPE, ...Object.fromEntries(kept) };
}

export function readMetadata(headers: Headers): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).flatMap(([name, value]): readonly (readonly [string, string])[] =>
    name.startsWith(METADATA_PREFIX) && value !== undefined ? [[name.slice(METADATA_PREFIX.length), value]] : [],
  );
  const bytes = entries.reduce((total, [name, value]) => total + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > MAX_METADATA_BYTES) throw new S3Error("MetadataTooLarge");
  return Object.fromEntries(entries);
}

export function tagsFromHeader(header: string | undefined): readonly Tag[] {
  if (header === undefined || header === "") return [];
  const pairs = [...parseQuery(header.replaceAll("+", "%20"))];
  return readTags(pairs.map(([Key, Value]) => ({ Key, Value })));
}

/** The lock that the write's headers ask for, else the bucket's default. */
export function readLock(headers: Headers, bucket: Bucket, now: number): VersionLock {
  const mode = headers["x-amz-object-lock-mode"];
  const until = headers["x-amz-object-lock-retain-until-date"];
  const hold = headers["x-amz-object-lock-legal-hold"];
  if (!bucket.objectLock) {
    if (mode ?? until ?? hold) {
      throw new S3Error("InvalidRequest", { message: "Bucket is missing Object Lock Configuration" });
    }
    return { retention: undefined, legalHold: false };
  }
  if (hold !== undefined && hold !== "ON" && hold !== "OFF") {
    throw invalidArgument("Legal Hold must be either of 'ON' or 'OFF'", "x-amz-object-lock-legal-hold", hold);
  }
  const asked = mode === undefined && until === undefined ? undefined : readRetention(mode, until, now);
  const byDefault = bucket.defaultRetention === undefined ? undefined : retentionFrom(bucket.defaultRetention, now);
  return { retention: asked ?? byDefault, legalHold: hold === "ON" };
}

/** A retention as headers or documents spell it; it must end in the future. */
export function readRetention(mode: string | undefined, until: string | undefined, now: number): Retention {
  if (mode === undefined || until === undefined) {
    throw invalidArgument("x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied");
  }
  if (!isLockMode(mode)) throw invalidArgument("Unknown wormMode directive", "x-amz-object-lock-mode", mode);
  const instant = Date.parse(until);
  if (Number.isNaN(instant)) {
    throw invalidArgument(
      "The retain until date must be provided in ISO 8601 format",
      "x-amz-object-lock-retain-until-date",
      until,
    );
  }
  if (instant <= now) {
    throw invalidArgument("The retain until date must be in the future!", "x-amz-object-lock-retain-until-date", until);
  }
  return { mode, until: instant };
}
