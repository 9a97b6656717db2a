/**
 * Every operation that object storage answers: where it is found (target, method, subresource) and what it takes to be
 * allowed (the action that a bucket policy must name, the right that an IAM permission set must hold). Source of actions
 * and rights: Scaleway, "Amazon S3 and IAM permissions equivalence" and "Bucket policies overview".
 */
export interface OperationRow {
  readonly target: "service" | "bucket" | "object";
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** The query parameter that selects the operation among those of its target and method. */
  readonly subresource?: string;
  /** A header that does the same. */
  readonly header?: string;
  readonly action: string;
  /** The action instead, when the request names a version. */
  readonly versionAction?: string;
  readonly right: Right;
}

export type Right =
  | "BucketsRead"
  | "BucketsWrite"
  | "BucketsDelete"
  | "ObjectsRead"
  | "ObjectsWrite"
  | "ObjectsDelete"
  | "PolicyRead"
  | "PolicyWrite";

/** Project-scoped IAM permission sets that hold each right. */
export const RIGHTS: Readonly<Record<Right, readonly string[]>> = {
  BucketsRead: ["ObjectStorageFullAccess", "ObjectStorageReadOnly", "ObjectStorageBucketsRead", "AllProductsReadOnly"],
  BucketsWrite: ["ObjectStorageFullAccess", "ObjectStorageBucketsWrite"],
  BucketsDelete: ["ObjectStorageFullAccess", "ObjectStorageBucketsDelete"],
  ObjectsRead: ["ObjectStorageFullAccess", "ObjectStorageReadOnly", "ObjectStorageObjectsRead", "AllProductsReadOnly"],
  ObjectsWrite: ["ObjectStorageFullAccess", "ObjectStorageObjectsWrite"],
  ObjectsDelete: ["ObjectStorageFullAccess", "ObjectStorageObjectsDelete"],
  PolicyRead: ["ObjectStorageBucketPolicyFullAccess", "ObjectStorageReadOnly", "AllProductsReadOnly"],
  PolicyWrite: ["ObjectStorageBucketPolicyFullAccess"],
};

/** The permission set that holds every right. */
export const EVERYTHING = "AllProductsFullAccess";

const row = <Target extends OperationRow["target"]>(
  target: Target,
  method: OperationRow["method"],
  subresource: string | undefined,
  action: string,
  right: Right,
  more: Pick<OperationRow, "header" | "versionAction"> = {},
): OperationRow & { readonly target: Target } => ({
  target,
  method,
  ...(subresource === undefined ? {} : { subresource }),
  action,
  right,
  ...more,
});

const COPY = { header: "x-amz-copy-source" };

