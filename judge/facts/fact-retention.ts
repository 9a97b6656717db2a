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
