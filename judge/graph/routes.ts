import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import type { NextHopFact } from "../facts/fact-topology.ts";
import type { Ref } from "../facts/reference.ts";
import { type Addresses, readRange } from "./addresses.ts";
import { type Ground, weaker } from "./model.ts";
import { everyAddress } from "./packets.ts";
import { candidates, groundOfLink, type Named, networksAt, opens, vpcsAt } from "./topology.ts";

/**
 * What leads from one network to another, and out.
 *
 * Modelled: custom routes with their next hop (machine, network, connector), default routes that a gateway pushes and masquerades,
 * peerings with a connector on each side and their transit, ingress rules, VPN gateways and InterLinks. Every route that fits is taken,
 * not only the longest; a connector alone joins nothing unless its other side is outside of the file; whether a peering has routes is not
 * asked, since they may be propagated. Not modelled: BGP, route propagation by InterLink or VPN.
 */
export interface Route {
  readonly by: string;
  readonly property: string;
  readonly destinations: readonly Addresses[];
  /** `0.0.0.0/0` or `::/0`: only networks that take default routes learn it. */
  readonly isDefault: boolean;
  readonly to: readonly NextHop[];
  readonly ground: Ground;
}

export type NextHop =
  | { readonly kind: "machine"; readonly id: string; readonly nets: readonly string[]; readonly ground: Ground }
  | { readonly kind: "network"; readonly id: string; readonly ground: Ground }
  | { readonly kind: "vpc"; readonly id: string; readonly ground: Ground }
  | { readonly kind: "gateway"; readonly id: string; readonly ground: Ground }
  | { readonly kind: "elsewhere"; readonly ground: Ground };

/** A network served by a public gateway. */
export interface Attachment {
  readonly by: string;
  readonly gateway: string;
  readonly net: string;
  readonly masquerades: Ground | "no";
  readonly pushesDefault: Ground | "no";
  readonly ground: Ground;
}

export interface Peer {
  readonly to: string;
  readonly by: string;
  readonly ground: Ground;
}

const UNRESOLVED: Ground = "unresolved";
const ANYWHERE: readonly Addresses[] = ([4, 6] as const).map((family) => ({ family, range: everyAddress(family) }));

/** Custom routes by VPC. */
export function routesOf(estate: Estate): ReadonlyMap<string, readonly Route[]> {
  const found = new Map<string, Route[]>();
  const peers = peersOf(estate);
  for (const route of estate.facts("route")) {
    const { value } = route.destination;
    const read = value.known && value.value !== undefined ? readRange(value.value) : undefined;
    const hop = estate.factOf("next-hop", route.urn);
    for (const vpc of vpcsAt(route.vpc, route.urn, estate)) {
      push(found, vpc.id, {
        by: route.urn,
        property: route.destination.property,
        destinations: read === undefined ? ANYWHERE : [read],
        isDefault: read !== undefined && read.range[0] === 0n && read.range[1] === everyAddress(read.family)[1],
        to: hop === undefined ? [{ kind: "elsewhere", ground: "unresolved" }] : nextHops(hop, peers, estate),
        ground: read === undefined ? "unresolved" : vpc.ground,
      });
    }
  }
  return found;
}

const LOST: readonly NextHop[] = [{ kind: "elsewhere", ground: "unresolved" }];

/** Any machine of the estate may be meant. */
const anyMachine = (estate: Estate): readonly NextHop[] =>
  estate.facts("cards").map(({ urn }): NextHop => ({ kind: "machine", id: urn, nets: [], ground: "unresolved" }));

function nextHops(hop: NextHopFact, peers: ReadonlyMap<string, readonly Peer[]>, estate: Estate): readonly NextHop[] {
  if (hop.network.kind !== "absent") {
    const { nets, outside } = networksAt(hop.network, estate);
    const known = nets.map(({ id, ground }): NextHop => ({ kind: "network", id, ground }));
    return outside ? [...known, { kind: "elsewhere", ground: "unresolved" }] : known;
  }
  if (hop.connector.kind !== "absent") {
    if (estate.link(hop.connector, "connector").kind === "outside") return LOST;
    return candidates(hop.connector, "connector", estate).flatMap((named) => {
      const connector = estate.factOf("connector", named.id);
      if (connector === undefined) return [];
      const joined = vpcsAt(connector.vpc, connector.urn, estate).flatMap(({ id }) => peers.get(id) ?? []);
      return vpcsAt(connector.target, connector.urn, estate)
        .filter(({ id }) => joined.some((peer) => peer.to === id))
        .map(({ id, ground }): NextHop => ({ kind: "vpc", id, ground: weaker(ground, named.ground) }));
    });
  }
  return resourceHops(hop.resource, estate);
}

