import type { Platform } from "./core/platform.ts";
import type { Settle } from "./core/transitions.ts";
import type { WireRequest, WireService } from "./core/wire.ts";

/**
 * What stands behind the Kapsule clusters of a local Scaleway. This folder knows no Kubernetes: whoever starts a local Scaleway gives it
 * one, or leaves its clusters with states and answers alone.
 */
export interface ClustersBehind {
  /** Answers for the clusters' own names. */
  readonly service: WireService;
  /** Whether the ACL of the cluster that is asked lets the sender through; any other host does. */
  readonly admits: (request: WireRequest) => boolean;
  /** The request as it arrives when it goes through the SSH bastion of the cluster's region; others as they are. */
  readonly throughBastion: (request: WireRequest) => WireRequest;
  /** How clusters go on: a new one is ready when its control plane is. */
  settlers(own: ReadonlyMap<string, Settle>): ReadonlyMap<string, Settle>;
  /** Puts what was saved in a folder in the place of what the clusters know. */
  restore(folder: string): void;
  /** What runs now, and how often it ended by itself and was started again. */
  status(): readonly { readonly cluster: string; readonly program: string; readonly restarts: number }[];
  stop(): Promise<void>;
}

export interface ClusterParts {
  readonly platform: Platform;
  /** Data folder of the local Scaleway. */
  readonly dataDir: string;
  /** Address that calls are taken to come from. */
  readonly clientAddress: string;
}

/** Called once, before the first request; starts nothing by itself. */
export type OpenClusters = (parts: ClusterParts) => ClustersBehind;
