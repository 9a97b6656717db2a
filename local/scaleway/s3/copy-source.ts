import { authorize } from "./access.ts";
import { holderOf, type ObjectCall } from "./call.ts";
import { readCustomerKey } from "./encryption.ts";
import { invalidArgument, S3Error } from "./errors.ts";
import { checkReadConditions } from "./precondition.ts";
import { decodePath, parseQuery } from "./query.ts";
import { type ByteRange, readRange } from "./range.ts";
import type { ObjectVersion } from "./version-table.ts";

export interface CopySource {
  readonly version: ObjectVersion;
  readonly content: Buffer;
}

/** The object behind `x-amz-copy-source`, read with the caller's rights: its own conditions, its own customer key. */
export function resolveCopySource(call: ObjectCall, rangeHeader?: string): CopySource {
  const source = parseSource(call.headers["x-amz-copy-source"] ?? "");
  const bucket = call.tables.buckets.find(source.bucket);
  if (bucket === undefined || bucket.region !== call.address.region) throw new S3Error("NoSuchBucket");
  const sourceCall: ObjectCall = { ...call, operation: "GetObject", bucket, key: source.key, query: source.query };
  authorize(sourceCall, { bucket, key: source.key });
  const { versions, dataKeys, bodies } = call.tables;
  const versionId = source.query.get("versionId");
  const version =
    versionId === undefined
      ? versions.current(bucket.name, source.key)
      : versions.find(bucket.name, source.key, versionId);
  if (version === undefined) throw new S3Error(versionId === undefined ? "NoSuchKey" : "NoSuchVersion");
  if (version.kind === "marker") {
    if (versionId === undefined) throw new S3Error("NoSuchKey");
    throw new S3Error("InvalidRequest", {
      message: "The source of a copy request may not specifically refer to a delete marker by version id.",
    });
  }
  checkReadConditions(call.headers, version, "copy-source");
  const customerKey = readCustomerKey(call.headers, "copy-source");
  const dataKey = dataKeys.open(version.encryption, customerKey, holderOf(sourceCall));
  const range: ByteRange = copyRange(rangeHeader, version.size) ?? { first: 0, last: version.size - 1 };
  return { version, content: bodies.read(version.segments, dataKey, range.first, range.last) };
}

function parseSource(header: string): { bucket: string; key: string; query: ReadonlyMap<string, string> } {
  const [path = "", rawQuery = ""] = header.split("?", 2);
  const decoded = decodePath(path).replace(/^\//, "");
  const slash = decoded.indexOf("/");
  if (slash <= 0 || slash === decoded.length - 1) {
    throw invalidArgument("Invalid copy source object key", "x-amz-copy-source", header);
  }
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1), query: parseQuery(rawQuery) };
}

function copyRange(header: string | undefined, size: number): ByteRange | undefined {
  if (header === undefined) return undefined;
  const range = readRange(header, size);
  if (range === undefined || Number(/-(\d+)$/.exec(header)?.[1]) >= size) {
    throw invalidArgument("Range specified is not valid for source object", "x-amz-copy-source-range", header);
  }
  return range;
}
