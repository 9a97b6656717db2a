import { type Opening, openingsOf } from "./acl.ts";
import { PRIVATE_SPACE, PUBLIC_SPACE } from "./addresses.ts";
import { ELSEWHERE, type Ground, type Hop, type HopKind, INTERNET, weaker } from "./model.ts";
import { type Box, boxOf, intersect, isEmpty, type Packets, packets } from "./packets.ts";
import { isExit, type NextHop, type Route } from "./routes.ts";
import { addressedTo, delivered, type Move, passedOn, receivers, type Sight } from "./steps.ts";
import type { Net } from "./topology.ts";
import type { Vpc, Wires } from "./wires.ts";

/**
 * Where packets go that something puts on a private network: to its own hosts unfiltered, to other networks of the VPC
 * through its filter, by custom routes, by default routes, to peers, and by VPN or InterLink.
 */
export function fromNetwork(net: Net, set: Packets, isSource: boolean, sight: Sight): readonly Move[] {
  const own = addressedTo(set, net.ranges);
  const local = isEmpty(own) ? [] : isSource ? passedOn(net, own, [], sight) : delivered(net, own, [], sight);
  const beyond = net.vpcs.flatMap(({ id, ground }) => {
    const vpc = sight.wires.vpcs.get(id);
    return vpc === undefined ? [] : throughVpc(net, vpc, ground, set, sight);
  });
  return [...local, ...beyond, ...byNat(net, set, sight.wires), ...outside(net.id, net.id, set, sight.wires)];
}

const hopOf = (kind: HopKind, ends: { from: string; to: string }, opening: Omit<Opening, "packets">): Hop => ({
  kind,
  ...ends,
  by: opening.by,
  property: opening.property,
  ground: opening.ground,
});

function throughVpc(net: Net, vpc: Vpc, membership: Ground, set: Packets, sight: Sight): readonly Move[] {
  const routed = crossings(vpc, set).flatMap((opening) =>
    receivers(opening.packets, vpc.id, sight)
      .filter(({ member, packets: some }) => member.net.id !== net.id && !isEmpty(some))
      .flatMap(({ member, packets: some }) => {
        const ground = weaker(weaker(opening.ground, member.ground), membership);
        const hop = hopOf("routed", { from: net.id, to: member.net.id }, { ...opening, ground });
        return delivered(member.net, some, [hop], sight);
      }),
  );
  return [
    ...routed,
    ...vpc.routes.flatMap((route) => byRoute(net.id, net, vpc, route, set, sight)),
    ...toPeers(net.id, vpc, undefined, set),
    ...outside(net.id, vpc.id, set, sight.wires),
    // A VPN gateway in another network: its routes may be announced in the whole VPC.
    ...vpc.linked
      .filter((id) => id !== net.id && !sight.without.has(id))
      .flatMap((id) => outside(net.id, id, onlyPassed(vpc, set), sight.wires)),
  ];
}

/** Openings of each source range that was asked for, by filter: most networks ask for the same again and again. */
const asked = new WeakMap<Vpc, Map<string, readonly Opening[]>>();

/** What a VPC lets pass between its networks, and by which of its rules. */
function crossings(vpc: Vpc, set: Packets): readonly Opening[] {
  const memo = asked.get(vpc) ?? new Map<string, readonly Opening[]>();
  asked.set(vpc, memo);
  return set.boxes.flatMap((box) => {
    const filters = vpc.filters[box.family];
    if (filters.length === 0) return [{ packets: packets([box]), by: vpc.id, property: "acl", ground: "stated" }];
    return filters.flatMap((filter) => {
      const key = `${filter.acl} ${box.from[0]} ${box.from[1]}`;
      const all = memo.get(key) ?? openingsOf(filter, { family: box.family, range: box.from });
      memo.set(key, all);
      return all.flatMap((opening) => {
        const passed = intersect(opening.packets, packets([box]));
        return isEmpty(passed) ? [] : [{ ...opening, packets: passed }];
      });
    });
  });
}

const isPublic = (set: Packets): Packets => addressedTo(set, PUBLIC_SPACE);

/** A route's next hop stands in a network of the VPC: getting there is filtered, unless the destination is public. */
export function byRoute(
  from: string,
  net: Net | undefined,
  vpc: Vpc,
  route: Route,
  set: Packets,
  sight: Sight,
): readonly Move[] {
  if (route.isDefault && net !== undefined && net.learnsDefaultRoutes === "no") return [];
  const fitting = addressedTo(set, route.destinations);
  if (isEmpty(fitting)) return [];
  return route.to.flatMap((next) => {
    const ground = weaker(route.ground, next.ground);
    const passed = net === undefined || standsIn(next, net, sight.wires) ? fitting : filtered(vpc, fitting);
    return isEmpty(passed) ? [] : takenBy(next, { from, vpc, route, ground, set: passed, sight });
  });
}

/** A card stands in its network, a machine in those of all its cards. */
const standsIn = (next: NextHop, net: Net, wires: Wires): boolean => {
  if (next.kind === "network") return next.id === net.id;
  if (next.kind !== "machine") return false;
  const nets = next.nets.length > 0 ? next.nets : (wires.hosts.get(next.id)?.cards ?? []).map((card) => card.net);
  return nets.includes(net.id);
};

const onlyPassed = (vpc: Vpc, set: Packets): Packets => ({
  boxes: crossings(vpc, set).flatMap((opening) => opening.packets.boxes),
  exact: set.exact,
});

