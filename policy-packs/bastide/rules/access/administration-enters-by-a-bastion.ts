import { tagOf } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { GroupRule } from "../../../../judge/facts/fact-edge.ts";
import type { GatewayAttachmentFact } from "../../../../judge/facts/fact-network.ts";
import type { GatewayEntranceFact, MappedPortFact } from "../../../../judge/facts/fact-topology.ts";
import { parseSshPublicKey } from "../../../../judge/facts/ssh-public-key.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { isAnySource, isWithin, leadsOutside } from "../../../../judge/kit/ranges.ts";
import {
  type About,
  decide,
  fail,
  groundOf,
  notApplicable,
  pass,
  type Result,
  undecided,
  weakest,
} from "../../../../judge/kit/result.ts";
import { type Rule, rule } from "../../../../judge/kit/rule.ts";
import { allKnown, known } from "../../../../kernel/known.ts";

const SSH = 22;
const NO_SSH = "port 22 closed to what comes from outside";

/** One range that may come to the bastion: narrow, and inside the administrators' own where the law names them. */
const mayEnter = (range: string, { adminSources }: Law): boolean =>
  !isAnySource(range) && (adminSources === null || isWithin(range, adminSources));

/** An empty list is never sent to Scaleway, which then lets in everybody. */
function judgeSources({ urn, bastionSources }: GatewayEntranceFact, law: Law): Result {
  const { property, value } = bastionSources;
  const about = { subject: urn, property, want: law.adminSources ?? "named ranges" };
  return decide(about, value, (ranges) => ranges.length > 0 && ranges.every((range) => mayEnter(range, law)));
}

function judgeEntrance(fact: GatewayEntranceFact, law: Law): Result {
  const { urn, bastion } = fact;
  if (!bastion.value.known) {
    return undecided({ subject: urn, property: bastion.property, want: "a known choice" }, bastion.value.from);
  }
  return bastion.value.value === true ? judgeSources(fact, law) : notApplicable(urn, bastion.property, "no bastion");
}

/** A bastion leads into every network that its gateway serves: those of tier `admin`, and no other. */
function judgeReach(attachment: GatewayAttachmentFact, estate: Estate): readonly Result[] {
  const { urn, gateway, network } = attachment;
  const about = { subject: urn, property: network.property, want: "a network of tier admin" };
  const from = estate.link(gateway, "gateway-entrance");
  if (from.kind === "unknown") return [undecided(about, from.from)];
  if (from.kind !== "found") return [];
  const { bastion } = from.fact;
  if (bastion.value.known && bastion.value.value !== true) return [];
  const to = estate.linkAny(network);
  if (to.kind === "unknown") return [undecided(about, to.from)];
  if (to.kind !== "found") return [undecided(about, { property: network.property, suppliers: [] })];
  const proof = weakest(groundOf(from), groundOf(to));
  const path = [from.fact.urn, to.fact.urn];
  return [decide({ ...about, proof, path }, tagOf(to.fact, estate, "tier"), (tier) => tier === "admin")];
}

/** `80-90`, `22`; no word is every port. */
function holdsSsh(ports: string | undefined): boolean {
  const [low, high] = (ports ?? "1-65535").split("-").map(Number);
  return !(SSH < (low ?? 0) || SSH > (high ?? low ?? 65535));
}

/** Groups filter what comes from outside only, so any accepted SSH is SSH beside the bastion. */
function judgeInbound(rule: GroupRule, urn: string): Result {
  const about: About = { subject: urn, property: rule.property, want: NO_SSH };
  const { action, protocol, ports, range: source } = rule;
  if (action.known && action.value === "drop") return pass(about, "drop");
  if (ports.known && !holdsSsh(ports.value)) return pass(about, ports.value);
  if (protocol.known && (protocol.value === "UDP" || protocol.value === "ICMP")) return pass(about, protocol.value);
  if (source.known && source.value !== undefined && !leadsOutside(source.value)) return pass(about, source.value);
  const all = allKnown([action, protocol, ports, source]);
  if (!all.known) return undecided(about, all.from);
  return fail(about, { protocol: all.value[1], ports: all.value[2] ?? "every port", source: all.value[3] });
}

/** A mapped port is open to everybody: no list of sources narrows it. */
function judgeMapped({ urn, privatePort, protocol }: MappedPortFact): Result {
  const about = { subject: urn, property: privatePort.property, want: NO_SSH };
  if (protocol.value.known && protocol.value.value === "udp") return pass(about, "udp");
  return decide(about, privatePort.value, (port) => port !== undefined && port !== SSH, privatePort.value);
}

const judgeOne: NonNullable<Rule["judgeOne"]> = (resource, _estate, law) =>
  resource.facts.flatMap((fact) => {
    if (fact.kind === "gateway-entrance") return [judgeEntrance(fact, law)];
    if (fact.kind === "mapped-port") return [judgeMapped(fact)];
    if (fact.kind !== "inbound-rules") return [];
    const about = { subject: fact.urn, property: fact.property, want: NO_SSH };
    return fact.rules.known
      ? fact.rules.value.map((r) => judgeInbound(r, fact.urn))
      : [undecided(about, fact.rules.from)];
  });

/** Two registrations of one key are one key in two hands. A bastion takes every key of its project. */
function judgeKeys(estate: Estate): readonly Result[] {
  const first = new Map<string, string>();
  return estate.facts("ssh-key").map(({ urn, publicKey: { property, value } }) => {
    const about = { subject: urn, property, want: "a key of one person" };
    if (!value.known) return undecided(about, value.from);
    const material = parseSshPublicKey(value.value ?? "")?.material ?? value.value ?? "";
    const holder = first.get(material) ?? urn;
    first.set(material, holder);
    return decide({ ...about, path: holder === urn ? [] : [holder] }, known(holder), (it) => it === urn);
  });
}

export const administrationEntersByABastion = rule({
  id: "IAM-08",
  title: "administration enters by a bastion with named sources, and SSH is closed everywhere else",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "ADM:R15-",
    "ADM:R19",
    "ADM:R20",
    "ADM:R21",
    "ADM:R27",
    "ADM:R49",
    "SSH:R7",
    "SSH:R8",
    "SSH:R9",
    "SSH:R21",
    "SSH:R25",
    "SSH:R26",
    "SSH:R27",
    "SNC:10.2.e",
    "SNC:9.6.e",
    "RCF:8.1",
    "RCF:19.1",
    "RCF:19.8",
    "RCF:19.10",
    "IR:6.7.2.d",
    "IR:6.8.2.f",
  ],
  rationale:
    "A gateway's bastion lets in 0.0.0.0/0 unless ranges are named, and an empty list made with it is never sent. A second way for SSH " +
    "goes around the record of sessions; one key in two hands can't be taken from one of them. A gateway's SSH bastion is not the IPsec " +
    "access that PA-022 recommends: that gap stays (R15-). How strong a key is, KEY-05 judges.",
  remedy:
    "Set `allowedIpRanges` to the administrators' ranges; attach the bastion's gateway to networks of tier admin alone; take port 22 " +
    "out of security groups and port mappings; register each person's own key once.",
  judgeOne,
  judge: (estate, law, now) => [
    ...judgeKeys(estate),
    ...estate.facts("gateway-attachment").flatMap((attachment) => judgeReach(attachment, estate)),
    ...estate.resources.flatMap((resource) => judgeOne(resource, estate, law, now)),
  ],
});
