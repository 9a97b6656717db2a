import type { Caller, Platform } from "../core/platform.ts";

/** What object storage needs from the rest of the local Scaleway. */
export interface ObjectStorageDeps {
  /** Its own tables live in the platform's store; its time is the platform's; it serves the platform's regions. */
  readonly platform: Pick<Platform, "store" | "clock" | "ids" | "regions">;
  /** Who is behind an access key; undefined when there is no such key, or it has expired. */
  readonly callerFor: (accessKey: string) => Caller | undefined;
  /** Names of the IAM permission sets that the caller holds in a project, for a request from there. */
  readonly permissionSets: (caller: Caller, projectId: string, from: Origin) => ReadonlySet<string>;
  readonly keyManager: KeyManager;
  /** Most buckets of the Organization (all of the local Scaleway is one). Default: no limit. */
  readonly bucketQuota?: () => number;
  /** Real time in milliseconds, which clients stamp their signatures with. Default: the machine's. */
  readonly wallNow?: () => number;
}

/** What conditions of IAM rules may ask of a request. */
export interface Origin {
  readonly ip: string;
  readonly userAgent: string;
}

/** Key Manager, as SSE-KMS uses it: data keys wrapped and unwrapped under a key of the bucket's region. */
export interface KeyManager {
  /** The wrapped key, or undefined when the caller may not use the key or it is not there, disabled or not a cipher. */
  readonly wrap: (use: KeyUse, dataKey: Uint8Array) => Uint8Array | undefined;
  readonly unwrap: (use: KeyUse, wrapped: Uint8Array) => Uint8Array | undefined;
}

export interface KeyUse {
  readonly region: string;
  /** As the client wrote it: a UUID, or any other text. */
  readonly keyId: string;
  /** Undefined: anonymous. */
  readonly caller: Caller | undefined;
  readonly from: Origin;
}
