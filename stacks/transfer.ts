/**
 * Words by which objects in clusters say what a migration needs to know of them; jobs of the platform carry them, rules ask for
 * them. Plain keys, as tags of resources have them.
 */
export const PURPOSE_LABEL = "purpose";
/** What a job is for: carries a data set over, compares both sides, or copies for continuity. */
export const PURPOSES = ["transfer", "comparison", "replication"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Annotations of a transfer and of what belongs to it. Days are ISO dates. */
export const TRANSFER = {
  /** Name of the data set. */
  set: "transfer-set",
  source: "transfer-source",
  destination: "transfer-destination",
  owner: "transfer-owner",
  /** Day on which it must be gone. */
  until: "transfer-until",
  /** Object that lists what was carried, with digests. */
  manifest: "transfer-manifest",
  /** Day on which the old side is deleted. */
  decommission: "transfer-decommission",
} as const;

/** Longest life of a transfer, in days (own parameter). */
export const TRANSFER_DAYS = 90;

/** Tag or annotation of what keeps state: the open format and the job that hands it out. */
export const EXIT = "exit";

/** Label of a research space's namespace: the permit that it serves. */
export const PERMIT_LABEL = "permit";
