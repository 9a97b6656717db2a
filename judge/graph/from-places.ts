import { type Addresses, PRIVATE_SPACE, PUBLIC_SPACE } from "./addresses.ts";
import { letsOut } from "./doors.ts";
import { byRoute, nattedFor, outside, toPeers } from "./from-network.ts";
import { leadsElsewhere } from "./hosts.ts";
import { ingressMoves } from "./ingress.ts";
import { ELSEWHERE, type Hop, INTERNET, weaker } from "./model.ts";
import { type Box, boxOf, intersect, isEmpty, type Packets, packets, subtract } from "./packets.ts";
import { addressedTo, delivered, fromAny, type Move, type Place, receivers, type Sight, toAny } from "./steps.ts";
import { surelyIn, tunnelsFrom } from "./tunnels.ts";

/** What came from a peer: to networks of this VPC, by its routes, and to further peers when it lets them through. */
export function fromVpc(place: Place & { on: "vpc" }, set: Packets, sight: Sight): readonly Move[] {
  const vpc = sight.wires.vpcs.get(place.id);
  if (vpc === undefined) return [{ packets: set, hops: [], arrives: ELSEWHERE }];
  const inside = receivers(set, vpc.id, sight).flatMap(({ member, packets: some }) => {
    const hop: Hop = {
      kind: "routed",
      from: vpc.id,
      to: member.net.id,
      by: vpc.id,
      property: "enableRouting",
      ground: member.ground,
    };
    return isEmpty(some) ? [] : delivered(member.net, some, [hop], sight);
  });
  const onward = vpc.transits === "no" ? [] : toPeers(vpc.id, vpc, place.from, set);
  return [
    ...inside,
    ...vpc.routes.flatMap((route) => byRoute(vpc.id, undefined, vpc, route, set, sight)),
    ...onward,
    ...(place.from === ELSEWHERE ? [] : [...vpc.linked, vpc.id].flatMap((at) => outside(vpc.id, at, set, sight.wires))),
    ...nattedFor(vpc, set),
    ...ingressMoves(vpc.id, set, sight),
  ];
}

/** A machine in several networks opens connections of its own in each, and to the internet if it has an address there. */
export function fromMachine(id: string, sight: Sight): readonly Move[] {
  const host = sight.wires.hosts.get(id);
  if (host === undefined) return [];
  const inside = host.cards.flatMap((card): readonly Move[] => {
    const hop = (to: string): Hop => ({
      kind: "multi-homed",
      from: id,
      to,
      by: card.by,
      property: card.property,
      ground: card.ground,
    });
    if (leadsElsewhere(card)) return [{ packets: toAny(PRIVATE_SPACE), hops: [hop(ELSEWHERE)], arrives: ELSEWHERE }];
    const net = sight.wires.nets.get(card.net);
    if (net === undefined || sight.without.has(card.net)) return [];
    const own = fromAny(card.addresses.length > 0 ? card.addresses : net.ranges);
    return [{ packets: own, hops: [hop(card.net)], next: { on: "network", id: card.net } }];
  });
  const out = letsOut(host, sight.wires.estate);
  const [way] = host.publicBy;
  if (way === undefined || out === "no") return inside;
  const ground = weaker(way.ground, out);
  const hop: Hop = { kind: "public-address", from: id, to: INTERNET, by: id, property: way.property, ground };
  return [...inside, { packets: packets([boxOf(4, {}), boxOf(6, {})]), hops: [hop], arrives: INTERNET }];
}

/** A next hop sends on what it gets: into its networks, and through a tunnel to a router whose routes lead back. */
export function fromRouter(place: Place & { on: "router" }, set: Packets, sight: Sight): readonly Move[] {
  const { wires } = sight;
  const cards = wires.hosts.get(place.id)?.cards ?? [];
  const nets = new Set([...place.nets, ...cards.filter((c) => !leadsElsewhere(c)).map((c) => c.net)]);
  const again = [...nets].flatMap((id): readonly Move[] => {
    const net = wires.nets.get(id);
    if (net === undefined || sight.without.has(id)) return [];
    const card = cards.find((c) => c.net === id);
    const hop: Hop = {
      kind: "next-hop",
      from: place.id,
      to: id,
      by: card?.by ?? place.id,
      property: card?.property ?? "privateNetworkId",
      ground: card?.ground ?? "stated",
    };
    return [{ packets: set, hops: [hop], next: { on: "network", id } }];
  });
  return [...again, ...outByAddress(place.id, set, sight), ...tunnelled(place, set, sight)];
}

