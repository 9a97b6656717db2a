import { isAllowed } from "./access.ts";
import { type BucketCall, empty, type ObjectCall, type Reply, xml } from "./call.ts";
import { S3Error } from "./errors.ts";
import { mayDelete } from "./lock.ts";
import { removeNullVersion } from "./object-write.ts";
import { fromXml, type XmlTree } from "./xml.ts";

/** What a deletion did: removed a version, or put a marker before the older ones. */
interface Deletion {
  readonly versionId: string | undefined;
  readonly marker: boolean;
}

const MAX_KEYS = 1000;

export function deleteObject(call: ObjectCall): Reply {
  const { versionId, marker } = remove(call, call.query.get("versionId"));
  return empty(204, {
    ...(versionId === undefined ? {} : { "x-amz-version-id": versionId }),
    ...(marker ? { "x-amz-delete-marker": "true" } : {}),
  });
}

/** DeleteObjects: each key on its own, answered on its own; `Quiet` leaves out what went well. */
export function deleteObjects(call: BucketCall): Reply {
  const request = fromXml(call.payload.body, "Delete");
  const objects = request.children("Object");
  if (objects.length === 0 || objects.length > MAX_KEYS) throw new S3Error("MalformedXML");
  const results = objects.map((object) => {
    const key = object.textOf("Key");
    if (key === undefined || key === "") throw new S3Error("MalformedXML");
    return deleteOne(call, key, object.textOf("VersionId"));
  });
  const isQuiet = request.textOf("Quiet") === "true";
  return xml(
    "DeleteResult",
    {
      Deleted: isQuiet ? [] : results.flatMap((result) => ("deleted" in result ? [result.deleted] : [])),
      Error: results.flatMap((result) => ("error" in result ? [result.error] : [])),
    },
    { listing: true },
  );
}

function deleteOne(
  call: BucketCall,
  key: string,
  versionId: string | undefined,
): { deleted: XmlTree } | { error: XmlTree } {
  const query = versionId === undefined ? new Map<string, string>() : new Map([["versionId", versionId]]);
  const own: ObjectCall = { ...call, operation: "DeleteObject", key, query };
  try {
    if (!isAllowed(own, { bucket: call.bucket, key })) throw new S3Error("AccessDenied");
    const done = remove(own, versionId);
    const markerId = done.marker ? done.versionId : undefined;
    return {
      deleted: {
        Key: key,
        VersionId: versionId,
        DeleteMarker: done.marker || undefined,
        DeleteMarkerVersionId: markerId,
      },
    };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return { error: { Key: key, VersionId: versionId, Code: error.code, Message: error.message } };
  }
}

function remove(call: ObjectCall, versionId: string | undefined): Deletion {
  if (versionId !== undefined) return removeVersion(call, versionId);
  const { versions } = call.tables;
  const { name, versioning } = call.bucket;
  if (versioning !== "Enabled") removeNullVersion(call);
  if (versioning === "") return { versionId: undefined, marker: false };
  const id = versioning === "Enabled" ? versions.nextId(call.now) : "null";
  versions.insert(name, call.key, id, { kind: "marker", modifiedAt: call.now });
  return { versionId: id, marker: true };
}

/** Deletes one version for good, unless its lock forbids it. One that is not there is deleted already. */
function removeVersion(call: ObjectCall, versionId: string): Deletion {
  const version = call.tables.versions.find(call.bucket.name, call.key, versionId);
  if (version === undefined) return { versionId, marker: false };
  if (version.kind === "object") {
    if (!mayDelete(version.lock, call.now, bypassesGovernance(call))) {
      throw new S3Error("AccessDenied", { message: "Access Denied because object protected by object lock." });
    }
    call.tables.bodies.delete(version.segments);
  }
  call.tables.versions.delete(version);
  return { versionId, marker: version.kind === "marker" };
}

export const bypassesGovernance = (call: Pick<ObjectCall, "headers">): boolean =>
  call.headers["x-amz-bypass-governance-retention"]?.toLowerCase() === "true";
