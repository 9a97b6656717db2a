import type { Clock } from "./clock.ts";
import { type Collection, type Kind, openCollection, type Stored } from "./collection.ts";
import type { Ids } from "./ids.ts";
import type { Store } from "./store.ts";
import { openTransitions, type Transitions } from "./transitions.ts";

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
  readonly transitions: Transitions;
  /** Notes that a record changes by itself. Default: after the platform's transition time. */
  later(kind: { readonly kind: string }, id: string, afterMs?: number): void;
  collection<B extends Stored>(kind: Kind<B>): Collection<B>;
}

export type PlatformParts = Omit<Platform, "collection" | "transitions" | "later"> & {
  /** Least time on the clock, in milliseconds, that a transient state lasts. Default: it is over at the next call. */
  readonly transitionMs?: number;
};

export function makePlatform({ transitionMs = 0, ...parts }: PlatformParts): Platform {
  const transitions = openTransitions(parts.store);
  return {
    ...parts,
    collection: (kind) => openCollection(parts.store, kind),
    transitions,
    later: ({ kind }, id, afterMs = transitionMs) => transitions.schedule(kind, id, parts.clock.now() + afterMs),
  };
}

export const regionOfZone = (zone: string): string => zone.replace(/-\d+$/, "");
