import { readAttributes } from "./attributes.ts";
import { type BucketCall, empty, holderOf, isoTime, type ObjectCall, type Reply, xml } from "./call.ts";
import { CHECKSUMS, type Checksum, checksumNamed, checksumOf, compositeChecksum } from "./checksum.ts";
import { resolveCopySource } from "./copy-source.ts";
import { encryptionHeaders, readCustomerKey, wantedEncryption } from "./encryption.ts";
import { invalidArgument, S3Error } from "./errors.ts";
import { versionHeader } from "./object-read.ts";
import { addVersion, checkCanWrite, checksumHeaders, md5 } from "./object-write.ts";
import type { Part, Upload } from "./upload-table.ts";
import { fromXml, type XmlElement } from "./xml.ts";

/** Limits of Scaleway, "Managing multipart uploads": 1,000 parts, each but the last of 5 MB to 5 GB. */
export const MAX_PARTS = 1000;
const MIN_PART_BYTES = 5 * 2 ** 20;
const MAX_PART_BYTES = 5 * 2 ** 30;

export function createMultipartUpload(call: ObjectCall): Reply {
  const wanted = wantedEncryption(call.headers, call.bucket.encryption);
  const { applied } = call.tables.dataKeys.create(wanted, holderOf(call));
  const checksumName = checksumNamed(call.headers["x-amz-checksum-algorithm"] ?? "");
  const id = Buffer.from(call.ids.uuid()).toString("base64url");
  call.tables.uploads.insert({
    id,
    bucket: call.bucket.name,
    key: call.key,
    initiatedAt: call.now,
    initiator: call.who.projectId ?? call.bucket.projectId,
    ...readAttributes(call.headers, call.bucket, call.now),
    encryption: applied,
    checksumName,
    checksumType: call.headers["x-amz-checksum-type"] === "FULL_OBJECT" ? "FULL_OBJECT" : "COMPOSITE",
  });
  return xml(
    "InitiateMultipartUploadResult",
    { Bucket: call.bucket.name, Key: call.key, UploadId: id },
    { headers: encryptionHeaders(applied) },
  );
}

export function uploadPart(call: ObjectCall): Reply {
  const upload = findUpload(call);
  const part = storePart(call, upload, call.payload.body, call.payload.checksum);
  return empty(200, {
    etag: `"${part.etag}"`,
    ...checksumHeaders(part.checksum),
    ...encryptionHeaders(upload.encryption),
  });
}

export function uploadPartCopy(call: ObjectCall): Reply {
  const upload = findUpload(call);
  const { content } = resolveCopySource(call, call.headers["x-amz-copy-source-range"]);
  const part = storePart(call, upload, content, undefined);
  return xml(
    "CopyPartResult",
    { ETag: `"${part.etag}"`, LastModified: isoTime(part.modifiedAt) },
    { headers: encryptionHeaders(upload.encryption) },
  );
}

function storePart(call: ObjectCall, upload: Upload, content: Buffer, sent: Checksum | undefined): Part {
  const number = Number(call.query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > MAX_PARTS) {
    throw invalidArgument(`Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`, "partNumber");
  }
  if (content.length > MAX_PART_BYTES) throw new S3Error("EntityTooLarge");
  if (upload.checksumName !== undefined && sent !== undefined && sent.name !== upload.checksumName) {
    throw new S3Error("InvalidRequest", { message: "Checksum Type mismatch occurred." });
  }
  const dataKey = call.tables.dataKeys.open(upload.encryption, readCustomerKey(call.headers), holderOf(call));
  const replaced = call.tables.uploads.part(upload.id, number);
  const name = sent?.name ?? upload.checksumName;
  const part: Part = {
    number,
    segment: call.tables.bodies.write(content, dataKey),
    etag: md5(content),
    modifiedAt: call.now,
    checksum: sent ?? (name && { name, value: checksumOf(name, content), type: "FULL_OBJECT" }),
  };
  call.tables.uploads.putPart(upload.id, part);
  if (replaced !== undefined) call.tables.bodies.delete([replaced.segment]);
  return part;
}

