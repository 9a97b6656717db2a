import type { Origin } from "../../kernel/known.ts";
import { push } from "../../kernel/multimap.ts";
import { tagOf } from "./classification.ts";
import type { Estate } from "./estate.ts";
import { regionOf } from "./location.ts";
import { refOf } from "./type-name.ts";

/** A service that other things rely on, and the zones in which it stands. */
export interface Service {
  /** What a finding calls it, free of the stack's name. */
  readonly name: string;
  /** Resource to blame. */
  readonly urn: string;
  readonly zones: readonly string[];
  /** Where a further zone may come from; absent when all are known. */
  readonly unclear?: Origin;
  /** Why its zones do not matter to the data platform. */
  readonly exempt?: string;
}

/**
 * Tiers whose hosts serve the research spaces; a host that says none is taken to. Those of the others are entrances and
 * helpers, one in a region by design: what falls with them is told by an advisory, and no data is lost.
 */
const HELPERS: readonly string[] = ["dmz", "admin", "log", "backup"];

/** Clusters by their pools, and zonal services by what can stand in for them: the same kind and tier in the same region. */
export const servicesOf = (estate: Estate): readonly Service[] => [...clusters(estate), ...zonal(estate)];

function clusters(estate: Estate): readonly Service[] {
  const zones = new Map<string, string[]>();
  const unclear = new Map<string, Origin>();
  let anywhere: Origin | undefined;
  for (const pool of estate.facts("node-pool")) {
    const link = estate.link(pool.cluster, "cluster");
    if (link.kind === "unknown") anywhere ??= link.from;
    if (link.kind !== "found") continue;
    const cluster = link.fact.urn;
    const nodes = estate.factOf("pool-size", pool.urn)?.nodes.value;
    const place = estate.resource(pool.urn)?.location?.place;
    if (nodes?.known === false) unclear.set(cluster, nodes.from);
    else if (place?.known === false) unclear.set(cluster, place.from);
    else if (place?.known && (nodes?.value ?? 0) > 0) push(zones, cluster, place.value);
  }
  return estate.facts("cluster").map(({ urn }) => {
    const from = unclear.get(urn) ?? anywhere;
    return {
      name: refOf(urn),
      urn,
      zones: sorted(zones.get(urn) ?? []),
      ...(from === undefined ? {} : { unclear: from }),
    };
  });
}

function zonal(estate: Estate): readonly Service[] {
  const groups = new Map<string, Service>();
  for (const { urn, service } of estate.facts("zonal-service")) {
    const resource = estate.resource(urn);
    if (resource === undefined) continue;
    const tier = tagOf(resource, estate, "tier");
    const place = resource.location?.place;
    const region = place?.known ? regionOf(place.value) : "an unknown region";
    const said = tier.known ? (tier.value ?? "no tier") : "unknown tier";
    const name = `${service} of ${said} in ${region}`;
    const from = tier.known ? (place?.known === false ? place.from : undefined) : tier.from;
    const before = groups.get(name);
    groups.set(name, {
      name,
      urn: before?.urn ?? urn,
      zones: sorted([...(before?.zones ?? []), ...(place?.known ? [place.value] : [])]),
      ...(from === undefined ? {} : { unclear: from }),
      ...(tier.known && HELPERS.includes(tier.value ?? "") ? { exempt: `tier ${tier.value}` } : {}),
    });
  }
  return [...groups.values()];
}

const sorted = (zones: readonly string[]): readonly string[] => [...new Set(zones)].sort();
