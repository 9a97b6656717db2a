import { byKey } from "../../kernel/order.ts";
import type { Estate } from "../facts/estate.ts";
import type { HostFact } from "../facts/fact.ts";
import type { Ref } from "../facts/reference.ts";
import { type Addresses, readRange } from "./addresses.ts";
import { type Ground, weaker } from "./model.ts";
import { candidates, networksAt, regionOf, tagValue } from "./topology.ts";

/**
 * Machines and services, and the networks that they stand in.
 *
 * Modelled: cards written on a server or made apart, with their booked addresses; nodes of a pool in their cluster's network; managed
 * services; public addresses. A machine in several networks, or in one and on the internet, passes on whatever it gets: what runs on it
 * is not known. A managed service passes nothing on. Not modelled: which ports something listens on, firewalls inside machines.
 */
export interface Host {
  readonly id: string;
  readonly kind: "machine" | "service";
  readonly region: string | undefined;
  readonly tier: string | undefined;
  readonly permit: string | undefined;
  readonly cards: readonly Card[];
  /** What gives it a public address; more than one way is possible. */
  readonly publicBy: readonly { readonly property: string; readonly ground: Ground }[];
  /** Its security group, which filters public traffic; none is the project's own, which accepts. */
  readonly group: Ref | undefined;
}

export interface Card {
  readonly net: string;
  /** Resource and property that put it there. */
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
  /** Its addresses there; empty when none is known, so any of the network. */
  readonly addresses: readonly Addresses[];
}

/** A card in a network that the estate does not hold. */
const OUTSIDE_NET = "";

export const leadsElsewhere = (card: Card): boolean => card.net === OUTSIDE_NET;

export function hostsOf(estate: Estate): readonly Host[] {
  const extra = cardsMadeApart(estate);
  const services = new Set(estate.facts("managed-service").map((f) => f.urn));
  const ids = new Set([
    ...estate.facts("cards").map((f) => f.urn),
    ...estate.facts("node-pool").map((f) => f.urn),
    ...estate.facts("filtered-host").map((f) => f.urn),
    ...services,
    ...extra.keys(),
  ]);
  return [...ids]
    .map((id): Host => {
      const written = estate.factOf("cards", id);
      const pool = estate.factOf("node-pool", id);
      return {
        id,
        kind: services.has(id) ? "service" : "machine",
        region: regionOf(estate.resource(id)),
        tier: tagValue(estate, id, "tier"),
        permit: tagValue(estate, id, "permit"),
        cards: [
          ...(written === undefined ? [] : cardsFrom(written.networks, id, estate)),
          ...(pool === undefined ? [] : nodeCards(pool.cluster, id, estate)),
          ...(extra.get(id) ?? []),
        ],
        publicBy: publicWays(id, estate),
        group: estate.factOf("filtered-host", id)?.securityGroup,
      };
    })
    .sort(byKey((host) => host.id));
}

function cardsFrom(
  networks: { readonly property: string; readonly value: { known: true; value: readonly Ref[] } | { known: false } },
  by: string,
  estate: Estate,
): readonly Card[] {
  const { property, value } = networks;
  if (value.known) return value.value.flatMap((ref) => cardsAt(ref, by, ref.property, [], estate));
  return estate.facts("private-network").map(({ urn }) => card(urn, by, property, "unresolved", []));
}

const card = (net: string, by: string, property: string, ground: Ground, addresses: readonly Addresses[]): Card => ({
  net,
  by,
  property,
  ground,
  addresses,
});

function cardsAt(
  ref: Ref,
  by: string,
  property: string,
  addresses: readonly Addresses[],
  estate: Estate,
): readonly Card[] {
  const { nets, outside } = networksAt(ref, estate);
  const found = nets.map(({ id, ground }) => card(id, by, property, ground, addresses));
  return outside ? [...found, card(OUTSIDE_NET, by, property, "unresolved", [])] : found;
}

/** Nodes stand in their cluster's network. */
function nodeCards(cluster: Ref, pool: string, estate: Estate): readonly Card[] {
  if (estate.link(cluster, "cluster-network").kind === "outside") {
    return [card(OUTSIDE_NET, pool, cluster.property, "unresolved", [])];
  }
  return candidates(cluster, "cluster-network", estate).flatMap((named) => {
    const fact = estate.factOf("cluster-network", named.id);
    if (fact === undefined) return [];
    return cardsAt(fact.network, named.id, fact.network.property, [], estate).map((c) => ({
      ...c,
      ground: weaker(c.ground, named.ground),
      by: pool,
      property: cluster.property,
    }));
  });
}

/** Cards by server. */
function cardsMadeApart(estate: Estate): ReadonlyMap<string, readonly Card[]> {
  const found = new Map<string, Card[]>();
  for (const fact of estate.facts("network-card")) {
    const servers = candidates(fact.server, "cards", estate);
    const addresses = bookedAddresses(fact.urn, estate);
    for (const server of servers) {
      const cards = cardsAt(fact.network, fact.urn, fact.network.property, addresses, estate);
      const own = cards.map((c) => ({ ...c, ground: weaker(c.ground, server.ground) }));
      found.set(server.id, [...(found.get(server.id) ?? []), ...own]);
    }
  }
  return found;
}

/** Addresses that a card takes; empty as soon as one is not known. */
function bookedAddresses(cardUrn: string, estate: Estate): readonly Addresses[] {
  const booked = estate.factOf("card-address", cardUrn)?.booked;
  if (booked?.known !== true) return [];
  const read = booked.value.map((ref) => {
    const link = estate.link(ref, "booked-address");
    const text = link.kind === "found" ? link.fact.address.value : undefined;
    return text?.known && text.value !== undefined ? readRange(text.value) : undefined;
  });
  return read.every((range) => range !== undefined) ? read : [];
}

function publicWays(id: string, estate: Estate): Host["publicBy"] {
  const service = estate.factOf("managed-service", id);
  const ways: readonly { property: string; value: HostFact["publicBy"][number]["value"] }[] = [
    ...(estate.factOf("host", id)?.publicBy ?? []),
    ...(service?.publicEndpoints ?? []),
  ];
  const open = ways.flatMap(({ property, value }) => {
    if (value.known && !value.value) return [];
    return [{ property, ground: groundOf(value.known) }];
  });
  // Without a private endpoint a managed service gets a public one.
  const inside = service?.privateEndpoint;
  if (inside === undefined || (inside.value.known && inside.value.value)) return open;
  return [...open, { property: inside.property, ground: groundOf(inside.value.known) }];
}

const groundOf = (known: boolean): Ground => (known ? "stated" : "unresolved");
