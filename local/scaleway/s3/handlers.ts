import { deleteBucket, getBucketLocation, headBucket } from "./bucket.ts";
import {
  deleteBucketCors,
  deleteBucketLifecycle,
  deleteBucketWebsite,
  getBucketCors,
  getBucketLifecycle,
  getBucketWebsite,
  putBucketCors,
  putBucketLifecycle,
  putBucketWebsite,
} from "./bucket-documents.ts";
import {
  deleteBucketEncryption,
  deleteBucketPolicy,
  deleteBucketTagging,
  getBucketAcl,
  getBucketEncryption,
  getBucketPolicy,
  getBucketPolicyStatus,
  getBucketTagging,
  getBucketVersioning,
  getObjectLockConfiguration,
  putBucketAcl,
  putBucketEncryption,
  putBucketPolicy,
  putBucketTagging,
  putBucketVersioning,
  putObjectLockConfiguration,
} from "./bucket-settings.ts";
import type { BucketCall, ObjectCall, Reply } from "./call.ts";
import { listObjects, listObjectsV2, listObjectVersions } from "./listing.ts";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
} from "./multipart.ts";
import { listMultipartUploads, listParts } from "./multipart-listing.ts";
import { deleteObject, deleteObjects } from "./object-delete.ts";
import { getObject, getObjectAttributes, headObject, restoreObject } from "./object-read.ts";
import {
  deleteObjectTagging,
  getObjectAcl,
  getObjectLegalHold,
  getObjectRetention,
  getObjectTagging,
  putObjectAcl,
  putObjectLegalHold,
  putObjectRetention,
  putObjectTagging,
} from "./object-settings.ts";
import { copyObject, putObject } from "./object-write.ts";
import type { OperationName, OperationsOn } from "./router.ts";

/** Operations on a bucket that exists. */
const onBucket: Readonly<Record<Exclude<OperationsOn<"bucket">, "CreateBucket">, (call: BucketCall) => Reply>> = {
  HeadBucket: headBucket,
  DeleteBucket: deleteBucket,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListObjectVersions: listObjectVersions,
  ListMultipartUploads: listMultipartUploads,
  DeleteObjects: deleteObjects,
  GetBucketLocation: getBucketLocation,
  GetBucketAcl: getBucketAcl,
  PutBucketAcl: putBucketAcl,
  GetBucketTagging: getBucketTagging,
  PutBucketTagging: putBucketTagging,
  DeleteBucketTagging: deleteBucketTagging,
  GetBucketCors: getBucketCors,
  PutBucketCors: putBucketCors,
  DeleteBucketCors: deleteBucketCors,
  GetBucketLifecycle: getBucketLifecycle,
  PutBucketLifecycle: putBucketLifecycle,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  GetBucketWebsite: getBucketWebsite,
  PutBucketWebsite: putBucketWebsite,
  DeleteBucketWebsite: deleteBucketWebsite,
  GetBucketVersioning: getBucketVersioning,
  PutBucketVersioning: putBucketVersioning,
  GetBucketEncryption: getBucketEncryption,
  PutBucketEncryption: putBucketEncryption,
  DeleteBucketEncryption: deleteBucketEncryption,
  GetBucketPolicy: getBucketPolicy,
  PutBucketPolicy: putBucketPolicy,
  DeleteBucketPolicy: deleteBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetObjectLockConfiguration: getObjectLockConfiguration,
  PutObjectLockConfiguration: putObjectLockConfiguration,
};

const onObject: Readonly<Record<OperationsOn<"object">, (call: ObjectCall) => Reply>> = {
  PutObject: putObject,
  CopyObject: copyObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  GetObjectAttributes: getObjectAttributes,
  GetObjectAcl: getObjectAcl,
  PutObjectAcl: putObjectAcl,
  GetObjectTagging: getObjectTagging,
  PutObjectTagging: putObjectTagging,
  DeleteObjectTagging: deleteObjectTagging,
  GetObjectRetention: getObjectRetention,
  PutObjectRetention: putObjectRetention,
  GetObjectLegalHold: getObjectLegalHold,
  PutObjectLegalHold: putObjectLegalHold,
  RestoreObject: restoreObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
  ListParts: listParts,
};

const isOnBucket = (name: OperationName): name is keyof typeof onBucket => Object.hasOwn(onBucket, name);
const isOnObject = (name: OperationName): name is keyof typeof onObject => Object.hasOwn(onObject, name);

/** Runs an operation that has a bucket. */
export function perform(call: BucketCall): Reply {
  const { operation, address } = call;
  if (isOnObject(operation) && address.key !== undefined) return onObject[operation]({ ...call, key: address.key });
  if (isOnBucket(operation)) return onBucket[operation](call);
  throw new TypeError(`no handler for ${operation}`);
}
