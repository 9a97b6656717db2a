import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import { type Filter, filtersOf } from "./acl.ts";
import { type Balancer, balancersOf } from "./balancers.ts";
import { admitted, bastionDoors, type Door, letsOut, mappingDoors } from "./doors.ts";
import { type Host, hostsOf, leadsElsewhere } from "./hosts.ts";
import { type IntervalIndex, intervalIndex } from "./interval-index.ts";
import { type Ground, weaker } from "./model.ts";
import {
  type Attachment,
  attachmentsOf,
  isExit,
  type Peer,
  peersOf,
  type Route,
  routesOf,
  transitsOf,
} from "./routes.ts";
import { candidates, type Net, netsOf, vpcsAt } from "./topology.ts";

/** Everything that carries packets in an estate, joined once and indexed. */
export interface Wires {
  readonly estate: Estate;
  readonly nets: ReadonlyMap<string, Net>;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly balancers: ReadonlyMap<string, Balancer>;
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly attachmentsAt: ReadonlyMap<string, readonly Attachment[]>;
  /** Machines that pass on what they get, by network. */
  readonly passersAt: ReadonlyMap<string, readonly Host[]>;
  readonly balancersAt: ReadonlyMap<string, readonly Balancer[]>;
  readonly doors: readonly Door[];
  /** Far ends of VPNs and InterLinks: by network or VPC. */
  readonly outsideAt: ReadonlyMap<string, readonly OutsideLink[]>;
  /** Machines that some route has as next hop, with the VPCs of those routes. */
  readonly routers: ReadonlyMap<string, readonly string[]>;
  /** Moves that all walks of this estate may still take together. */
  readonly budget: { moves: number };
}

/** Moves of packets in one estate: some ten seconds of them. */
export const MOST_MOVES = 4_000_000;

export interface OutsideLink {
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
}

export interface Vpc {
  readonly id: string;
  readonly nets: readonly { readonly net: Net; readonly ground: Ground }[];
  readonly filters: Readonly<Record<4 | 6, readonly Filter[]>>;
  readonly routes: readonly Route[];
  readonly peers: readonly Peer[];
  /** Gateways that lead out, on any of its networks. */
  readonly exits: readonly Attachment[];
  readonly transits: Ground | "no";
  /** Its networks in which a VPN gateway stands. */
  readonly linked: readonly string[];
  readonly byRange: Readonly<Record<4 | 6, IntervalIndex<Member>>>;
  /** The same, of networks alone in which something passes packets on. */
  readonly passing: Readonly<Record<4 | 6, IntervalIndex<Member>>>;
}

export interface Member {
  readonly net: Net;
  readonly ground: Ground;
}

function group<T>(items: readonly T[], keys: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keys(item)) {
      const list = found.get(key);
      if (list === undefined) found.set(key, [item]);
      else list.push(item);
    }
  }
  return found;
}

/** A machine in two networks, or in one and on the internet, or elsewhere as well. An address that nothing passes either way is no way. */
const passesOn = (host: Host, estate: Estate): boolean => {
  if (host.kind === "service") return false;
  const places = new Set(host.cards.map((card) => (leadsElsewhere(card) ? "" : card.net)));
  const open = host.publicBy.length > 0 && (letsOut(host, estate) !== "no" || admitted(host, estate) !== undefined);
  return places.size + (open ? 1 : 0) > 1;
};

