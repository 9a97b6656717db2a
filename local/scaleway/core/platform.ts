import type { Clock } from "./clock.ts";
import { type Collection, type Kind, openCollection, type Stored } from "./collection.ts";
import type { Ids } from "./ids.ts";
import type { Store } from "./store.ts";

export interface LocalRegion {
  readonly name: string;
  readonly zones: readonly string[];
}

/** Scaleway's public regions; a second French one exists only when the settings of an environment declare it. */
export const PUBLIC_REGIONS: readonly LocalRegion[] = [
  { name: "fr-par", zones: ["fr-par-1", "fr-par-2", "fr-par-3"] },
  { name: "nl-ams", zones: ["nl-ams-1", "nl-ams-2", "nl-ams-3"] },
  { name: "pl-waw", zones: ["pl-waw-1", "pl-waw-2", "pl-waw-3"] },
  { name: "it-mil", zones: ["it-mil-1"] },
];

/** Who calls: the owner of an API key. */
export interface Caller {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly kind: "application" | "user";
  readonly id: string;
  readonly defaultProjectId: string;
  readonly isOwner: boolean;
}

/** What every service stands on. */
export interface Platform {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly regions: readonly LocalRegion[];
  readonly organizationId: string;
  readonly defaultProjectId: string;
  /** Least time on the clock, in milliseconds, that a transient state lasts. Default: it is over at the next read. */
  readonly transitionMs?: number;
  collection<B extends Stored>(kind: Kind<B>): Collection<B>;
}

export const makePlatform = (parts: Omit<Platform, "collection">): Platform => ({
  ...parts,
  collection: (kind) => openCollection(parts.store, kind),
});

export const regionOfZone = (zone: string): string => zone.replace(/-\d+$/, "");

/** Whether a transient state that began at `since` (as stamped) is over. */
export const transitionOver = (platform: Platform, since: string): boolean =>
  platform.clock.now() >= Date.parse(since) + (platform.transitionMs ?? 0);
