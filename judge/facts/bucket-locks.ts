import type { Origin } from "../../kernel/known.ts";
import { push } from "../../kernel/multimap.ts";
import type { Estate } from "./estate.ts";
import type { BucketLockFact } from "./fact-retention.ts";

/** The locks of each bucket, by URN, and where it can't be told whose a lock is. */
export function locksByBucket(estate: Estate): {
  readonly of: ReadonlyMap<string, readonly BucketLockFact[]>;
  readonly unclear: Origin | undefined;
} {
  const of = new Map<string, BucketLockFact[]>();
  let unclear: Origin | undefined;
  for (const lock of estate.facts("bucket-lock")) {
    const link = estate.link(lock.bucket, "bucket");
    if (link.kind === "found") push(of, link.fact.urn, lock);
    else if (link.kind === "unknown") unclear ??= link.from;
  }
  return { of, unclear };
}
