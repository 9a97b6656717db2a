import { createHash } from "node:crypto";
import {
  type Attributes,
  readAttributes,
  readKeptHeaders,
  readMetadata,
  readStorageClass,
  tagsFromHeader,
} from "./attributes.ts";
import { empty, holderOf, isoTime, type ObjectCall, type Reply, xml } from "./call.ts";
import { CHECKSUMS, type Checksum, checksumNamed, checksumOf } from "./checksum.ts";
import { resolveCopySource } from "./copy-source.ts";
import { encryptionHeaders, wantedEncryption } from "./encryption.ts";
import { S3Error } from "./errors.ts";
import { versionHeader } from "./object-read.ts";
import { checkWriteConditions } from "./precondition.ts";
import type { ObjectContent, ObjectVersion } from "./version-table.ts";

const MAX_PUT_BYTES = 5 * 2 ** 30;

export const md5 = (content: Uint8Array): string => createHash("md5").update(content).digest("hex");

export function putObject(call: ObjectCall): Reply {
  const version = writeWhole(
    call,
    call.payload.body,
    readAttributes(call.headers, call.bucket, call.now),
    call.payload.checksum,
  );
  return empty(200, {
    etag: `"${version.etag}"`,
    ...checksumHeaders(version.checksum),
    ...encryptionHeaders(version.encryption),
    ...versionHeader(call, version),
  });
}

/** CopyObject. Without directives metadata and tags are the source's; ACL, storage class and lock never are. */
export function copyObject(call: ObjectCall): Reply {
  const source = resolveCopySource(call);
  const requested = readAttributes(call.headers, call.bucket, call.now);
  const version = writeWhole(
    call,
    source.content,
    {
      ...requested,
      ...(directive(call, "x-amz-metadata-directive") === "REPLACE"
        ? { headers: readKeptHeaders(call.headers), metadata: readMetadata(call.headers) }
        : { headers: source.version.headers, metadata: source.version.metadata }),
      storageClass: readStorageClass(call.headers),
      tags:
        directive(call, "x-amz-tagging-directive") === "REPLACE"
          ? tagsFromHeader(call.headers["x-amz-tagging"])
          : source.version.tags,
    },
    copiedChecksum(call, source.version, source.content),
  );
  return xml(
    "CopyObjectResult",
    {
      ETag: `"${version.etag}"`,
      LastModified: isoTime(version.modifiedAt),
      ...(version.checksum && { [CHECKSUMS[version.checksum.name].element]: version.checksum.value }),
    },
    {
      headers: {
        ...encryptionHeaders(version.encryption),
        ...versionHeader(call, version),
        ...(source.version.versionId === "null" ? {} : { "x-amz-copy-source-version-id": source.version.versionId }),
      },
    },
  );
}

function directive(call: ObjectCall, header: string): "COPY" | "REPLACE" {
  const value = call.headers[header] ?? "COPY";
  if (value !== "COPY" && value !== "REPLACE")
    throw new S3Error("InvalidArgument", { message: "Unknown metadata directive." });
  return value;
}

function copiedChecksum(call: ObjectCall, source: ObjectVersion, content: Uint8Array): Checksum | undefined {
  const asked = checksumNamed(call.headers["x-amz-checksum-algorithm"] ?? "");
  if (asked !== undefined) return { name: asked, value: checksumOf(asked, content), type: "FULL_OBJECT" };
  const { checksum } = source;
  return checksum?.type === "COMPOSITE"
    ? { name: checksum.name, value: checksumOf(checksum.name, content), type: "FULL_OBJECT" }
    : checksum;
}

/** Stores bytes that came in one piece as the key's newest version. */
function writeWhole(
  call: ObjectCall,
  content: Uint8Array,
  attributes: Attributes,
  checksum: Checksum | undefined,
): ObjectVersion {
  if (content.length > MAX_PUT_BYTES) throw new S3Error("EntityTooLarge");
  checkCanWrite(call);
  const wanted = wantedEncryption(call.headers, call.bucket.encryption);
  const { applied, dataKey } = call.tables.dataKeys.create(wanted, holderOf(call));
  return addVersion(call, {
    ...attributes,
    modifiedAt: call.now,
    size: content.length,
    etag: md5(content),
    segments: [call.tables.bodies.write(content, dataKey)],
    partSizes: undefined,
    checksum,
    encryption: applied,
    restoredUntil: undefined,
  });
}

/** The write's `If-Match` and `If-None-Match` against what the key holds now. */
export function checkCanWrite(call: ObjectCall): void {
  const current = call.tables.versions.current(call.bucket.name, call.key);
  checkWriteConditions(call.headers, current?.kind === "object" ? current : undefined);
}

/** Makes `content` the key's newest version: another one where versioning is enabled, else in place of the `null` one. */
export function addVersion(call: ObjectCall, content: ObjectContent): ObjectVersion {
  const { versions } = call.tables;
  const isVersioned = call.bucket.versioning === "Enabled";
  if (!isVersioned) removeNullVersion(call);
  const versionId = isVersioned ? versions.nextId(call.now) : "null";
  const version = versions.insert(call.bucket.name, call.key, versionId, { kind: "object", ...content });
  if (version.kind !== "object") throw new TypeError("an object was stored as a marker");
  return version;
}

/** The `null` version goes, with its bytes, when versioning is off or suspended and the key is written or deleted. */
export function removeNullVersion(call: ObjectCall): void {
  const replaced = call.tables.versions.find(call.bucket.name, call.key, "null");
  if (replaced === undefined) return;
  if (replaced.kind === "object") call.tables.bodies.delete(replaced.segments);
  call.tables.versions.delete(replaced);
}

export const checksumHeaders = (checksum: Checksum | undefined): Readonly<Record<string, string>> =>
  checksum === undefined
    ? {}
    : { [`x-amz-checksum-${checksum.name}`]: checksum.value, "x-amz-checksum-type": checksum.type };
