import { createHash } from "node:crypto";
import { invalidArgument, S3Error } from "./errors.ts";
import type { XmlElement, XmlTree } from "./xml.ts";

/**
 * Server-side encryption in its three forms (Scaleway, "Enabling SSE-C", "… SSE-ONE", "… SSE-KMS"): a key of the
 * customer's sent with each request, a key of the service's, or a key under a Key Manager key. What is asked for, what was
 * applied, and the headers of both.
 */
export type BucketEncryption =
  | { readonly algorithm: "AES256"; readonly bucketKeyEnabled: boolean }
  | { readonly algorithm: "aws:kms"; readonly keyId: string; readonly bucketKeyEnabled: boolean };

/** What a stored version tells about its encryption. Wrapped keys are base64. */
export type AppliedEncryption =
  | { readonly kind: "none" }
  | { readonly kind: "customer"; readonly keyMd5: string }
  | { readonly kind: "native"; readonly wrappedKey: string }
  | { readonly kind: "kms"; readonly keyId: string; readonly bucketKeyEnabled: boolean; readonly wrappedKey: string };

/** What a write asks for, its bucket's default included. */
export type WantedEncryption =
  | { readonly kind: "none" }
  | { readonly kind: "customer"; readonly key: CustomerKey }
  | { readonly kind: "native" }
  | { readonly kind: "kms"; readonly keyId: string; readonly bucketKeyEnabled: boolean };

export interface CustomerKey {
  /** 32 bytes. */
  readonly key: Buffer;
  /** Base64. */
  readonly md5: string;
}

type Headers = Readonly<Record<string, string | undefined>>;

const SSE = "x-amz-server-side-encryption";
const CUSTOMER = `${SSE}-customer`;
const KMS_KEY = `${SSE}-aws-kms-key-id`;
const BUCKET_KEY = `${SSE}-bucket-key-enabled`;
const KEY_ONLY_WITH_KMS =
  "KMS master key id is only supported when using Server Side Encryption with KMS managed keys.";
const KMS_NEEDS_KEY = "KMS master key id is mandatory when using Server Side Encryption with KMS managed keys.";
const KMS_NEEDS_BUCKET_KEY = "Bucket key is mandatory when using Server Side Encryption with KMS managed keys.";
const COPY_SOURCE_CUSTOMER = "x-amz-copy-source-server-side-encryption-customer";

/** The customer's key in the request's headers; of the copy's source when `of` says so. The MD5 may be left out. */
export function readCustomerKey(headers: Headers, of: "object" | "copy-source" = "object"): CustomerKey | undefined {
  const prefix = of === "object" ? CUSTOMER : COPY_SOURCE_CUSTOMER;
  const algorithm = headers[`${prefix}-algorithm`];
  const encoded = headers[`${prefix}-key`];
  if (algorithm === undefined && encoded === undefined) return undefined;
  if (algorithm !== "AES256") {
    throw invalidArgument(
      "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
      `${prefix}-algorithm`,
      algorithm,
    );
  }
  if (encoded === undefined) {
    throw invalidArgument(
      "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
      `${prefix}-key`,
    );
  }
  const key = Buffer.from(encoded, "base64");
  if (key.length !== 32)
    throw invalidArgument("The secret key was invalid for the specified algorithm.", `${prefix}-key`);
  const md5 = createHash("md5").update(key).digest("base64");
  if ((headers[`${prefix}-key-md5`] ?? md5) !== md5) {
    throw invalidArgument(
      "The calculated MD5 hash of the key did not match the hash that was provided.",
      `${prefix}-key-md5`,
    );
  }
  return { key, md5 };
}

