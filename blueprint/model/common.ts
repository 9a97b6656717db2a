import type { DataClass, Layer, Phase, Profile, Tier } from "../../stacks/vocabulary.ts";

/**
 * Shared words of the plan. A blueprint is JSON: no resource, no secret, no function. Specs refer to each other by `key`,
 * the frozen logical name of the Pulumi resource; physical names and tags may change, keys may not (golden test).
 */
export type Key = string;

/** Tags of one resource, as a map; lists of `k=v` are made at the edge. */
export interface Tags {
  readonly "data-class": DataClass;
  readonly tier: Tier;
  readonly env: string;
  readonly owner: string;
  readonly synthetic?: "true";
  readonly permit?: string;
  readonly [extra: string]: string | undefined;
}

/** What every spec of one resource carries. */
export interface Planned {
  /** Logical name: identity, frozen for ever. */
  readonly key: Key;
  /** Physical name on Scaleway: label. */
  readonly name: string;
  readonly tags: Tags;
}

export type RegionName = string;
export type ZoneName = string;

/** Where a resource lives: region and project are written on each one, never left to a provider default. */
export interface Regional {
  readonly region: RegionName;
  readonly project: ProjectKey;
}

export interface Zonal extends Regional {
  readonly zone: ZoneName;
}

/**
 * Scaleway Projects of an environment: the boundaries of IAM, of S3 credentials and of bastion keys. `bootstrap` is made by
 * the bootstrap layer, the others by the foundation. Directly identifying data (`*-raw`) shares no project with the rest.
 */
export const PROJECT_KEYS = [
  "bootstrap",
  "network",
  "bastion",
  "data",
  "data-raw",
  "backup",
  "backup-raw",
  "log",
] as const;
export type ProjectKey = (typeof PROJECT_KEYS)[number];

export interface ProjectSpec {
  readonly key: Key;
  readonly name: string;
  readonly description: string;
  readonly project: ProjectKey;
}

/** Facts of the environment that components and verdicts repeat. */
export interface EnvironmentSummary {
  readonly format: number;
  readonly name: string;
  readonly profile: Profile;
  readonly phase: Phase;
  /** Value of the `env` tag; `rehearsal` carries `prod` with `synthetic=true`. */
  readonly env: string;
  readonly synthetic: boolean;
  readonly organizationId: string;
  readonly regions: readonly RegionName[];
  readonly layers: readonly Layer[];
  /** What the verdict must say, e.g. "node egress unfiltered", "region loss not covered". */
  readonly advisories: readonly string[];
}
