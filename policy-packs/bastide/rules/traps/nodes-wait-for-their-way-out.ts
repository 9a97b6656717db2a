import type { Estate } from "../../../../judge/facts/estate.ts";
import { perEstate } from "../../../../judge/facts/per-estate.ts";
import type { Ref } from "../../../../judge/facts/reference.ts";
import {
  fail,
  groundOf,
  notApplicable,
  pass,
  type Result,
  undecided,
  type Weaker,
  weakest,
} from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { push } from "../../../../kernel/multimap.ts";

/** Everything that the engine makes before a resource. */
function before(urn: string, estate: Estate): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [urn];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const raw = estate.resource(next)?.raw;
    for (const dependency of [...(raw?.dependencies ?? []), ...Object.values(raw?.propertyDependencies ?? {}).flat()]) {
      if (seen.has(dependency)) continue;
      seen.add(dependency);
      queue.push(dependency);
    }
  }
  return seen;
}

interface Attachment {
  readonly urn: string;
  readonly ground: Weaker;
}

/** Attachments of gateways to each network, by the network's URN. */
const attachmentsByNetwork = perEstate((estate): ReadonlyMap<string, readonly Attachment[]> => {
  const of = new Map<string, Attachment[]>();
  for (const { urn, network } of estate.facts("gateway-attachment")) {
    const to = estate.link(network, "private-network");
    if (to.kind === "found") push(of, to.fact.urn, { urn, ground: groundOf(to) });
  }
  return of;
});

function judgeOrder(urn: string, network: Ref, led: readonly string[], estate: Estate): Result {
  const property = "dependsOn";
  const about = { subject: urn, property, want: "the attachment of a gateway to its network" };
  const link = estate.link(network, "private-network");
  if (link.kind === "unknown") return undecided(about, link.from);
  if (link.kind !== "found") return notApplicable(urn, property, "its network is not of this estate");
  const attachments = attachmentsByNetwork(estate).get(link.fact.urn) ?? [];
  if (attachments.length === 0) return notApplicable(urn, property, "no gateway serves its network here");
  const first = before(urn, estate);
  const found = attachments.find((a) => first.has(a.urn));
  const path = [...led, link.fact.urn];
  if (found === undefined) return fail({ ...about, path }, "made in any order");
  return pass({ ...about, path: [...path, found.urn], proof: weakest(found.ground, groundOf(link)) }, found.urn);
}

export const nodesWaitForTheirWayOut = rule({
  id: "TRP-10",
  title: "clusters and pools are made after the gateway attachment that their nodes leave by",
  severity: "low",
  enforcement: "mandatory",
  waivable: true,
  controls: ["ISO:A.8.9", "GDPR:32.1.b"],
  rationale:
    "Private nodes reach their control plane by the default route that a gateway announces. Nothing in the properties orders the two: " +
    "made the other way round, nodes never join and a half-made stack stays; on the way back the network can't be deleted.",
  remedy: "Add `dependsOn: [gatewayNetwork]` to the cluster and to each pool.",
  judge: (estate) => [
    ...estate.facts("cluster-network").map(({ urn, network }) => judgeOrder(urn, network, [], estate)),
    ...estate.facts("node-pool").flatMap(({ urn, cluster }) => {
      const link = estate.link(cluster, "cluster-network");
      return link.kind === "found" ? [judgeOrder(urn, link.fact.network, [link.fact.urn], estate)] : [];
    }),
  ],
});
