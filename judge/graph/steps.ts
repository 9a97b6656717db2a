import type { Addresses } from "./addresses.ts";
import type { Card, Host } from "./hosts.ts";
import type { Hop } from "./model.ts";
import { boxOf, intersect, isEmpty, type Packets, packets } from "./packets.ts";
import type { Net } from "./topology.ts";
import type { Member, Wires } from "./wires.ts";

/** Where packets are while they are on their way. */
export type Place =
  /** Put on a private network by something that stands in it. */
  | { readonly on: "network"; readonly id: string }
  /** Come into a VPC from a peer. */
  | { readonly on: "vpc"; readonly id: string; readonly from: string }
  /** Taken by a machine that passes on what it gets, under its own addresses. */
  | { readonly on: "machine"; readonly id: string }
  /** Taken by the next hop of a route, which sends them on unchanged. */
  | { readonly on: "router"; readonly id: string; readonly vpc: string; readonly nets: readonly string[] }
  | { readonly on: "balancer"; readonly id: string };

/** A move of packets: to a node where they arrive, to a place from which they go on, or both. */
export interface Move {
  readonly packets: Packets;
  readonly hops: readonly Hop[];
  readonly arrives?: string;
  readonly next?: Place;
}

export interface Sight {
  readonly wires: Wires;
  /** Look only at networks where something passes packets on: enough to find the ways out. */
  readonly passingOnly: boolean;
  /** Nodes that are taken away. */
  readonly without: ReadonlySet<string>;
}

/** Places at which packets go on differently are different ones: where they came from decides as well. */
export function placeKey(place: Place): string {
  const name = `${place.on} ${place.id}`;
  if (place.on === "vpc") return `${name} ${place.from}`;
  return place.on === "router" ? `${name} ${place.vpc} ${place.nets.join(" ")}` : name;
}

export const toAny = (ranges: readonly Addresses[]): Packets =>
  packets(ranges.map(({ family, range }) => boxOf(family, { to: range })));

export const fromAny = (ranges: readonly Addresses[]): Packets =>
  packets(ranges.map(({ family, range }) => boxOf(family, { from: range })));

/** What of `set` is addressed to one of `ranges`. */
export const addressedTo = (set: Packets, ranges: readonly Addresses[]): Packets => intersect(set, toAny(ranges));

/** Members of a VPC whose ranges meet the destinations of `set`, each with what is for it. */
export function receivers(set: Packets, vpcId: string, sight: Sight): readonly { member: Member; packets: Packets }[] {
  const vpc = sight.wires.vpcs.get(vpcId);
  if (vpc === undefined) return [];
  const index = sight.passingOnly ? vpc.passing : vpc.byRange;
  const found = new Map<string, Member>();
  for (const box of set.boxes) {
    for (const member of index[box.family].overlapping(box.to)) found.set(member.net.id, member);
  }
  return [...found.values()]
    .filter(({ net }) => !sight.without.has(net.id))
    .map((member) => ({ member, packets: addressedTo(set, member.net.ranges) }));
}

/** Packets arrive at a network: they are there, and whoever passes them on may have got them. */
export function delivered(net: Net, set: Packets, hops: readonly Hop[], sight: Sight): readonly Move[] {
  return [{ packets: set, hops, arrives: net.id }, ...passedOn(net, set, hops, sight)];
}

/** What takes packets that are addressed into a network, and passes them on. */
export function passedOn(net: Net, set: Packets, hops: readonly Hop[], sight: Sight): readonly Move[] {
  const moves: Move[] = [];
  for (const host of sight.wires.passersAt.get(net.id) ?? []) {
    moves.push(...host.cards.filter((card) => card.net === net.id).flatMap((card) => taken(host, card, set, hops)));
  }
  for (const balancer of sight.wires.balancersAt.get(net.id) ?? []) {
    const seat = balancer.nets.find((n) => n.id === net.id);
    if (seat === undefined) continue;
    const hop: Hop = {
      kind: "balanced",
      from: net.id,
      to: balancer.id,
      by: seat.by,
      property: "privateNetworks",
      ground: seat.ground,
    };
    moves.push({ packets: set, hops: [...hops, hop], next: { on: "balancer", id: balancer.id } });
  }
  return moves;
}

function taken(host: Host, card: Card, set: Packets, hops: readonly Hop[]): readonly Move[] {
  const own = card.addresses.length > 0 ? addressedTo(set, card.addresses) : set;
  if (isEmpty(own)) return [];
  const hop: Hop = {
    kind: "multi-homed",
    from: card.net,
    to: host.id,
    by: card.by,
    property: card.property,
    ground: card.ground,
  };
  return [{ packets: own, hops: [...hops, hop], next: { on: "machine", id: host.id } }];
}
