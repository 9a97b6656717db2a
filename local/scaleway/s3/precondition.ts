import { S3Error } from "./errors.ts";
import type { ObjectContent } from "./version-table.ts";

type Headers = Readonly<Record<string, string | undefined>>;
type Stamped = Pick<ObjectContent, "etag" | "modifiedAt">;

const COPY_SOURCE = "x-amz-copy-source-";

/**
 * Conditional reads (RFC 9110 §13.2.2 order, in whole seconds). For a copy's source, whose headers have their own prefix,
 * an unmet condition is 412 instead of 304.
 */
export function checkReadConditions(headers: Headers, version: Stamped, of: "object" | "copy-source" = "object"): void {
  const prefix = of === "object" ? "" : COPY_SOURCE;
  const match = headers[`${prefix}if-match`];
  const noneMatch = headers[`${prefix}if-none-match`];
  const modified = instant(headers[`${prefix}if-modified-since`]);
  const unmodified = instant(headers[`${prefix}if-unmodified-since`]);
  const second = Math.floor(version.modifiedAt / 1000);
  if (match !== undefined ? !names(match, version.etag) : unmodified !== undefined && second > unmodified) {
    throw new S3Error("PreconditionFailed");
  }
  if (noneMatch !== undefined ? names(noneMatch, version.etag) : modified !== undefined && second <= modified) {
    throw new S3Error(of === "object" ? "NotModified" : "PreconditionFailed", {
      headers: { etag: `"${version.etag}"` },
    });
  }
}

/** Conditional writes: `If-None-Match: *` wants no object there, `If-Match` the one with that ETag. */
export function checkWriteConditions(headers: Headers, current: Stamped | undefined): void {
  const match = headers["if-match"];
  const noneMatch = headers["if-none-match"];
  if (noneMatch !== undefined) {
    if (noneMatch.trim() !== "*") throw new S3Error("NotImplemented");
    if (current !== undefined) throw new S3Error("PreconditionFailed");
  }
  if (match !== undefined) {
    if (current === undefined) throw new S3Error("NoSuchKey");
    if (!names(match, current.etag)) throw new S3Error("PreconditionFailed");
  }
}

const names = (header: string, etag: string): boolean =>
  header.split(",").some((item) => item.trim() === "*" || item.trim().replace(/^(W\/)?"?|"$/g, "") === etag);

/** Seconds since the epoch; a date that can't be read is no condition. */
function instant(header: string | undefined): number | undefined {
  const ms = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
