import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";
import type { Ref } from "./reference.ts";

/** What a judge may know of how long things stay, in how many copies and places. */

/** Whether a bucket keeps older versions, and was made to be locked. */
export interface BucketVersionsFact extends Base<"bucket-versions"> {
  readonly versioning: Reading<boolean | undefined>;
  /** Settled when the bucket is made; without it no lock can be set. */
  readonly lockable: Reading<boolean | undefined>;
}

/** How long each new object of a bucket can't be deleted. */
export interface BucketLockFact extends Base<"bucket-lock"> {
  readonly bucket: Ref;
  /** `COMPLIANCE` binds everybody, `GOVERNANCE` whoever lacks the right to bypass it. */
  readonly mode: Reading<string | undefined>;
  /** Days, a year as 365; undefined when neither is written. */
  readonly days: Reading<number | undefined>;
}

/** How an object that the program puts there is encrypted by its owner. */
export interface ObjectEncryptionFact extends Base<"object-encryption"> {
  readonly bucket: Ref;
  /** Whether a customer key (SSE-C) comes with it. */
  readonly customerKey: Reading<boolean>;
  /** Metadata `customer-encryption`. */
  readonly marker: Reading<string | undefined>;
}

/** How a managed database comes through loss: what its own settings say, and whether it needs a replica of its own. */
export interface DatabaseCareFact extends Base<"database-care"> {
  readonly settings: readonly (Reading<unknown> & { readonly ok: Known<boolean>; readonly want: unknown })[];
  /** Encrypts its disks; absent where the API has no such wish. */
  readonly encrypted: Reading<boolean> | undefined;
  /** Its nodes share one building, so that only a replica elsewhere survives it. */
  readonly needsReplica: boolean;
}

/** A readable copy of a database. */
export interface DatabaseReplicaFact extends Base<"database-replica"> {
  readonly database: Ref;
  readonly sameZone: Reading<boolean | undefined>;
}
