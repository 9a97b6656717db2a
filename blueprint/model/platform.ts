import type { Key, RegionName } from "./common.ts";
import type { Json } from "./json.ts";

/** The data platform on the clusters: one set of parts for each region's cluster, in the order in which they are made. */
export interface PlatformSpec {
  readonly regions: readonly PlatformRegionSpec[];
}

export interface PlatformRegionSpec {
  readonly region: RegionName;
  /** `active`: serves research spaces. `standby`: holds what a takeover needs, and no space. */
  readonly role: "active" | "standby";
  readonly parts: readonly PartSpec[];
}

export const PART_KINDS = [
  "Admission",
  "StorageClasses",
  "Namespace",
  "EgressProxy",
  "SecretSync",
  "StorageGateway",
  "Database",
  "TrinoPlatform",
  "SparkPlatform",
  "MLflowPlatform",
  "Notebooks",
  "Observability",
  "CopyJob",
  "ExportAirlock",
  "IsolationProbe",
  "UserAccess",
  "Workspace",
] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** One component of the platform in one cluster: the manifests that it consists of. */
export interface PartSpec {
  readonly key: Key;
  readonly kind: PartKind;
  readonly objects: readonly ObjectSpec[];
  /** Parts that must stand first. */
  readonly needs: readonly Key[];
}

/** One Kubernetes object. Its manifest is JSON; a value that only the foundation knows stands in it as a `FromFoundation`. */
export interface ObjectSpec {
  readonly key: Key;
  readonly manifest: Manifest;
  /** Losing it loses data: `protect` is set. */
  readonly holdsData?: true;
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: Json;
}

export interface Metadata {
  readonly name: string;
  /** Absent: an object of the whole cluster. */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: Json;
}

/** Marks a place in a manifest for an output of the foundation stack: a path in it, e.g. `keys.keys-fr-par-volumes`. */
export const FROM_FOUNDATION = "bastide.fromFoundation";
