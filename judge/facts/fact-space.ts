import type { Base, Reading } from "./fact-base.ts";
import type { Ref } from "./reference.ts";

/** What a judge may know of spaces: what stands in them, who else is let in, and what leaves them. */

/** What passes between a resource and a host that somebody may run outside. */
export type OutletPurpose =
  | "telemetry"
  | "alerts"
  | "webhook"
  | "identity"
  | "image"
  | "model"
  | "chart"
  | "certificate"
  | "jobs"
  | "mail";

/** A host outside the estate that something is sent to, fetched from, or decided by. */
export interface OutletFact extends Base<"outlet"> {
  readonly purpose: OutletPurpose;
  /** A URL, a host name or a mail address; `undefined` when there is none. */
  readonly target: Reading<string | undefined>;
}

/** The commercial offer that a resource runs on: decides what shares the hardware, and whether health data may be on it. */
export interface OfferFact extends Base<"offer"> {
  readonly what: "control plane" | "machine" | "disk";
  readonly name: Reading<string | undefined>;
}

/** Where a bucket's archive, or an object's class, comes to rest apart from its bucket. */
export interface ArchiveFact extends Base<"archive"> {
  /** `self` when the bucket itself says so by a lifecycle rule. */
  readonly bucket: Ref | "self";
  /** Storage classes that it names. */
  readonly classes: Reading<readonly string[]>;
}

/** What an edge service or a function serves, and so spreads. */
export interface ServesFact extends Base<"serves"> {
  readonly source: Ref;
}

export type SpaceFact = OutletFact | OfferFact | ArchiveFact | ServesFact;
