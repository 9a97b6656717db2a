import { bucketKeys } from "../facts/bucket-keys.ts";
import type { Estate } from "../facts/estate.ts";
import { type Bounds, placesOf, type Resting } from "./places.ts";
import { regionOf } from "./topology.ts";

/**
 * The graph after a zone or a region is taken away.
 *
 * Modelled: what stands in a lost zone is gone, what is regional outlives it; in a lost region everything is gone, keys among it, and what is encrypted
 * under a lost key can't be read. A datum survives by itself, by a copy or by a replica; a name by an answer that still stands, in a region of the
 * bounds. What has a place that is not known is counted as lost. Not modelled: how fresh a copy is, who starts what, capacity.
 */
export interface Left {
  readonly datum: string;
  /** The zone or region that is gone. */
  readonly lost: string;
  /** What remains of it, by the shortest way each; empty when nothing does. */
  readonly remains: readonly Resting[];
}

/** What remains of each of `data` (buckets, managed services, names) once a zone or region is gone. */
export function afterLoss(estate: Estate, bounds: Bounds, lost: string, data: readonly string[]): readonly Left[] {
  const keys = bucketKeys(estate);
  const readable = (urn: string): boolean => {
    const of = keys.of(urn);
    if (!of.known) return false;
    return of.value.every(
      ({ key }) => key === undefined || estate.resource(key) === undefined || stands(key, lost, estate),
    );
  };
  return data.map((datum) => {
    const rows = placesOf(datum, estate, bounds).filter(({ as }) => SURVIVES.has(as));
    const remains = rows.filter(({ at, host, region }) => {
      if (host !== undefined) return true;
      const inside = bounds.regions.some(({ name }) => name === region);
      return inside && stands(at, lost, estate) && readable(at);
    });
    return { datum, lost, remains };
  });
}

const SURVIVES: ReadonlySet<Resting["as"]> = new Set<Resting["as"]>(["itself", "copy", "replica", "answer"]);

/** Whether a resource is surely there without the zone or region. */
function stands(urn: string, lost: string, estate: Estate): boolean {
  const resource = estate.resource(urn);
  const place = resource?.location?.place;
  return place?.known === true && place.value !== lost && regionOf(resource) !== lost;
}
