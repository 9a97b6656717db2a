import type { Duplex } from "node:stream";
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
  /** The SSH bastions of the public gateways, through which clusters are reached whose ACL names them. */
  openBastions(door: CarriedDoor): Promise<Bastions>;
  /** How clusters go on: a new one is ready when its control plane is. */
  settlers(own: ReadonlyMap<string, Settle>): ReadonlyMap<string, Settle>;
  /** Puts what was saved in a folder in the place of what the clusters know. */
  restore(folder: string): void;
  /** What runs now, and how often it ended by itself and was started again. */
  status(): readonly { readonly cluster: string; readonly program: string; readonly restarts: number }[];
  stop(): Promise<void>;
}

/** What bastions hand the connections to that they carry. */
export interface CarriedDoor {
  serves(host: string): boolean;
  /** @param carried where the connection comes from, as the far end sees it. */
  take(stream: Duplex, carried: { readonly host: string; readonly from: string; readonly client: string }): void;
}

export interface Bastions {
  /** HTTP proxy on loopback that leads to them by their own addresses. */
  readonly url: string;
  /** Private key of the local administrator, whom each of them knows. */
  readonly keyFile: string;
  close(): Promise<void>;
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