export function wiresOf(estate: Estate): Wires {
  const nets = netsOf(estate);
  const hosts = hostsOf(estate);
  const balancers = balancersOf(estate);
  const attachments = attachmentsOf(estate);
  const routes = routesOf(estate);
  const links = outsideLinks(estate);
  const passersAt = group(
    hosts.filter((host) => passesOn(host, estate)),
    (host) => host.cards.map((card) => card.net),
  );
  const balancersAt = group(balancers, (b) => [...new Set(b.nets.map((n) => n.id))]);
  const isPassing = (net: Net): boolean => passersAt.has(net.id) || balancersAt.has(net.id);
  return {
    estate,
    nets: new Map(nets.map((net) => [net.id, net])),
    hosts: new Map(hosts.map((host) => [host.id, host])),
    balancers: new Map(balancers.map((b) => [b.id, b])),
    vpcs: vpcsOf(estate, nets, { routes, exits: attachments.filter(isExit), links }, isPassing),
    attachmentsAt: group(attachments, (a) => [a.net]),
    passersAt,
    balancersAt,
    doors: [...mappingDoors(estate, attachments), ...bastionDoors(estate, attachments)],
    outsideAt: links,
    routers: routersOf(routes),
    budget: { moves: MOST_MOVES },
  };
}

function vpcsOf(
  estate: Estate,
  nets: readonly Net[],
  {
    routes,
    exits,
    links,
  }: {
    readonly routes: ReadonlyMap<string, readonly Route[]>;
    readonly exits: readonly Attachment[];
    readonly links: ReadonlyMap<string, unknown>;
  },
  isPassing: (net: Net) => boolean,
): ReadonlyMap<string, Vpc> {
  const filters = filtersOf(estate);
  const peers = peersOf(estate);
  const transits = transitsOf(estate);
  const members = new Map<string, Member[]>();
  const exitsAt = group(exits, (a) => [a.net]);
  for (const net of nets) {
    for (const { id, ground } of net.vpcs) {
      const list = members.get(id);
      if (list === undefined) members.set(id, [{ net, ground }]);
      else list.push({ net, ground });
    }
  }
  const ids = new Set([...members.keys(), ...estate.facts("vpc").map((f) => f.urn), ...peers.keys()]);
  return new Map(
    [...ids].map((id): [string, Vpc] => {
      const own = members.get(id) ?? [];
      return [
        id,
        {
          id,
          nets: own,
          filters: { 4: filters.get(`${id} 4`) ?? [], 6: filters.get(`${id} 6`) ?? [] },
          routes: routes.get(id) ?? [],
          peers: peers.get(id) ?? [],
          exits: own.flatMap(({ net }) => exitsAt.get(net.id) ?? []),
          transits: transits.get(id) ?? "unresolved",
          linked: own.map(({ net }) => net.id).filter((net) => links.has(net)),
          byRange: byRange(own),
          passing: byRange(own.filter(({ net }) => isPassing(net))),
        },
      ];
    }),
  );
}

const byRange = (members: readonly Member[]): Vpc["byRange"] => ({ 4: indexed(members, 4), 6: indexed(members, 6) });

const indexed = (members: readonly Member[], family: 4 | 6): IntervalIndex<Member> =>
  intervalIndex(
    members.flatMap((member) =>
      member.net.ranges.filter((a) => a.family === family).map(({ range }) => ({ range, item: member })),
    ),
  );

function outsideLinks(estate: Estate): ReadonlyMap<string, readonly OutsideLink[]> {
  const found = new Map<string, OutsideLink[]>();
  const add = (at: string, link: OutsideLink): void => void push(found, at, link);
  for (const fact of estate.facts("outside-link")) {
    for (const net of candidates(fact.network, "private-network", estate)) {
      add(net.id, { by: fact.urn, property: fact.network.property, ground: net.ground });
    }
    if (fact.vpc.kind === "absent") continue;
    for (const vpc of vpcsAt(fact.vpc, fact.urn, estate)) {
      add(vpc.id, { by: fact.urn, property: fact.vpc.property, ground: weaker(vpc.ground, "stated") });
    }
  }
  return found;
}

function routersOf(routes: ReadonlyMap<string, readonly Route[]>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [vpc, list] of routes) {
    for (const hop of list.flatMap((route) => route.to)) {
      if (hop.kind === "machine") push(found, hop.id, vpc);
    }
  }
  return found;
}
