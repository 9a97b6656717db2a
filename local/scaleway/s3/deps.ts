import type { Clock } from "../core/clock.ts";
import type { Ids } from "../core/ids.ts";
import type { Store } from "../core/store.ts";

/** What object storage needs from the rest of the local Scaleway. */
export interface ObjectStorageDeps {
  /** Object storage keeps its own tables in it. */
  readonly store: Store;
  /** The platform's time: stamps, retention, expiry. */
  readonly clock: Clock;
  readonly ids: Ids;
  /** Real time in milliseconds, which clients stamp their signatures with. Default: the system's. */
  readonly wallNow?: () => number;
  /** Whether this region exists. Default: any. */
  readonly hasRegion?: (region: string) => boolean;
  /** Who is behind an access key; undefined when there is no such key, or it has expired. */
  readonly callerFor: (accessKey: string) => Caller | undefined;
  readonly keyManager: KeyManager;
  /** Most buckets of the Organization (all of the local Scaleway is one); undefined: no limit. */
  readonly bucketQuota?: number;
}

export interface Caller {
  readonly secretKey: string;
  readonly kind: "application" | "user";
  readonly id: string;
  /** The project that calls act in when the credential names none. */
  readonly defaultProjectId: string;
  /** Owner of the Organization: every permission, and always the right to a bucket's policy. */
  readonly isOwner: boolean;
  /** Names of the IAM permission sets that the caller holds in a project. */
  readonly permissionSets: (projectId: string) => ReadonlySet<string>;
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
  readonly caller: Caller | undefined;
}