export const OPERATIONS = {
  ListBuckets: row("service", "GET", undefined, "s3:ListAllMyBuckets", "BucketsRead"),

  CreateBucket: row("bucket", "PUT", undefined, "s3:CreateBucket", "BucketsWrite"),
  HeadBucket: row("bucket", "HEAD", undefined, "s3:ListBucket", "BucketsRead"),
  DeleteBucket: row("bucket", "DELETE", undefined, "s3:DeleteBucket", "BucketsDelete"),
  ListObjects: row("bucket", "GET", undefined, "s3:ListBucket", "ObjectsRead"),
  ListObjectsV2: row("bucket", "GET", "list-type", "s3:ListBucket", "ObjectsRead"),
  ListObjectVersions: row("bucket", "GET", "versions", "s3:ListBucketVersions", "ObjectsRead"),
  ListMultipartUploads: row("bucket", "GET", "uploads", "s3:ListBucketMultipartUploads", "ObjectsRead"),
  DeleteObjects: row("bucket", "POST", "delete", "s3:DeleteObject", "ObjectsDelete"),
  GetBucketLocation: row("bucket", "GET", "location", "s3:GetBucketLocation", "BucketsRead"),
  GetBucketAcl: row("bucket", "GET", "acl", "s3:GetBucketAcl", "BucketsRead"),
  PutBucketAcl: row("bucket", "PUT", "acl", "s3:PutBucketAcl", "BucketsWrite"),
  GetBucketTagging: row("bucket", "GET", "tagging", "s3:GetBucketTagging", "BucketsRead"),
  PutBucketTagging: row("bucket", "PUT", "tagging", "s3:PutBucketTagging", "BucketsWrite"),
  DeleteBucketTagging: row("bucket", "DELETE", "tagging", "s3:PutBucketTagging", "BucketsWrite"),
  GetBucketCors: row("bucket", "GET", "cors", "s3:GetBucketCORS", "BucketsRead"),
  PutBucketCors: row("bucket", "PUT", "cors", "s3:PutBucketCORS", "BucketsWrite"),
  DeleteBucketCors: row("bucket", "DELETE", "cors", "s3:PutBucketCORS", "BucketsWrite"),
  GetBucketLifecycle: row("bucket", "GET", "lifecycle", "s3:GetLifecycleConfiguration", "BucketsRead"),
  PutBucketLifecycle: row("bucket", "PUT", "lifecycle", "s3:PutLifecycleConfiguration", "BucketsWrite"),
  DeleteBucketLifecycle: row("bucket", "DELETE", "lifecycle", "s3:PutLifecycleConfiguration", "BucketsWrite"),
  GetBucketWebsite: row("bucket", "GET", "website", "s3:GetBucketWebsite", "BucketsRead"),
  PutBucketWebsite: row("bucket", "PUT", "website", "s3:PutBucketWebsite", "BucketsWrite"),
  DeleteBucketWebsite: row("bucket", "DELETE", "website", "s3:DeleteBucketWebsite", "BucketsWrite"),
  GetBucketVersioning: row("bucket", "GET", "versioning", "s3:GetBucketVersioning", "BucketsRead"),
  PutBucketVersioning: row("bucket", "PUT", "versioning", "s3:PutBucketVersioning", "BucketsWrite"),
  GetBucketEncryption: row("bucket", "GET", "encryption", "s3:GetEncryptionConfiguration", "BucketsRead"),
  PutBucketEncryption: row("bucket", "PUT", "encryption", "s3:PutEncryptionConfiguration", "BucketsWrite"),
  DeleteBucketEncryption: row("bucket", "DELETE", "encryption", "s3:PutEncryptionConfiguration", "BucketsWrite"),
  GetBucketPolicy: row("bucket", "GET", "policy", "s3:GetBucketPolicy", "PolicyRead"),
  PutBucketPolicy: row("bucket", "PUT", "policy", "s3:PutBucketPolicy", "PolicyWrite"),
  DeleteBucketPolicy: row("bucket", "DELETE", "policy", "s3:DeleteBucketPolicy", "PolicyWrite"),
  GetBucketPolicyStatus: row("bucket", "GET", "policyStatus", "s3:GetBucketPolicyStatus", "PolicyRead"),
  GetObjectLockConfiguration: row("bucket", "GET", "object-lock", "s3:GetBucketObjectLockConfiguration", "ObjectsRead"),
  PutObjectLockConfiguration: row(
    "bucket",
    "PUT",
    "object-lock",
    "s3:PutBucketObjectLockConfiguration",
    "ObjectsWrite",
  ),

  PutObject: row("object", "PUT", undefined, "s3:PutObject", "ObjectsWrite"),
  CopyObject: row("object", "PUT", undefined, "s3:PutObject", "ObjectsWrite", COPY),
  GetObject: row("object", "GET", undefined, "s3:GetObject", "ObjectsRead", { versionAction: "s3:GetObjectVersion" }),
  HeadObject: row("object", "HEAD", undefined, "s3:GetObject", "ObjectsRead", { versionAction: "s3:GetObjectVersion" }),
  DeleteObject: row("object", "DELETE", undefined, "s3:DeleteObject", "ObjectsDelete", {
    versionAction: "s3:DeleteObjectVersion",
  }),
  GetObjectAttributes: row("object", "GET", "attributes", "s3:GetObjectAttributes", "ObjectsRead", {
    versionAction: "s3:GetObjectVersionAttributes",
  }),
  GetObjectAcl: row("object", "GET", "acl", "s3:GetObjectAcl", "ObjectsRead"),
  PutObjectAcl: row("object", "PUT", "acl", "s3:PutObjectAcl", "ObjectsWrite"),
  GetObjectTagging: row("object", "GET", "tagging", "s3:GetObjectTagging", "ObjectsRead", {
    versionAction: "s3:GetObjectVersionTagging",
  }),
  PutObjectTagging: row("object", "PUT", "tagging", "s3:PutObjectTagging", "ObjectsWrite", {
    versionAction: "s3:PutObjectVersionTagging",
  }),
  DeleteObjectTagging: row("object", "DELETE", "tagging", "s3:DeleteObjectTagging", "ObjectsWrite", {
    versionAction: "s3:DeleteObjectVersionTagging",
  }),
  GetObjectRetention: row("object", "GET", "retention", "s3:GetObjectRetention", "ObjectsRead"),
  PutObjectRetention: row("object", "PUT", "retention", "s3:PutObjectRetention", "ObjectsWrite"),
  GetObjectLegalHold: row("object", "GET", "legal-hold", "s3:GetObjectLegalHold", "ObjectsRead"),
  PutObjectLegalHold: row("object", "PUT", "legal-hold", "s3:PutObjectLegalHold", "ObjectsWrite"),
  RestoreObject: row("object", "POST", "restore", "s3:RestoreObject", "ObjectsWrite"),
  CreateMultipartUpload: row("object", "POST", "uploads", "s3:PutObject", "ObjectsWrite"),
  UploadPart: row("object", "PUT", "uploadId", "s3:PutObject", "ObjectsWrite"),
  UploadPartCopy: row("object", "PUT", "uploadId", "s3:PutObject", "ObjectsWrite", COPY),
  CompleteMultipartUpload: row("object", "POST", "uploadId", "s3:PutObject", "ObjectsWrite"),
  AbortMultipartUpload: row("object", "DELETE", "uploadId", "s3:AbortMultipartUpload", "ObjectsDelete"),
  ListParts: row("object", "GET", "uploadId", "s3:ListMultipartUploadParts", "ObjectsRead"),
} as const satisfies Readonly<Record<string, OperationRow>>;

