import type { ObjectCall, Reply } from "./call.ts";
import { empty, holderOf, xml } from "./call.ts";
import { CHECKSUMS } from "./checksum.ts";
import { encryptionHeaders, readCustomerKey } from "./encryption.ts";
import { S3Error } from "./errors.ts";
import { checkReadConditions } from "./precondition.ts";
import { type ByteRange, partRange, readRange } from "./range.ts";
import type { ObjectVersion, Version } from "./version-table.ts";
import { fromXml } from "./xml.ts";

/** Query parameters that replace a header of the answer. */
const OVERRIDES = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
] as const;

/** The version a call means: the one it names, else the current one. A marker is not an object. */
export function findObject(call: ObjectCall): ObjectVersion {
  const version = findVersion(call);
  if (version?.kind === "object") return version;
  const named = call.query.has("versionId");
  if (version === undefined) throw new S3Error(named ? "NoSuchVersion" : "NoSuchKey");
  throw new S3Error(named ? "MethodNotAllowed" : "NoSuchKey", {
    headers: { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId },
  });
}

export function findVersion(call: ObjectCall): Version | undefined {
  const versionId = call.query.get("versionId");
  const { versions } = call.tables;
  return versionId === undefined
    ? versions.current(call.bucket.name, call.key)
    : versions.find(call.bucket.name, call.key, versionId);
}

export const getObject = (call: ObjectCall): Reply => read(call, true);
export const headObject = (call: ObjectCall): Reply => read(call, false);

function read(call: ObjectCall, withBody: boolean): Reply {
  const version = findObject(call);
  const dataKey = call.tables.dataKeys.open(version.encryption, readCustomerKey(call.headers), holderOf(call));
  checkReadConditions(call.headers, version);
  if (withBody) checkRestored(version, call.now);
  const range = wantedRange(call, version);
  const bytes = range ?? { first: 0, last: version.size - 1 };
  const headers = { ...objectHeaders(call, version, range), "content-length": String(bytes.last - bytes.first + 1) };
  const body = withBody ? call.tables.bodies.read(version.segments, dataKey, bytes.first, bytes.last) : Buffer.alloc(0);
  return { status: range === undefined ? 200 : 206, headers, body };
}

function wantedRange(call: ObjectCall, version: ObjectVersion): ByteRange | undefined {
  const part = call.query.get("partNumber");
  if (part !== undefined) return partRange(version.partSizes ?? [version.size], Number(part));
  const ifRange = call.headers["if-range"];
  if (ifRange !== undefined && ifRange !== `"${version.etag}"`) return undefined;
  return readRange(call.headers.range, version.size);
}

function checkRestored(version: ObjectVersion, now: number): void {
  if (version.storageClass === "GLACIER" && (version.restoredUntil ?? 0) <= now) {
    throw new S3Error("InvalidObjectState", {
      message: "The operation is not valid for the object's storage class",
      elements: { StorageClass: version.storageClass },
    });
  }
}

function objectHeaders(call: ObjectCall, version: ObjectVersion, range: ByteRange | undefined): Record<string, string> {
  const overrides = OVERRIDES.flatMap((name): readonly (readonly [string, string])[] => {
    const value = call.who.caller === undefined ? undefined : call.query.get(`response-${name}`);
    return value === undefined ? [] : [[name, value]];
  });
  const metadata = Object.entries(version.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value] as const);
  const { retention, legalHold } = version.lock;
  return {
    ...version.headers,
    ...Object.fromEntries(overrides),
    ...Object.fromEntries(metadata),
    ...encryptionHeaders(version.encryption),
    ...versionHeader(call, version),
    ...(range === undefined
      ? checksumHeaders(call, version)
      : { "content-range": `bytes ${range.first}-${range.last}/${version.size}` }),
    ...(version.storageClass === "STANDARD" ? {} : { "x-amz-storage-class": version.storageClass }),
    ...(version.tags.length === 0 ? {} : { "x-amz-tagging-count": String(version.tags.length) }),
    ...(version.partSizes && call.query.has("partNumber")
      ? { "x-amz-mp-parts-count": String(version.partSizes.length) }
      : {}),
    ...(retention === undefined
      ? {}
      : {
          "x-amz-object-lock-mode": retention.mode,
          "x-amz-object-lock-retain-until-date": new Date(retention.until).toISOString(),
        }),
    ...(legalHold ? { "x-amz-object-lock-legal-hold": "ON" } : {}),
    ...(version.restoredUntil === undefined ? {} : { "x-amz-restore": restoreState(version.restoredUntil) }),
    "accept-ranges": "bytes",
    etag: `"${version.etag}"`,
    "last-modified": new Date(version.modifiedAt).toUTCString(),
  };
}

const restoreState = (until: number): string =>
  `ongoing-request="false", expiry-date="${new Date(until).toUTCString()}"`;

/** `x-amz-version-id`, once the bucket has had versioning. */
export const versionHeader = (
  call: Pick<ObjectCall, "bucket">,
  version: Pick<Version, "versionId">,
): Record<string, string> => (call.bucket.versioning === "" ? {} : { "x-amz-version-id": version.versionId });

function checksumHeaders(call: ObjectCall, { checksum }: ObjectVersion): Record<string, string> {
  if (checksum === undefined || call.headers["x-amz-checksum-mode"]?.toUpperCase() !== "ENABLED") return {};
  return { [`x-amz-checksum-${checksum.name}`]: checksum.value, "x-amz-checksum-type": checksum.type };
}

/** GetObjectAttributes: only those that `x-amz-object-attributes` names. */
export function getObjectAttributes(call: ObjectCall): Reply {
  const version = findObject(call);
  call.tables.dataKeys.open(version.encryption, readCustomerKey(call.headers), holderOf(call));
  const wanted = (call.headers["x-amz-object-attributes"] ?? "").split(",").map((name) => name.trim());
  const { checksum, partSizes } = version;
  const of = <T>(name: string, value: T): T | undefined => (wanted.includes(name) ? value : undefined);
  return xml(
    "GetObjectAttributesResponse",
    {
      ETag: of("ETag", version.etag),
      Checksum:
        checksum && of("Checksum", { [CHECKSUMS[checksum.name].element]: checksum.value, ChecksumType: checksum.type }),
      ObjectParts: partSizes && of("ObjectParts", { TotalPartsCount: partSizes.length }),
      StorageClass: of("StorageClass", version.storageClass),
      ObjectSize: of("ObjectSize", version.size),
    },
    { headers: { "last-modified": new Date(version.modifiedAt).toUTCString(), ...versionHeader(call, version) } },
  );
}

const DAY_MS = 86_400_000;

/** RestoreObject: a readable copy of a GLACIER object for some days. Here at once, where the real one takes hours. */
export function restoreObject(call: ObjectCall): Reply {
  const days = Number(fromXml(call.payload.body, "RestoreRequest").textOf("Days"));
  if (!Number.isInteger(days) || days < 1) throw new S3Error("MalformedXML");
  const version = findObject(call);
  if (version.storageClass !== "GLACIER") {
    throw new S3Error("InvalidObjectState", {
      message: "Restore is not allowed for the object's current storage class",
    });
  }
  const wasRestored = (version.restoredUntil ?? 0) > call.now;
  call.tables.versions.update(version, { restoredUntil: call.now + days * DAY_MS });
  return empty(wasRestored ? 200 : 202);
}
