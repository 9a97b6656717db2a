import type { Platform } from "./core/platform.ts";
import type { WireService } from "./core/wire.ts";
import { createObjectStorage } from "./s3/object-storage.ts";
import { callerWithAccessKey } from "./services/iam/keys.ts";
import { permissionSetsOf } from "./services/iam/permissions.ts";
import { keyManagerFor } from "./services/key-manager/data-keys.ts";

/** Object storage on the platform's store, with IAM's callers and Key Manager's keys behind it. */
export const objectStorage = (platform: Platform): WireService =>
  createObjectStorage({
    platform,
    callerFor: (accessKey) => callerWithAccessKey(platform, accessKey),
    permissionSets: (caller, projectId) => permissionSetsOf(platform, caller, projectId),
    keyManager: keyManagerFor(platform),
  });