/** A card, its machine, a gateway or its attachment; anything else may lead anywhere. */
function resourceHops(ref: Ref, estate: Estate): readonly NextHop[] {
  const link = estate.linkAny(ref);
  if (link.kind === "unknown") return [...LOST, ...anyMachine(estate)];
  if (link.kind !== "found") return LOST;
  const { urn } = link.fact;
  const ground = groundOfLink(link);
  const card = estate.factOf("network-card", urn);
  if (card !== undefined) {
    const server = estate.link(card.server, "cards");
    const nets = networksAt(card.network, estate).nets.map((n) => n.id);
    const id = server.kind === "found" ? server.fact.urn : urn;
    const hop: NextHop = { kind: "machine", id, nets, ground: weaker(ground, groundOfLink(server)) };
    return server.kind === "found" ? [hop] : [hop, ...anyMachine(estate)];
  }
  // A managed service passes nothing on that we know of.
  if (estate.factOf("managed-service", urn) !== undefined) return LOST;
  if (estate.factOf("cards", urn) !== undefined) return [{ kind: "machine", id: urn, nets: [], ground }];
  if (estate.factOf("gateway", urn) !== undefined) return [{ kind: "gateway", id: urn, ground }];
  const attachment = estate.factOf("gateway-attachment", urn);
  if (attachment !== undefined) {
    return candidates(attachment.gateway, "gateway", estate).map(
      (named): NextHop => ({ kind: "gateway", id: named.id, ground: weaker(ground, named.ground) }),
    );
  }
  return LOST;
}

export function attachmentsOf(estate: Estate): readonly Attachment[] {
  return estate.facts("gateway-attachment").flatMap((fact) => {
    const route = estate.factOf("attachment-route", fact.urn);
    const gateways = candidates(fact.gateway, "gateway", estate);
    // A gateway that the file does not hold still serves the network.
    const known: readonly Named[] =
      gateways.length > 0
        ? gateways
        : [{ id: fact.gateway.kind === "id" ? fact.gateway.id : fact.urn, ground: "stated" }];
    const { nets } = networksAt(fact.network, estate);
    const masquerades = route === undefined ? UNRESOLVED : opens(route.masquerade.value);
    const pushesDefault = route === undefined ? UNRESOLVED : opens(route.defaultRoute.value);
    const does = masquerades === "no" || pushesDefault === "no" ? "stated" : weaker(masquerades, pushesDefault);
    return known.flatMap((gateway) =>
      nets.map((net) => ({
        by: fact.urn,
        gateway: gateway.id,
        net: net.id,
        masquerades,
        pushesDefault,
        ground: weaker(does, weaker(gateway.ground, net.ground)),
      })),
    );
  });
}

/** Whether hosts of the network leave by it. */
export const isExit = ({ masquerades, pushesDefault }: Attachment): boolean =>
  masquerades !== "no" && pushesDefault !== "no";

/** Peerings by VPC: both sides have a connector, or the other side's VPC is not in the file. */
export function peersOf(estate: Estate): ReadonlyMap<string, readonly Peer[]> {
  const sides = estate.facts("connector").flatMap((fact) =>
    vpcsAt(fact.vpc, fact.urn, estate).flatMap((from) =>
      vpcsAt(fact.target, fact.urn, estate).map((to) => ({
        by: fact.urn,
        from: from.id,
        to: to.id,
        ground: weaker(from.ground, to.ground),
      })),
    ),
  );
  const grounds = new Map<string, Ground>();
  for (const side of sides) {
    const key = `${side.from} ${side.to}`;
    const before = grounds.get(key);
    if (before === undefined || weaker(before, side.ground) === before) grounds.set(key, side.ground);
  }
  const here = new Set(estate.facts("vpc").map((f) => f.urn));
  const found = new Map<string, Peer[]>();
  for (const side of sides) {
    const back = grounds.get(`${side.to} ${side.from}`);
    const foreign = !here.has(side.to);
    if (back === undefined && !foreign) continue;
    push(found, side.from, { to: side.to, by: side.by, ground: weaker(side.ground, back ?? "unresolved") });
  }
  return found;
}

/** VPCs that let the packets of one peer through to another: all but those that are known not to. */
export function transitsOf(estate: Estate): ReadonlyMap<string, Ground | "no"> {
  return new Map(
    estate.facts("transit").map(({ urn, enabled: { value } }) => {
      // Absent is the API's choice, which nobody has seen: it is taken as on.
      if (value.known) return [urn, value.value === false ? "no" : "stated"] as const;
      return [urn, "unresolved"] as const;
    }),
  );
}
