import type { Base, Reading } from "./fact-base.ts";
import type { Ref } from "./reference.ts";

/** What a judge may know of who watches. */

/** Who is told when an alert goes off. */
export interface AlertingFact extends Base<"alerting"> {
  readonly contacts: Reading<number>;
}

/** An entrance that can write down who came. */
export interface AccessLoggedFact extends Base<"access-logged"> {
  readonly on: Reading<boolean | undefined>;
}

/** The export of the organisation's audit trail into a bucket. */
export interface TrailExportFact extends Base<"trail-export"> {
  readonly bucket: Ref;
}

/** A service of one zone: the zone's end is its own. */
export interface ZonalServiceFact extends Base<"zonal-service"> {
  /** What it is, so that only alike stand in for each other. */
  readonly service: string;
}

/** Nodes that a pool starts with. */
export interface PoolSizeFact extends Base<"pool-size"> {
  readonly nodes: Reading<number | undefined>;
}
