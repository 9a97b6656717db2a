import type { Estate } from "../facts/estate.ts";
import { perEstate } from "../facts/per-estate.ts";
import { letsOut } from "./doors.ts";
import { type Ground, weaker } from "./model.ts";
import type { Opener } from "./pod-contact.ts";
import { clustersBehind } from "./pods.ts";
import { wires } from "./reach.ts";
import { candidates, type Named, networksAt } from "./topology.ts";

/** Where the nodes of a cluster stand, which pods outside of it are seen as. A cluster is the provider instance that its objects go to. */

const memo = perEstate(() => new Map<string, readonly Named[]>());

/** Networks of the cluster behind a provider: its kubeconfig comes from there. Empty when it is not in the file. */
export function nodeNetworks(provider: string, estate: Estate): readonly Named[] {
  const before = memo(estate).get(provider);
  if (before !== undefined) return before;
  const found = clustersBehind(provider, estate).flatMap((urn) => {
    const fact = estate.factOf("cluster-network", urn);
    return fact === undefined ? [] : networksAt(fact.network, estate).nets;
  });
  memo(estate).set(provider, found);
  return found;
}

/** Pools of the cluster whose nodes have public addresses that let something out. */
export function publicNodes(provider: string, estate: Estate): readonly (Opener & { readonly pool: string })[] {
  const clusters = new Set(clustersBehind(provider, estate).filter((urn) => estate.factOf("cluster-network", urn)));
  if (clusters.size === 0) return [];
  return estate.facts("node-pool").flatMap(({ urn, cluster }) => {
    const own = candidates(cluster, "cluster-network", estate).find(({ id }) => clusters.has(id));
    const host = wires(estate).hosts.get(urn);
    const [way] = host?.publicBy ?? [];
    if (own === undefined || host === undefined || way === undefined) return [];
    const out = letsOut(host, estate);
    if (out === "no") return [];
    const ground: Ground = weaker(weaker(own.ground, way.ground), out);
    return [{ pool: urn, by: urn, property: way.property, ground }];
  });
}
