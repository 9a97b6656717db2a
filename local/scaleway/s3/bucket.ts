import { authorizeInProject } from "./access.ts";
import { cannedAcl, ownerTree } from "./acl.ts";
import { type BucketCall, type Call, empty, isoTime, type Reply, xml } from "./call.ts";
import { S3Error } from "./errors.ts";
import { dropUpload } from "./multipart.ts";
import { fromXml } from "./xml.ts";

/** Buckets themselves: listed, created, looked at, deleted. */
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;

/** Whether a bucket may be called this: 3 to 63 of `a-z0-9.-`, no label empty, not an IPv4 address. */
export const isBucketName = (name: string): boolean =>
  NAME.test(name) && !name.includes("..") && !name.includes("-.") && !name.includes(".-") && !ADDRESS.test(name);

/** ListBuckets: those of the caller's project in the endpoint's region. */
export function listBuckets(call: Call): Reply {
  const projectId = authorizeInProject(call);
  const buckets = call.tables.buckets.list(call.address.region, projectId);
  return xml(
    "ListAllMyBucketsResult",
    {
      Owner: ownerTree(projectId),
      Buckets: { Bucket: buckets.map(({ name, createdAt }) => ({ Name: name, CreationDate: isoTime(createdAt) })) },
    },
    { listing: true },
  );
}

/** CreateBucket: the name is taken once for all regions and projects. */
export function createBucket(call: Call, name: string, quota: number | undefined): Reply {
  const projectId = authorizeInProject(call);
  if (!isBucketName(name)) throw new S3Error("InvalidBucketName");
  checkLocation(call);
  const existing = call.tables.buckets.find(name);
  if (existing !== undefined) {
    throw new S3Error(existing.projectId === projectId ? "BucketAlreadyOwnedByYou" : "BucketAlreadyExists");
  }
  if (quota !== undefined && call.tables.buckets.count() >= quota) throw new S3Error("TooManyBuckets");
  const objectLock = call.headers["x-amz-bucket-object-lock-enabled"]?.toLowerCase() === "true";
  call.tables.buckets.insert({
    name,
    region: call.address.region,
    projectId,
    createdAt: call.now,
    versioning: objectLock ? "Enabled" : "",
    objectLock,
    defaultRetention: undefined,
    acl: cannedAcl(call.headers["x-amz-acl"], projectId),
    tags: undefined,
    policy: undefined,
    encryption: undefined,
    cors: undefined,
    lifecycle: undefined,
    website: undefined,
  });
  return empty(200, { location: `/${name}` });
}

/** A `LocationConstraint` must be the endpoint's own region. */
function checkLocation(call: Call): void {
  if (call.payload.body.length === 0) return;
  const wanted = fromXml(call.payload.body, "CreateBucketConfiguration").textOf("LocationConstraint");
  if (wanted !== undefined && wanted !== "" && wanted !== call.address.region) {
    throw new S3Error("IllegalLocationConstraintException");
  }
}

export const headBucket = (call: BucketCall): Reply =>
  empty(200, { "x-amz-bucket-region": call.bucket.region, "content-type": "application/xml" });

/** DeleteBucket: refused while any version or marker is left; uploads under way are aborted. */
export function deleteBucket(call: BucketCall): Reply {
  const { buckets, versions, uploads } = call.tables;
  if (!versions.isEmpty(call.bucket.name)) throw new S3Error("BucketNotEmpty");
  for (const upload of uploads.list(call.bucket.name)) dropUpload(call, upload);
  buckets.delete(call.bucket.name);
  return empty(204);
}

export const getBucketLocation = (call: BucketCall): Reply =>
  xml("LocationConstraint", { "#text": call.bucket.region }, { listing: true });