/** Joins the parts that the client names; those it leaves out are dropped. */
export function completeMultipartUpload(call: ObjectCall): Reply {
  const upload = findUpload(call);
  const stored = call.tables.uploads.parts(upload.id);
  const parts = chooseParts(fromXml(call.payload.body, "CompleteMultipartUpload"), stored);
  checkCanWrite(call);
  const {
    id,
    key: _key,
    bucket: _bucket,
    initiatedAt: _at,
    initiator: _who,
    checksumName: _name,
    checksumType: _type,
    ...plan
  } = upload;
  const version = addVersion(call, {
    ...plan,
    modifiedAt: call.now,
    size: parts.reduce((total, { segment }) => total + segment.size, 0),
    etag: `${md5(Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, "hex"))))}-${parts.length}`,
    segments: parts.map(({ segment }) => segment),
    partSizes: parts.map(({ segment }) => segment.size),
    checksum: wholeChecksum(call, upload, parts),
    restoredUntil: undefined,
  });
  call.tables.bodies.delete(stored.filter((part) => !parts.includes(part)).map(({ segment }) => segment));
  call.tables.uploads.delete(id);
  return xml(
    "CompleteMultipartUploadResult",
    {
      Location: `https://${call.bucket.name}.s3.${call.bucket.region}.scw.cloud/${call.key}`,
      Bucket: call.bucket.name,
      Key: call.key,
      ETag: `"${version.etag}"`,
      ...(version.checksum && {
        [CHECKSUMS[version.checksum.name].element]: version.checksum.value,
        ChecksumType: version.checksum.type,
      }),
    },
    { headers: { ...encryptionHeaders(version.encryption), ...versionHeader(call, version) } },
  );
}

function chooseParts(request: XmlElement, stored: readonly Part[]): readonly Part[] {
  const named = request.children("Part").map((part) => ({
    number: Number(part.textOf("PartNumber")),
    etag: (part.textOf("ETag") ?? "").replaceAll('"', ""),
  }));
  if (named.length === 0) throw new S3Error("MalformedXML");
  if (named.some(({ number }, i) => i > 0 && number <= (named[i - 1]?.number ?? 0)))
    throw new S3Error("InvalidPartOrder");
  return named.map(({ number, etag }, i) => {
    const part = stored.find((candidate) => candidate.number === number);
    if (part === undefined || part.etag !== etag) throw new S3Error("InvalidPart");
    if (i < named.length - 1 && part.segment.size < MIN_PART_BYTES) throw new S3Error("EntityTooSmall");
    return part;
  });
}

/** The object's checksum: over all bytes when the client chose so, else over the parts' checksums. */
function wholeChecksum(call: ObjectCall, upload: Upload, parts: readonly Part[]): Checksum | undefined {
  const checksums = parts.flatMap(({ checksum }) => (checksum === undefined ? [] : [checksum]));
  const name = upload.checksumName ?? checksums[0]?.name;
  if (name === undefined || checksums.length < parts.length) return undefined;
  const isWhole = upload.checksumType === "FULL_OBJECT" || name === "crc64nvme";
  if (!isWhole)
    return {
      name,
      value: compositeChecksum(
        name,
        checksums.map(({ value }) => value),
      ),
      type: "COMPOSITE",
    };
  const dataKey = call.tables.dataKeys.open(upload.encryption, readCustomerKey(call.headers), holderOf(call));
  const content = call.tables.bodies.readAll(
    parts.map(({ segment }) => segment),
    dataKey,
  );
  const value = checksumOf(name, content);
  const promised = call.headers[`x-amz-checksum-${name}`];
  if (promised !== undefined && promised !== value) throw new S3Error("BadDigest");
  return { name, value, type: "FULL_OBJECT" };
}

export function abortMultipartUpload(call: ObjectCall): Reply {
  dropUpload(call, findUpload(call));
  return empty(204);
}

/** Forgets an upload and its parts. */
export function dropUpload(call: BucketCall, upload: Upload): void {
  call.tables.bodies.delete(call.tables.uploads.parts(upload.id).map(({ segment }) => segment));
  call.tables.uploads.delete(upload.id);
}

/** The upload that a call names for its key. */
export function findUpload(call: ObjectCall): Upload {
  const upload = call.tables.uploads.find(call.bucket.name, call.key, call.query.get("uploadId") ?? "");
  if (upload === undefined) throw new S3Error("NoSuchUpload");
  return upload;
}
