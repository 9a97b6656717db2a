import type { Estate } from "../../../../judge/facts/estate.ts";
import type { EntranceFact } from "../../../../judge/facts/fact-edge.ts";
import type { PortMappingFact } from "../../../../judge/facts/fact-network.ts";
import { rangesOf, regionOfUrn, tierOf } from "../../../../judge/facts/networks.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { isWithin } from "../../../../judge/kit/ranges.ts";
import { decide, groundOf, type Result, undecided, type Weaker } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";
import { allKnown, type Known, known } from "../../../../kernel/known.ts";

const HTTPS = { protocol: "TCP", ports: [443, 443] } as const;

/** The tier that an entrance stands in: that of the gateway or load balancer that it belongs to. */
function ownerTier(
  entrance: EntranceFact,
  estate: Estate,
): { readonly tier: Known<string | undefined>; readonly proof: Weaker } {
  if (entrance.owner === "self") return { tier: tierOf(entrance.urn, estate), proof: undefined };
  const link = estate.linkAny(entrance.owner);
  if (link.kind === "found") return { tier: tierOf(link.fact.urn, estate), proof: groundOf(link) };
  const from = link.kind === "unknown" ? link.from : { property: link.property, suppliers: [] };
  return { tier: { known: false, from }, proof: undefined };
}

/** `both` is TCP and UDP, and each must be listed. */
const protocolsOf = (protocol: string | undefined): readonly string[] =>
  protocol === undefined || protocol.toLowerCase() === "both" ? ["TCP", "UDP"] : [protocol.toUpperCase()];

function isListed(protocol: string | undefined, port: number | undefined, law: Law): boolean {
  const listed = [HTTPS, ...law.entrances.filter((e) => e.tier === "dmz")];
  return protocolsOf(protocol).every((name) =>
    listed.some((e) => e.protocol === name && port !== undefined && e.ports[0] <= port && port <= e.ports[1]),
  );
}

function judgeEntrance(entrance: EntranceFact, estate: Estate, law: Law): readonly Result[] {
  const { urn, port, protocol } = entrance;
  const { tier, proof } = ownerTier(entrance, estate);
  const place = decide({ subject: urn, property: "tags.tier", want: "dmz", proof }, tier, (t) => t === "dmz");
  // An address or a load balancer has no port of its own: its frontends do.
  if (entrance.owner === "self" && port.value.known && port.value.value === undefined) return [place];
  const want = [
    HTTPS,
    ...law.entrances.filter((e) => e.tier === "dmz").map((e) => ({ protocol: e.protocol, ports: e.ports })),
  ];
  const about = { subject: urn, property: port.property, want };
  const both = allKnown<string | number | undefined>([protocol, port.value]);
  if (!both.known) return [place, undecided(about, both.from)];
  const got = known({ protocol: both.value[0] ?? "both", port: both.value[1] ?? null });
  const number = port.value.known ? port.value.value : undefined;
  const name = protocol.known ? protocol.value : undefined;
  return [place, decide(about, got, () => isListed(name, number, law))];
}

/** Where a mapped port leads: to a host of dmz, by its address. Ranges that the estate does not show can't be compared. */
function judgeTarget({ urn, privateAddress }: PortMappingFact, estate: Estate): readonly Result[] {
  const region = regionOfUrn(urn, estate);
  const ranges = region === undefined ? known([]) : rangesOf(region, "dmz", estate);
  if (ranges.known && ranges.value.length === 0) return [];
  const about = { subject: urn, property: privateAddress.property, want: ranges.known ? ranges.value : "dmz" };
  if (!ranges.known) return [undecided(about, ranges.from)];
  return [decide(about, privateAddress.value, (address) => isWithin(address ?? "", ranges.value))];
}

export const entrancesStandInDmz = resourceRule({
  id: "NET-07",
  title: "load balancers and port mappings stand in dmz and open listed ports only",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["INT:R2", "INT:R3", "RCF:7.A.6", "IR:6.8.2.d", "CNILG:8.4", "ISO:A.8.20"],
  rationale:
    "A port mapping is an entrance to whatever host it names, past every security group; this provider makes every load balancer " +
    "public. In one tier and on named ports they can be counted, watched and closed.",
  remedy:
    "Remove the mapping, or put gateway and load balancer under `tier=dmz` and open 443, or a port that the environment's settings force.",
  judgeOne: (resource, estate, law) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind === "entrance") return judgeEntrance(fact, estate, law);
      return fact.kind === "port-mapping" ? judgeTarget(fact, estate) : [];
    }),
});
