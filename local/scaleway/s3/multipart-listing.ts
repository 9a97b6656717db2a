import { ownerTree } from "./acl.ts";
import { type BucketCall, isoTime, type ObjectCall, type Reply, xml } from "./call.ts";
import { CHECKSUMS } from "./checksum.ts";
import { findUpload, MAX_PARTS } from "./multipart.ts";
import type { Upload } from "./upload-table.ts";
import type { XmlTree } from "./xml.ts";

export function listParts(call: ObjectCall): Reply {
  const upload = findUpload(call);
  const after = Number(call.query.get("part-number-marker") ?? 0);
  const most = Math.min(Number(call.query.get("max-parts") ?? MAX_PARTS), MAX_PARTS);
  const parts = call.tables.uploads.parts(upload.id).filter(({ number }) => number > after);
  const shown = parts.slice(0, most);
  return xml(
    "ListPartsResult",
    {
      Bucket: upload.bucket,
      Key: upload.key,
      UploadId: upload.id,
      Initiator: ownerTree(upload.initiator),
      Owner: ownerTree(call.bucket.projectId),
      StorageClass: upload.storageClass,
      PartNumberMarker: after,
      NextPartNumberMarker: shown.at(-1)?.number ?? 0,
      MaxParts: most,
      IsTruncated: shown.length < parts.length,
      ChecksumAlgorithm: upload.checksumName && CHECKSUMS[upload.checksumName].algorithm,
      ChecksumType: upload.checksumName && upload.checksumType,
      Part: shown.map(
        (part): XmlTree => ({
          PartNumber: part.number,
          LastModified: isoTime(part.modifiedAt),
          ETag: `"${part.etag}"`,
          Size: part.segment.size,
          ...(part.checksum && { [CHECKSUMS[part.checksum.name].element]: part.checksum.value }),
        }),
      ),
    },
    { listing: true },
  );
}

export function listMultipartUploads(call: BucketCall): Reply {
  const prefix = call.query.get("prefix") ?? "";
  const keyMarker = call.query.get("key-marker") ?? "";
  const idMarker = call.query.get("upload-id-marker") ?? "";
  const most = Math.min(Number(call.query.get("max-uploads") ?? MAX_PARTS), MAX_PARTS);
  const isAfter = ({ key, id }: Upload): boolean =>
    key > keyMarker || (key === keyMarker && idMarker !== "" && id > idMarker);
  const uploads = call.tables.uploads
    .list(call.bucket.name)
    .filter((upload) => upload.key.startsWith(prefix) && isAfter(upload));
  const shown = uploads.slice(0, most);
  const isTruncated = shown.length < uploads.length;
  return xml(
    "ListMultipartUploadsResult",
    {
      Bucket: call.bucket.name,
      KeyMarker: keyMarker,
      UploadIdMarker: idMarker,
      NextKeyMarker: isTruncated ? shown.at(-1)?.key : undefined,
      NextUploadIdMarker: isTruncated ? shown.at(-1)?.id : undefined,
      Prefix: prefix,
      MaxUploads: most,
      IsTruncated: isTruncated,
      Upload: shown.map((upload) => ({
        Key: upload.key,
        UploadId: upload.id,
        Initiator: ownerTree(upload.initiator),
        Owner: ownerTree(call.bucket.projectId),
        StorageClass: upload.storageClass,
        Initiated: isoTime(upload.initiatedAt),
      })),
    },
    { listing: true },
  );
}
