import { PRIVATE_SPACE, PUBLIC_SPACE } from "./addresses.ts";
import { admitted } from "./doors.ts";
import { leadsElsewhere } from "./hosts.ts";
import { ingressMoves } from "./ingress.ts";
import { ELSEWHERE, type Hop, INTERNET, weaker } from "./model.ts";
import { EVERYTHING, intersect, isEmpty, subtract } from "./packets.ts";
import { fromAny, type Move, type Sight } from "./steps.ts";
import { surelyIn, tunnelsFrom } from "./tunnels.ts";

/** Everything that the internet may send into an estate: by doors, public addresses, load balancers and ingress rules. */
export function fromInternet(sight: Sight): readonly Move[] {
  const { wires } = sight;
  const anybody = fromAny(PUBLIC_SPACE);
  const doors = wires.doors.flatMap((door) =>
    door.nets.flatMap((id): readonly Move[] => {
      const net = wires.nets.get(id);
      if (net === undefined || sight.without.has(id)) return [];
      const hop = (from: string, to: string): Hop => ({
        kind: door.kind,
        from,
        to,
        by: door.by,
        property: door.property,
        ground: door.ground,
      });
      // A bastion opens connections of its own; a mapped port keeps who is calling.
      const set = door.kind === "bastion" ? intersect(door.packets, fromAny(net.ranges)) : door.packets;
      return [{ packets: set, hops: [hop(INTERNET, door.at), hop(door.at, id)], next: { on: "network", id } }];
    }),
  );
  const hosts = [...wires.hosts.values()].flatMap((host): readonly Move[] => {
    const [way] = host.publicBy;
    const let_in = way === undefined ? undefined : admitted(host, wires.estate);
    if (way === undefined || let_in === undefined) return [];
    const ground = weaker(way.ground, let_in.ground);
    const hop: Hop = {
      kind: "public-address",
      from: INTERNET,
      to: host.id,
      by: host.id,
      property: way.property,
      ground,
    };
    const move: Move = { packets: let_in.packets, hops: [hop], arrives: host.id };
    return host.kind === "service" ? [move] : [{ ...move, next: { on: "machine", id: host.id } }];
  });
  const balancers = [...wires.balancers.keys()].map((id): Move => {
    const hop: Hop = { kind: "balanced", from: INTERNET, to: id, by: id, property: "ipIds", ground: "stated" };
    return { packets: anybody, hops: [hop], next: { on: "balancer", id } };
  });
  const ruled = [...wires.vpcs.keys()].flatMap((vpc) => ingressMoves(vpc, anybody, sight));
  return [...doors, ...hosts, ...balancers, ...ruled.map((move) => fromOutside(INTERNET, move))];
}

/** What may come from places that the estate names and does not hold. */
export function fromElsewhere(sight: Sight): readonly Move[] {
  const { wires } = sight;
  const hop = (to: string, by: string, property: string, ground: Hop["ground"]): Hop => ({
    kind: "outside-link",
    from: ELSEWHERE,
    to,
    by,
    property,
    ground,
  });
  const links = [...wires.outsideAt].flatMap(([id, list]) =>
    list.flatMap(({ by, property, ground }): readonly Move[] => {
      const next = wires.nets.has(id)
        ? ({ on: "network", id } as const)
        : ({ on: "vpc", id, from: ELSEWHERE } as const);
      if (sight.without.has(id)) return [];
      const first = hop(id, by, property, ground);
      // What a VPN gateway of a network brings comes into its VPC too.
      const vpcs = wires.nets.get(id)?.vpcs ?? [];
      const ruled = vpcs.flatMap((vpc) => ingressMoves(vpc.id, EVERYTHING, sight));
      return [{ packets: EVERYTHING, hops: [first], next }, ...ruled.map((move) => fromOutside(ELSEWHERE, move))];
    }),
  );
  const peers = [...wires.vpcs.values()].flatMap((vpc) =>
    vpc.peers
      .filter((peer) => !wires.vpcs.has(peer.to))
      .map(
        (peer): Move => ({
          packets: EVERYTHING,
          hops: [hop(vpc.id, peer.by, "targetVpcId", peer.ground)],
          next: { on: "vpc", id: vpc.id, from: peer.to },
        }),
      ),
  );
  const machines = [...wires.hosts.values()].flatMap((host) =>
    host.cards.filter(leadsElsewhere).map(
      (card): Move => ({
        packets: EVERYTHING,
        hops: [hop(host.id, card.by, card.property, card.ground)],
        next: { on: "machine", id: host.id },
      }),
    ),
  );
  const routers = [...wires.routers.keys()].flatMap((id) => farEnds(id, sight));
  return [...links, ...peers, ...machines, ...routers].filter((move) => !isEmpty(move.packets));
}

/** Behind a router: what its routes lead to and neither their VPC nor a tunnel explains. The same range in another VPC explains nothing. */
function farEnds(id: string, sight: Sight): readonly Move[] {
  const { wires } = sight;
  const tunnelled = tunnelsFrom(id, wires).flatMap((tunnel) => tunnel.stated);
  const foreign = (wires.routers.get(id) ?? [])
    .flatMap((vpc) => {
      const here = [...surelyIn(vpc, wires), ...tunnelled];
      return (wires.vpcs.get(vpc)?.routes ?? []).map((route) => ({ route, here }));
    })
    .filter(({ route }) => route.to.some((hop) => hop.kind === "machine" && hop.id === id) && !route.isDefault)
    .flatMap(({ route, here }) =>
      route.destinations
        .map((a) => subtract(intersect(fromAny([a]), fromAny(PRIVATE_SPACE)), fromAny(here)))
        .filter((sent) => !isEmpty(sent))
        .map((sent) => ({ route, sent })),
    );
  const nets = wires.hosts.get(id)?.cards.map((card) => card.net) ?? [];
  return foreign.flatMap(({ route, sent }) =>
    nets
      .filter((net) => wires.nets.has(net) && !sight.without.has(net))
      .map((net): Move => {
        const hop: Hop = {
          kind: "tunnel",
          from: ELSEWHERE,
          to: id,
          by: route.by,
          property: route.property,
          ground: route.ground,
        };
        const into: Hop = { ...hop, kind: "next-hop", from: id, to: net };
        return { packets: sent, hops: [hop, into], next: { on: "network", id: net } };
      }),
  );
}

const fromOutside = (from: string, move: Move): Move => {
  const [first, ...rest] = move.hops;
  return first === undefined ? move : { ...move, hops: [{ ...first, from }, ...rest] };
};
