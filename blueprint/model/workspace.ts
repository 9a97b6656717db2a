import type { Key, RegionName } from "./common.ts";

/**
 * One secure processing environment of one data permit. It costs the account nothing by itself: its objects stand under a
 * prefix of the shared workspace and export buckets, and one broker identity serves all of them (decision 0002).
 */
export interface WorkspaceSpec {
  readonly name: string;
  /** Number of the data permit. */
  readonly permit: string;
  readonly owner: string;
  readonly region: RegionName;
  /** Names of the data domains it may query. */
  readonly domains: readonly string[];
  /** ISO date on which the permit ends. */
  readonly until: string;
  /** Bucket (key) and prefix of its own objects. */
  readonly store: { readonly bucket: Key; readonly prefix: string };
  /** Bucket (key) and prefix from which the airlock takes results. */
  readonly airlock: { readonly bucket: Key; readonly prefix: string };
}
