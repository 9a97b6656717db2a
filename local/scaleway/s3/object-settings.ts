import { aclTree, cannedAcl, readAcl } from "./acl.ts";
import { readRetention } from "./attributes.ts";
import { empty, type ObjectCall, type Reply, xml } from "./call.ts";
import { S3Error } from "./errors.ts";
import { mayChangeRetention } from "./lock.ts";
import { bypassesGovernance } from "./object-delete.ts";
import { findObject, versionHeader } from "./object-read.ts";
import { readTagging, taggingTree } from "./tags.ts";
import type { ObjectContent, ObjectVersion } from "./version-table.ts";
import { fromXml } from "./xml.ts";

/** What may change about a version that exists: its ACL, tags, retention and legal hold. */
function change(call: ObjectCall, version: ObjectVersion, settings: Partial<ObjectContent>, status = 200): Reply {
  call.tables.versions.update(version, settings);
  return empty(status, versionHeader(call, version));
}

export function getObjectAcl(call: ObjectCall): Reply {
  return xml("AccessControlPolicy", aclTree(call.bucket.projectId, findObject(call).acl));
}

export function putObjectAcl(call: ObjectCall): Reply {
  const owner = call.bucket.projectId;
  const canned = call.headers["x-amz-acl"];
  const acl =
    canned === undefined ? readAcl(fromXml(call.payload.body, "AccessControlPolicy"), owner) : cannedAcl(canned, owner);
  return change(call, findObject(call), { acl });
}

export function getObjectTagging(call: ObjectCall): Reply {
  const version = findObject(call);
  return xml("Tagging", taggingTree(version.tags), { namespace: false, headers: versionHeader(call, version) });
}

export const putObjectTagging = (call: ObjectCall): Reply =>
  change(call, findObject(call), { tags: readTagging(call.payload.body, "object") });

export const deleteObjectTagging = (call: ObjectCall): Reply => change(call, findObject(call), { tags: [] }, 204);

export function getObjectRetention(call: ObjectCall): Reply {
  checkLockable(call);
  const { retention } = findObject(call).lock;
  if (retention === undefined) throw new S3Error("NoSuchObjectLockConfiguration");
  return xml("Retention", { Mode: retention.mode, RetainUntilDate: new Date(retention.until).toISOString() });
}

/** PutObjectRetention; an empty `Retention` asks to lift it. */
export function putObjectRetention(call: ObjectCall): Reply {
  checkLockable(call);
  const request = fromXml(call.payload.body, "Retention");
  const isEmpty = request.names().length === 0;
  const next = isEmpty ? undefined : readRetention(request.textOf("Mode"), request.textOf("RetainUntilDate"), call.now);
  const version = findObject(call);
  if (!mayChangeRetention(version.lock.retention, next, call.now, bypassesGovernance(call))) {
    throw new S3Error("AccessDenied", { message: "Access Denied because object protected by object lock." });
  }
  return change(call, version, { lock: { ...version.lock, retention: next } });
}

export function getObjectLegalHold(call: ObjectCall): Reply {
  checkLockable(call);
  return xml("LegalHold", { Status: findObject(call).lock.legalHold ? "ON" : "OFF" });
}

export function putObjectLegalHold(call: ObjectCall): Reply {
  checkLockable(call);
  const status = fromXml(call.payload.body, "LegalHold").textOf("Status");
  if (status !== "ON" && status !== "OFF") throw new S3Error("MalformedXML");
  const version = findObject(call);
  return change(call, version, { lock: { ...version.lock, legalHold: status === "ON" } });
}

function checkLockable(call: ObjectCall): void {
  if (!call.bucket.objectLock) {
    throw new S3Error("InvalidRequest", { message: "Bucket is missing Object Lock Configuration" });
  }
}