/** A next hop with a public address sends on what is for the internet. */
function outByAddress(id: string, set: Packets, { wires }: Sight): readonly Move[] {
  const host = wires.hosts.get(id);
  const [way] = host?.publicBy ?? [];
  if (host === undefined || way === undefined || host.kind === "service") return [];
  const out = letsOut(host, wires.estate);
  const sent = addressedTo(set, PUBLIC_SPACE);
  if (out === "no" || isEmpty(sent)) return [];
  const ground = weaker(way.ground, out);
  const hop: Hop = { kind: "public-address", from: id, to: INTERNET, by: id, property: way.property, ground };
  return [{ packets: sent, hops: [hop], arrives: INTERNET }];
}

function tunnelled(place: Place & { on: "router" }, set: Packets, sight: Sight): readonly Move[] {
  const { wires } = sight;
  const tunnels = tunnelsFrom(place.id, wires).filter((t) => !sight.without.has(t.net));
  const moves = tunnels.flatMap((tunnel): readonly Move[] => {
    const carried = addressedTo(set, tunnel.ranges);
    const hop: Hop = {
      kind: "tunnel",
      from: place.id,
      to: tunnel.router,
      by: tunnel.by,
      property: tunnel.property,
      ground: tunnel.ground,
    };
    const into: Hop = { ...hop, kind: "next-hop", from: tunnel.router, to: tunnel.net };
    return isEmpty(carried) ? [] : [{ packets: carried, hops: [hop, into], next: { on: "network", id: tunnel.net } }];
  });
  // What no network of this estate explains goes where the far end of the router is.
  const known: readonly Addresses[] = [...surelyIn(place.vpc, wires), ...tunnels.flatMap((t) => t.stated)];
  const lost = subtract(addressedTo(set, PRIVATE_SPACE), toAny(known));
  if (isEmpty(lost)) return moves;
  const hop: Hop = {
    kind: "tunnel",
    from: place.id,
    to: ELSEWHERE,
    by: place.id,
    property: "privateNetworks",
    ground: "stated",
  };
  return [...moves, { packets: lost, hops: [hop], arrives: ELSEWHERE }];
}

/** A connection to a port of the balancer becomes one of its own to a server. */
export function fromBalancer(id: string, set: Packets, sight: Sight): readonly Move[] {
  const balancer = sight.wires.balancers.get(id);
  if (balancer === undefined) return [];
  return balancer.ways.flatMap((way): readonly Move[] => {
    const asked = intersect(
      set,
      packets(([4, 6] as const).map((f) => boxOf(f, { protocol: way.protocol, toPort: way.port }))),
    );
    if (isEmpty(asked)) return [];
    const hop = (to: string): Hop => ({
      kind: "balanced",
      from: id,
      to,
      by: way.backend,
      property: way.property,
      ground: way.ground,
    });
    const inside = balancer.nets.flatMap((seat): readonly Move[] => {
      const net = sight.wires.nets.get(seat.id);
      if (net === undefined || sight.without.has(seat.id)) return [];
      const boxes: readonly Box[] = net.ranges.flatMap(({ family, range }) =>
        serversOf(way.servers, family).map((to) =>
          boxOf(family, { protocol: way.protocol, from: range, ...to, toPort: way.serverPort }),
        ),
      );
      const forwarded = packets(boxes);
      return isEmpty(forwarded)
        ? []
        : [{ packets: forwarded, hops: [hop(seat.id)], next: { on: "network", id: seat.id } }];
    });
    const abroad = way.servers === "any" ? [] : way.servers.filter((s) => !PRIVATE_SPACE.some((p) => isIn(s, p)));
    const out = packets(
      abroad.map((a) => boxOf(a.family, { protocol: way.protocol, to: a.range, toPort: way.serverPort })),
    );
    return isEmpty(out) ? inside : [...inside, { packets: out, hops: [hop(INTERNET)], arrives: INTERNET }];
  });
}

const isIn = (a: Addresses, space: Addresses): boolean =>
  a.family === space.family && space.range[0] <= a.range[0] && a.range[1] <= space.range[1];

const serversOf = (
  servers: readonly Addresses[] | "any",
  family: 4 | 6,
): readonly Pick<Box, "to">[] | readonly object[] =>
  servers === "any" ? [{}] : servers.filter((s) => s.family === family).map(({ range }) => ({ to: range }));
