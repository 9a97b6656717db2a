import type { DeclaredStatement, ResourceRef } from "../../kernel/declaration.ts";
import type { DataClass } from "../../stacks/vocabulary.ts";
import type { Key, Planned, Regional, RegionName } from "./common.ts";

/** A Key Manager key of one purpose, made by the first-party plug-in so that its protection level can be said. */
export interface KeySpec extends Planned, Regional {
  readonly purpose: string;
  readonly usage: "symmetric_encryption";
  readonly algorithm: "aes_256_gcm";
  /** Who holds the root: `hsm` and `software` are Scaleway's, `external` means imported material. */
  readonly custody: "hsm" | "software" | "external";
  /** Go duration, e.g. `2160h`; absent for imported material, which rotates by import. */
  readonly rotationPeriod?: string;
  readonly description: string;
}

export interface KeysSpec {
  readonly region: RegionName;
  /** The one of `keys` that the cluster's volumes are encrypted under. */
  readonly volumes: Key;
  readonly keys: readonly KeySpec[];
}

/** What a bucket is for; decides tier, lock and versioning. */
export type BucketUse =
  | "landing"
  | "tables"
  | "workspaces"
  | "export"
  | "artifacts"
  | "backup"
  | "audit-log"
  | "sessions"
  | "state";

export interface BucketSpec extends Planned, Regional {
  readonly use: BucketUse;
  readonly versioning: boolean;
  readonly lock?: LockSpec;
  readonly encryption: { readonly key: Key; readonly configKey: Key };
  readonly policy: { readonly key: Key; readonly statements: readonly DeclaredStatement[] };
}

/** GOVERNANCE can be lifted by who has the right; COMPLIANCE by nobody before `days` passed. */
export interface LockSpec {
  readonly key: Key;
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  readonly days: number;
}

/** Encryption that the writer applies before or with the upload, named so that no health bucket goes without. */
export interface CustomerEncryptionSpec {
  readonly mode: "client-side" | "sse-c";
  /** Applications that apply it. */
  readonly writers: readonly ResourceRef[];
  /** Secret (key) that holds the customer key. */
  readonly secret: Key;
}

/** One data domain: buckets in its home region, the replica in the other, and who copies. */
export interface DataDomainSpec {
  readonly key: Key;
  readonly domain: string;
  readonly dataClass: DataClass;
  readonly owner: string;
  readonly retentionDays: number;
  readonly home: RegionName;
  readonly buckets: readonly BucketSpec[];
  readonly replica?: ReplicaSpec;
  readonly customerEncryption?: CustomerEncryptionSpec;
}

/** Replication is a scheduled copy job (no bucket replication on Scaleway); the job itself runs in the platform layer. */
export interface ReplicaSpec {
  readonly bucket: BucketSpec;
  /** Every bucket of the domain; each is copied under its own prefix. */
  readonly sources: readonly Key[];
  /** Application that the job signs as. */
  readonly copyIdentity: Key;
  /** Recovery point objective, in minutes. */
  readonly rpoMinutes: number;
  /** Recovery time objective, in minutes. */
  readonly rtoMinutes: number;
}

export interface SecretSpec extends Planned, Regional {
  readonly path: string;
  readonly description: string;
  readonly content: SecretContent;
}

/** Where the value comes from; never a literal. */
export type SecretContent =
  | { readonly kind: "random-password"; readonly length: number }
  | { readonly kind: "random-bytes"; readonly length: number }
  | { readonly kind: "api-key"; readonly apiKey: Key }
  /** The value of another region's secret, so that what is encrypted with it outlives that region. */
  | { readonly kind: "same-as"; readonly secret: Key };

export interface SecretsSpec {
  readonly region: RegionName;
  readonly secrets: readonly SecretSpec[];
}

export interface RegistrySpec extends Regional {
  readonly namespaces: readonly Planned[];
}
