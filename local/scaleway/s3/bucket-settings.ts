import { aclTree, cannedAcl, readAcl } from "./acl.ts";
import type { BucketSettings } from "./bucket-table.ts";
import { type BucketCall, empty, type Reply, xml } from "./call.ts";
import { bucketEncryptionTree, readBucketEncryption } from "./encryption.ts";
import { invalidArgument, S3Error } from "./errors.ts";
import { type DefaultRetention, isLockMode } from "./lock.ts";
import { canonicalPolicy, parsePolicy } from "./policy.ts";
import { readTagging, taggingTree } from "./tags.ts";
import { fromXml, type XmlElement } from "./xml.ts";

/** A bucket's configuration that object storage itself acts on. Documents it only keeps are in `bucket-documents.ts`. */
function change(call: BucketCall, settings: Partial<BucketSettings>, status = 200): Reply {
  call.tables.buckets.update(call.bucket, settings);
  return empty(status);
}

export const getBucketAcl = (call: BucketCall): Reply =>
  xml("AccessControlPolicy", aclTree(call.bucket.projectId, call.bucket.acl));

export function putBucketAcl(call: BucketCall): Reply {
  const owner = call.bucket.projectId;
  const canned = call.headers["x-amz-acl"];
  const acl =
    canned === undefined ? readAcl(fromXml(call.payload.body, "AccessControlPolicy"), owner) : cannedAcl(canned, owner);
  return change(call, { acl });
}

export function getBucketTagging(call: BucketCall): Reply {
  const { tags, name } = call.bucket;
  if (tags === undefined) throw new S3Error("NoSuchTagSet", { elements: { BucketName: name } });
  return xml("Tagging", taggingTree(tags), { namespace: false });
}

export const putBucketTagging = (call: BucketCall): Reply =>
  change(call, { tags: readTagging(call.payload.body, "bucket") });

export const deleteBucketTagging = (call: BucketCall): Reply => change(call, { tags: undefined }, 204);

export const getBucketVersioning = (call: BucketCall): Reply =>
  xml("VersioningConfiguration", { Status: call.bucket.versioning }, { namespace: false });

export function putBucketVersioning(call: BucketCall): Reply {
  const status = fromXml(call.payload.body, "VersioningConfiguration").textOf("Status");
  if (status !== "Enabled" && status !== "Suspended") throw new S3Error("MalformedXML");
  if (call.bucket.objectLock && status !== "Enabled") {
    throw new S3Error("InvalidBucketState", {
      message: "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
    });
  }
  return change(call, { versioning: status });
}

export function getObjectLockConfiguration(call: BucketCall): Reply {
  const { objectLock, defaultRetention } = call.bucket;
  if (!objectLock) throw new S3Error("ObjectLockConfigurationNotFoundError");
  return xml("ObjectLockConfiguration", {
    ObjectLockEnabled: "Enabled",
    Rule: defaultRetention && { DefaultRetention: retentionTree(defaultRetention) },
  });
}

const retentionTree = (rule: DefaultRetention): Record<string, string | number> =>
  "days" in rule ? { Days: rule.days, Mode: rule.mode } : { Mode: rule.mode, Years: rule.years };

/** PutObjectLockConfiguration: only for a bucket created with object lock. */
export function putObjectLockConfiguration(call: BucketCall): Reply {
  const configuration = fromXml(call.payload.body, "ObjectLockConfiguration");
  if (!call.bucket.objectLock) {
    throw new S3Error("InvalidBucketState", {
      message: "Object Lock configuration cannot be enabled on existing buckets",
    });
  }
  if (configuration.textOf("ObjectLockEnabled") !== "Enabled") throw new S3Error("MalformedXML");
  const rule = configuration.child("Rule");
  return change(call, { defaultRetention: rule === undefined ? undefined : readDefaultRetention(rule) });
}

function readDefaultRetention(rule: XmlElement): DefaultRetention {
  const retention = rule.child("DefaultRetention");
  const mode = retention?.textOf("Mode") ?? "";
  const days = retention?.textOf("Days");
  const years = retention?.textOf("Years");
  if (!isLockMode(mode) || (days === undefined) === (years === undefined)) throw new S3Error("MalformedXML");
  const period = Number(days ?? years);
  if (!Number.isInteger(period) || period <= 0) {
    throw invalidArgument(
      "Default retention period must be a positive integer value.",
      days === undefined ? "Years" : "Days",
    );
  }
  return days === undefined ? { mode, years: period } : { mode, days: period };
}

/**
 * GetBucketEncryption. Without a configuration the answer is an empty one, not an error (Scaleway, "Enabling SSE-ONE",
 * "Disabling"; the recordings never ask for one that is not there).
 */
export function getBucketEncryption(call: BucketCall): Reply {
  const { encryption } = call.bucket;
  const content = encryption === undefined ? {} : bucketEncryptionTree(encryption);
  return xml("ServerSideEncryptionConfiguration", content, { namespace: false });
}

export const putBucketEncryption = (call: BucketCall): Reply =>
  change(call, {
    encryption: readBucketEncryption(fromXml(call.payload.body, "ServerSideEncryptionConfiguration")),
  });

export const deleteBucketEncryption = (call: BucketCall): Reply => change(call, { encryption: undefined }, 204);

export function getBucketPolicy(call: BucketCall): Reply {
  const { policy } = call.bucket;
  if (policy === undefined) throw new S3Error("NoSuchBucketPolicy");
  return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: Buffer.from(policy) };
}

export function putBucketPolicy(call: BucketCall): Reply {
  const text = call.payload.body.toString("utf8");
  parsePolicy(text, call.bucket.name);
  return change(call, { policy: canonicalPolicy(text) });
}

export const deleteBucketPolicy = (call: BucketCall): Reply => change(call, { policy: undefined }, 204);

/** GetBucketPolicyStatus: public when some statement allows everybody without condition. */
export function getBucketPolicyStatus(call: BucketCall): Reply {
  const { policy, name } = call.bucket;
  if (policy === undefined) throw new S3Error("NoSuchBucketPolicy");
  const isPublic = parsePolicy(policy, name).statements.some(
    ({ effect, principals, conditions }) =>
      effect === "Allow" && principals.includes("*") && Object.keys(conditions).length === 0,
  );
  return xml("PolicyStatus", { IsPublic: isPublic });
}
