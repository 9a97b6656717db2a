import type { Review } from "../change.ts";

/** What a reader can ask a review in. */
export const REVIEW_FORMATS = ["text", "markdown", "json", "sarif", "html"] as const;
export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

export interface ReviewReport {
  readonly review: Review;
  /** Version of the tool. */
  readonly version: string;
  /** File that a forge pins a change to when no construct's line is known; relative to the repository. */
  readonly artefact: string;
}

/** Review → artefact. Pure: the same review gives the same bytes. */
export type ReviewRenderer = (report: ReviewReport) => string;
