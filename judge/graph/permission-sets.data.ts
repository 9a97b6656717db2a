/**
 * What Scaleway's permission sets let their holder do with data. Source: Scaleway, "Permission sets" (IAM reference) and "Amazon S3
 * and IAM permissions equivalence", read 2026-11-24. A set of these products that stands nowhere here counts as everything of its product:
 * a new name must not slip through.
 */
export type Power =
  /** Objects of a project's buckets. */
  | "objects.read"
  | "objects.write"
  | "objects.delete"
  /** Policies, access lists, lifecycle and versioning of buckets. */
  | "buckets.rules"
  /** With the keys of a project. */
  | "keys.decrypt"
  | "keys.rules"
  | "keys.delete"
  /** Contents of secrets. */
  | "secrets.read"
  | "secrets.write"
  | "secrets.delete"
  /** Images. */
  | "images.read"
  | "images.write"
  /** Rights themselves: policies, members of groups, keys of applications. */
  | "rights.give";

/** By product, its sets in full; `FullAccess` of each is all of them. */
export const PRODUCTS: Readonly<
  Record<string, { readonly all: readonly Power[]; readonly sets: Readonly<Record<string, readonly Power[]>> }>
> = {
  ObjectStorage: {
    all: ["objects.read", "objects.write", "objects.delete", "buckets.rules"],
    sets: {
      ReadOnly: ["objects.read"],
      ObjectsRead: ["objects.read"],
      ObjectsWrite: ["objects.write"],
      ObjectsDelete: ["objects.delete"],
      BucketsRead: [],
      BucketsWrite: ["buckets.rules"],
      BucketsDelete: ["objects.delete"],
      BucketPolicyRead: [],
      BucketPolicyReadOnly: [],
      BucketPolicyFullAccess: ["buckets.rules"],
    },
  },
  KeyManager: {
    all: ["keys.decrypt", "keys.rules", "keys.delete"],
    sets: {
      ReadOnly: [],
      KeyCreate: [],
      KeyDecrypt: ["keys.decrypt"],
      KeyEncrypt: [],
      KeySign: [],
      KeyVerify: [],
      KeyDelete: ["keys.delete"],
      KeyRestore: [],
      KeyRead: [],
      KeyWrite: ["keys.rules"],
      DataKeyWrite: [],
    },
  },
  SecretManager: {
    all: ["secrets.read", "secrets.write", "secrets.delete"],
    sets: {
      ReadOnly: [],
      SecretRead: [],
      SecretAccess: ["secrets.read"],
      SecretCreate: ["secrets.write"],
      SecretWrite: ["secrets.write"],
      SecretDelete: ["secrets.delete"],
      SecretRestore: [],
    },
  },
  ContainerRegistry: {
    all: ["images.read", "images.write"],
    sets: { ReadOnly: ["images.read"] },
  },
  IAM: {
    all: ["rights.give"],
    sets: { ReadOnly: [], SSHKeyManager: [], LogReadOnly: [] },
  },
  Organization: {
    all: ["rights.give"],
    sets: { ReadOnly: [] },
  },
};

/** Sets that span products. */
export const SPANNING: Readonly<Record<string, readonly Power[]>> = {
  AllProductsFullAccess: Object.entries(PRODUCTS)
    .filter(([name]) => name !== "IAM" && name !== "Organization")
    .flatMap(([, product]) => product.all),
  AllProductsReadOnly: ["objects.read", "images.read"],
};
