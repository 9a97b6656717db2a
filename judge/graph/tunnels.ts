import { type Addresses, overlap } from "./addresses.ts";
import { type Ground, weaker } from "./model.ts";
import { isEmpty, protocolSpan } from "./packets.ts";
import { addressedTo } from "./steps.ts";
import type { Wires } from "./wires.ts";

/**
 * Tunnels between routers.
 *
 * Modelled: two machines in different VPCs, each the next hop of a route to ranges of the other's VPC, of which at least one can be called
 * from the internet by UDP (a mapped port or a public address), are taken to be joined. Not modelled: what the machines' own
 * configuration says of peers, keys and firewalls: it can only narrow.
 */
export interface Tunnel {
  readonly router: string;
  /** Network of the far router in which it puts what comes out. */
  readonly net: string;
  /** Ranges behind the far router that the near one's routes lead to. */
  readonly ranges: readonly Addresses[];
  /** Those of them that surely lie there. */
  readonly stated: readonly Addresses[];
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
}

const memo = new WeakMap<Wires, Map<string, readonly Tunnel[]>>();

export function tunnelsFrom(router: string, wires: Wires): readonly Tunnel[] {
  const known = memo.get(wires) ?? new Map<string, readonly Tunnel[]>();
  memo.set(wires, known);
  const found = known.get(router) ?? findTunnels(router, wires);
  known.set(router, found);
  return found;
}

function findTunnels(near: string, wires: Wires): readonly Tunnel[] {
  const own = wires.routers.get(near) ?? [];
  const found: Tunnel[] = [];
  for (const [far, vpcs] of wires.routers) {
    if (far === near) continue;
    for (const vpc of vpcs) {
      if (own.includes(vpc)) continue;
      const there = own.flatMap((o) => routeBetween(near, o, vpc, wires));
      const back = own.flatMap((o) => routeBetween(far, vpc, o, wires));
      const [first] = there;
      if (first === undefined || back.length === 0 || !(isCallable(near, wires) || isCallable(far, wires))) continue;
      const nets = wires.vpcs.get(vpc)?.nets ?? [];
      const led = (a: Addresses): boolean => there.some((t) => overlap(a, t.destination));
      const ranges = nets.flatMap(({ net }) => net.ranges).filter(led);
      const stated = first.ground === "unresolved" ? [] : surelyIn(vpc, wires).filter(led);
      for (const net of netsOf(far, wires)) {
        found.push({ router: far, net, ranges, stated, by: first.by, property: first.property, ground: first.ground });
      }
    }
  }
  return found;
}

/** Ranges that surely lie in a VPC: what is only supposed to be there explains nothing. */
export const surelyIn = (vpc: string, wires: Wires): readonly Addresses[] =>
  (wires.vpcs.get(vpc)?.nets ?? []).flatMap(({ net, ground }) => (ground === "unresolved" ? [] : net.stated));

interface Leading {
  readonly destination: Addresses;
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
}

/** Routes of VPC `from` by `router` to ranges of VPC `to`. */
function routeBetween(router: string, from: string, to: string, wires: Wires): readonly Leading[] {
  const ranges = wires.vpcs.get(to)?.nets.flatMap(({ net }) => net.ranges) ?? [];
  return (wires.vpcs.get(from)?.routes ?? []).flatMap((route) =>
    route.to
      .filter((hop) => hop.kind === "machine" && hop.id === router)
      .flatMap((hop) =>
        route.destinations
          .filter((destination) => ranges.some((range) => overlap(range, destination)))
          .map((destination) => ({
            destination,
            by: route.by,
            property: "nexthopResourceId",
            ground: weaker(route.ground, hop.ground),
          })),
      ),
  );
}

const netsOf = (router: string, wires: Wires): readonly string[] =>
  [...new Set(wires.hosts.get(router)?.cards.map((card) => card.net) ?? [])].filter((id) => wires.nets.has(id));

/** Whether something outside can start a UDP exchange with it. */
function isCallable(router: string, wires: Wires): boolean {
  const host = wires.hosts.get(router);
  if (host === undefined || host.publicBy.length > 0) return true;
  const udp = protocolSpan("UDP")[0];
  return wires.doors.some(
    (door) =>
      door.kind === "port-mapping" &&
      door.packets.boxes.some((box) => box.protocol[0] <= udp && udp <= box.protocol[1]) &&
      host.cards.some(
        (card) =>
          door.nets.includes(card.net) &&
          (card.addresses.length === 0 || !isEmpty(addressedTo(door.packets, card.addresses))),
      ),
  );
}