function filtered(vpc: Vpc, set: Packets): Packets {
  const boxes: Box[] = [...isPublic(set).boxes, ...crossings(vpc, set).flatMap((opening) => opening.packets.boxes)];
  return { boxes, exact: set.exact };
}

interface Taking {
  readonly from: string;
  readonly vpc: Vpc;
  readonly route: Route;
  readonly ground: Ground;
  readonly set: Packets;
  readonly sight: Sight;
}

function takenBy(next: NextHop, { from, vpc, route, ground, set, sight }: Taking): readonly Move[] {
  const hop = (to: string): Hop => ({ kind: "next-hop", from, to, by: route.by, property: route.property, ground });
  switch (next.kind) {
    case "machine":
      return [
        { packets: set, hops: [hop(next.id)], next: { on: "router", id: next.id, vpc: vpc.id, nets: next.nets } },
      ];
    case "network": {
      const target = sight.wires.nets.get(next.id);
      if (target === undefined || sight.without.has(next.id)) return [];
      // Whatever its address, it is put on that network: whoever stands there may take it.
      const received = { ...set, boxes: set.boxes.flatMap((box) => readdressed(box, target)) };
      return delivered(target, received, [hop(next.id)], sight);
    }
    case "vpc":
      return sight.wires.vpcs.has(next.id)
        ? [{ packets: set, hops: [hop(next.id)], next: { on: "vpc", id: next.id, from: vpc.id } }]
        : [{ packets: set, hops: [hop(ELSEWHERE)], arrives: ELSEWHERE }];
    case "gateway": {
      const out = intersect(isPublic(set), packets([boxOf(4, {})]));
      return isEmpty(out) ? [] : [{ packets: out, hops: [hop(INTERNET)], arrives: INTERNET }];
    }
    case "elsewhere":
      return [{ packets: set, hops: [hop(ELSEWHERE)], arrives: ELSEWHERE }];
  }
}

const readdressed = (box: Box, net: Net): readonly Box[] =>
  net.ranges.filter((a) => a.family === box.family).map(({ range }) => ({ ...box, to: range }));

/** Into each peer of a VPC but the one that packets came from. */
export function toPeers(from: string, vpc: Vpc, cameFrom: string | undefined, set: Packets): readonly Move[] {
  // Routes between peers may be propagated; a public destination takes a route that somebody wrote.
  const inner = addressedTo(set, PRIVATE_SPACE);
  if (isEmpty(inner)) return [];
  return vpc.peers
    .filter((peer) => peer.to !== cameFrom)
    .map((peer): Move => {
      const hop = (to: string): Hop => ({
        kind: "peering",
        from,
        to,
        by: peer.by,
        property: "targetVpcId",
        ground: peer.ground,
      });
      return { packets: inner, hops: [hop(peer.to)], next: { on: "vpc", id: peer.to, from: vpc.id } };
    });
}

/** By gateways that push a default route and masquerade, on the network itself or, when it takes default routes, on another of its VPC. */
function byNat(net: Net, set: Packets, wires: Wires): readonly Move[] {
  const out = intersect(isPublic(set), packets([boxOf(4, {})]));
  if (isEmpty(out)) return [];
  const moves: Move[] = [];
  const leave = (at: string, by: string, property: string, ground: Ground): void => {
    const hop: Hop = { kind: "nat", from: net.id, to: at, by, property, ground };
    const last: Hop = { kind: "nat", from: at, to: INTERNET, by, property: "enableMasquerade", ground };
    moves.push({ packets: out, hops: [hop, last], arrives: INTERNET });
  };
  if (net.learnsDefaultRoutes !== "no") {
    // A default route of the VPC, on whatever network its gateway stands.
    for (const attachment of net.vpcs.flatMap(({ id }) => wires.vpcs.get(id)?.exits ?? [])) {
      if (attachment.net === net.id) continue;
      leave(
        attachment.gateway,
        net.id,
        "enableDefaultRoutePropagation",
        weaker(attachment.ground, net.learnsDefaultRoutes),
      );
    }
  }
  for (const attachment of wires.attachmentsAt.get(net.id) ?? []) {
    if (isExit(attachment)) leave(attachment.gateway, attachment.by, "ipamConfigs", attachment.ground);
  }
  return moves;
}

/** What came from a peer by a written route to public addresses: no document says that a gateway of this VPC refuses it. */
export function nattedFor(vpc: Vpc, set: Packets): readonly Move[] {
  const out = intersect(isPublic(set), packets([boxOf(4, {})]));
  if (isEmpty(out)) return [];
  return vpc.exits.map(({ gateway, by, ground }): Move => {
    const hop: Hop = { kind: "nat", from: vpc.id, to: gateway, by, property: "ipamConfigs", ground };
    const last: Hop = { kind: "nat", from: gateway, to: INTERNET, by, property: "enableMasquerade", ground };
    return { packets: out, hops: [hop, last], arrives: INTERNET };
  });
}

/** By VPN gateway or InterLink, whatever the address: what it advertises is not known. */
export function outside(from: string, at: string, set: Packets, wires: Wires): readonly Move[] {
  return (wires.outsideAt.get(at) ?? []).map(({ by, property, ground }) => ({
    packets: set,
    hops: [{ kind: "outside-link", from, to: ELSEWHERE, by, property, ground }],
    arrives: ELSEWHERE,
  }));
}
