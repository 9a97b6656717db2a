import type { Platform } from "./core/platform.ts";
import type { WireService } from "./core/wire.ts";
import type { KeyManager, KeyUse, Origin } from "./s3/deps.ts";
import { createObjectStorage } from "./s3/object-storage.ts";
import type { ConditionContext } from "./services/iam/conditions.ts";
import { callerWithAccessKey } from "./services/iam/keys.ts";
import { permissionSetsOf } from "./services/iam/permissions.ts";
import { keyManagerFor } from "./services/key-manager/data-keys.ts";
import { KEY } from "./services/key-manager/keys.ts";
import { bucketQuota } from "./services/quota.ts";

/** Object storage on the platform's store, with IAM's callers and Key Manager's keys behind it. */
export const objectStorage = (platform: Platform): WireService =>
  createObjectStorage({
    platform,
    callerFor: (accessKey) => callerWithAccessKey(platform, accessKey),
    permissionSets: (caller, projectId, from) =>
      permissionSetsOf(platform, caller, projectId, contextOf(platform, from)),
    keyManager: withRights(platform, keyManagerFor(platform)),
    bucketQuota: () => bucketQuota(platform),
  });

/** Permission sets, in the key's project, that let a caller's objects be encrypted or decrypted under it (Scaleway, "SSE-KMS"). */
const ENCRYPT = ["KeyManagerKeyEncrypt", "KeyManagerFullAccess", "AllProductsFullAccess"];
const DECRYPT = ["KeyManagerKeyDecrypt", "KeyManagerFullAccess", "AllProductsFullAccess"];

/** Storage rights alone open no key: each use needs the caller's own right to the key. */
const withRights = (platform: Platform, keys: KeyManager): KeyManager => ({
  wrap: (use, dataKey) => (mayUse(platform, use, ENCRYPT) ? keys.wrap(use, dataKey) : undefined),
  unwrap: (use, wrapped) => (mayUse(platform, use, DECRYPT) ? keys.unwrap(use, wrapped) : undefined),
});

const contextOf = (platform: Platform, from: Origin): ConditionContext => ({
  request: { ...from, time: new Date(platform.clock.now()) },
});

function mayUse(platform: Platform, { caller, keyId, region, from }: KeyUse, wanted: readonly string[]): boolean {
  if (caller === undefined) return false;
  if (caller.isOwner) return true;
  const keys = platform.collection(KEY);
  const key = keys.find(keyId) ?? keys.named(keyId).find((named) => named.region === region);
  if (key === undefined) return false;
  const held = permissionSetsOf(platform, caller, key.project_id, {
    ...contextOf(platform, from),
    resource: { id: key.id, name: key.name, locality: key.region },
  });
  return wanted.some((name) => held.has(name));
}