/**
 * The actions that a bucket policy can name, spelled as Scaleway spells them (documentation, "Bucket policies overview",
 * supported actions, and the two attribute actions of "Amazon S3 and IAM permissions equivalence"). None for the policy
 * itself, for encryption, or for making and deleting a bucket.
 */
export const NAMEABLE_ACTIONS: readonly string[] = [
  "s3:AbortMultipartUpload",
  "s3:DeleteBucketWebsite",
  "s3:DeleteObject",
  "s3:DeleteObjectTagging",
  "s3:DeleteObjectVersion",
  "s3:DeleteObjectVersionTagging",
  "s3:GetBucketAcl",
  "s3:GetBucketCORS",
  "s3:GetBucketLocation",
  "s3:GetBucketObjectLockConfiguration",
  "s3:GetBucketTagging",
  "s3:GetBucketVersioning",
  "s3:GetBucketWebsite",
  "s3:GetLifecycleConfiguration",
  "s3:GetObject",
  "s3:GetObjectAcl",
  "s3:GetObjectAttributes",
  "s3:GetObjectLegalHold",
  "s3:GetObjectRetention",
  "s3:GetObjectTagging",
  "s3:GetObjectVersion",
  "s3:GetObjectVersionAttributes",
  "s3:GetObjectVersionTagging",
  "s3:ListBucket",
  "s3:ListBucketMultipartUploads",
  "s3:ListBucketVersions",
  "s3:ListMultipartUploadParts",
  "s3:PutBucketAcl",
  "s3:PutBucketCORS",
  "s3:PutBucketObjectLockConfiguration",
  "s3:PutBucketTagging",
  "s3:PutBucketVersioning",
  "s3:PutBucketWebsite",
  "s3:PutLifecycleConfiguration",
  "s3:PutObject",
  "s3:PutObjectAcl",
  "s3:PutObjectLegalHold",
  "s3:PutObjectRetention",
  "s3:PutObjectTagging",
  "s3:PutObjectVersionTagging",
  "s3:RestoreObject",
];
const NAMEABLE: ReadonlySet<string> = new Set(NAMEABLE_ACTIONS);

export const isNameable = (action: string): boolean => NAMEABLE.has(action);

/** Subresources of S3 that Scaleway's object storage does not have. */
export const MISSING_SUBRESOURCES: readonly string[] = [
  "accelerate",
  "analytics",
  "intelligent-tiering",
  "inventory",
  "logging",
  "metrics",
  "notification",
  "ownershipControls",
  "publicAccessBlock",
  "replication",
  "requestPayment",
  "select",
  "torrent",
];