/** What a write asks for: its own headers first, else the bucket's default. */
export function wantedEncryption(headers: Headers, bucketDefault: BucketEncryption | undefined): WantedEncryption {
  const customer = readCustomerKey(headers);
  const algorithm = headers[SSE];
  const keyId = headers[KMS_KEY];
  if (customer !== undefined) {
    if (algorithm !== undefined)
      throw invalidArgument(
        "Server Side Encryption with Customer provided keys is incompatible with the encryption method specified.",
        SSE,
        algorithm,
      );
    return { kind: "customer", key: customer };
  }
  if (algorithm === undefined) {
    if (keyId !== undefined) throw invalidArgument(KEY_ONLY_WITH_KMS, KMS_KEY);
    return fromDefault(bucketDefault);
  }
  if (algorithm === "AES256") {
    if (keyId !== undefined) throw invalidArgument(KEY_ONLY_WITH_KMS, KMS_KEY);
    return { kind: "native" };
  }
  if (algorithm !== "aws:kms")
    throw invalidArgument("The encryption method specified is not supported", SSE, algorithm);
  const inherited = bucketDefault?.algorithm === "aws:kms" ? bucketDefault : undefined;
  const wanted = keyId ?? inherited?.keyId;
  if (wanted === undefined || wanted === "") throw invalidArgument(KMS_NEEDS_KEY, KMS_KEY);
  return {
    kind: "kms",
    keyId: wanted,
    bucketKeyEnabled: (headers[BUCKET_KEY] ?? String(inherited?.bucketKeyEnabled)) === "true",
  };
}

function fromDefault(bucketDefault: BucketEncryption | undefined): WantedEncryption {
  if (bucketDefault === undefined) return { kind: "none" };
  return bucketDefault.algorithm === "AES256"
    ? { kind: "native" }
    : { kind: "kms", keyId: bucketDefault.keyId, bucketKeyEnabled: bucketDefault.bucketKeyEnabled };
}

/** Response headers that say how a version is encrypted. */
export function encryptionHeaders(applied: AppliedEncryption): Readonly<Record<string, string>> {
  switch (applied.kind) {
    case "none":
      return {};
    case "customer":
      return { [`${CUSTOMER}-algorithm`]: "AES256", [`${CUSTOMER}-key-md5`]: applied.keyMd5 };
    case "native":
      return { [SSE]: "AES256" };
    case "kms":
      return {
        [SSE]: "aws:kms",
        [KMS_KEY]: applied.keyId,
        ...(applied.bucketKeyEnabled ? { [BUCKET_KEY]: "true" } : {}),
      };
  }
}

/** A read must bring the customer's key exactly when the version was written with one. */
export function customerKeyFor(applied: AppliedEncryption, given: CustomerKey | undefined): CustomerKey | undefined {
  if (applied.kind !== "customer") {
    if (given !== undefined) {
      throw new S3Error("InvalidRequest", { message: "The encryption parameters are not applicable to this object." });
    }
    return undefined;
  }
  if (given === undefined) {
    throw new S3Error("InvalidRequest", {
      message:
        "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.",
    });
  }
  if (given.md5 !== applied.keyMd5) throw new S3Error("AccessDenied");
  return given;
}

/** A bucket's default from its `ServerSideEncryptionConfiguration`: one rule. Messages as in the recordings. */
export function readBucketEncryption(configuration: XmlElement): BucketEncryption {
  const rules = configuration.children("Rule");
  const byDefault = rules[0]?.child("ApplyServerSideEncryptionByDefault");
  if (rules.length !== 1 || byDefault === undefined) throw new S3Error("MalformedXML");
  const algorithm = byDefault.textOf("SSEAlgorithm");
  const keyId = byDefault.textOf("KMSMasterKeyID");
  const bucketKeyEnabled = rules[0]?.textOf("BucketKeyEnabled") === "true";
  if (algorithm === "AES256") {
    if (keyId !== undefined) throw invalidArgument(KEY_ONLY_WITH_KMS);
    return { algorithm, bucketKeyEnabled };
  }
  if (algorithm !== "aws:kms") throw new S3Error("MalformedXML");
  if (!bucketKeyEnabled) throw invalidArgument(KMS_NEEDS_BUCKET_KEY);
  if (!keyId) throw invalidArgument(KMS_NEEDS_KEY);
  return { algorithm, keyId, bucketKeyEnabled };
}

export const bucketEncryptionTree = (encryption: BucketEncryption): XmlTree => ({
  Rule: {
    ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm: encryption.algorithm,
      KMSMasterKeyID: encryption.algorithm === "aws:kms" ? encryption.keyId : undefined,
    },
    BucketKeyEnabled: String(encryption.bucketKeyEnabled),
  },
});
