import { byKey } from "../../kernel/order.ts";
import { tagOf } from "../facts/classification.ts";
import type { Estate } from "../facts/estate.ts";
import type { FactKind } from "../facts/fact.ts";
import type { PrivateNetworkFact } from "../facts/fact-network.ts";
import type { Resource } from "../facts/observed.ts";
import { UNKNOWN } from "../facts/raw.ts";
import type { Link, Ref } from "../facts/reference.ts";
import { type Addresses, PRIVATE_SPACE, readRange } from "./addresses.ts";
import type { Ground } from "./model.ts";

/**
 * Private networks and the VPCs they stand in.
 *
 * Modelled: ranges of both families, tier, class and permit tags, region, membership in a VPC (the project's default one where none
 * is written). A network whose VPC is not known is taken to stand in each VPC; a range that is not known to be any private one.
 * Not modelled: that a route may take up to an hour to reach a host.
 */
export interface Net {
  readonly id: string;
  readonly vpcs: readonly Named[];
  readonly region: string | undefined;
  /** `undefined`: nobody gave it one, or it is not known. */
  readonly tier: string | undefined;
  readonly dataClass: string | undefined;
  readonly permit: string | undefined;
  readonly ranges: readonly Addresses[];
  /** Those that are written: only what surely lies here is explained by it. */
  readonly stated: readonly Addresses[];
  /** False: a range is only supposed. */
  readonly rangesKnown: boolean;
  readonly learnsDefaultRoutes: Ground | "no";
}

/** A node by id, and how well it is known to be the one. */
export interface Named {
  readonly id: string;
  readonly ground: Ground;
}

export const regionOf = (resource: Resource | undefined): string | undefined => {
  const place = resource?.location?.place;
  return place?.known ? place.value.replace(/-\d+$/, "") : undefined;
};

export const tagValue = (estate: Estate, urn: string, tag: string): string | undefined => {
  const resource = estate.resource(urn);
  const value = resource === undefined ? undefined : tagOf(resource, estate, tag);
  return value?.known ? value.value : undefined;
};

/** Whether a setting opens: `no` only when it is known not to. */
export const opens = (value: { known: true; value: boolean | undefined } | { known: false }): Ground | "no" =>
  value.known ? (value.value === true ? "stated" : "no") : "unresolved";

export const groundOfLink = (link: Link<unknown>): Ground =>
  link.kind === "found" ? (link.assumed ? "assumed" : "stated") : "unresolved";

/** What a reference may mean among `all`: the one found, everything when it can't be told, nothing when it leads outside. */
export function candidates<K extends FactKind>(ref: Ref, kind: K, estate: Estate): readonly Named[] {
  const link = estate.link(ref, kind);
  if (link.kind === "found") return [{ id: link.fact.urn, ground: groundOfLink(link) }];
  return link.kind === "unknown" ? estate.facts(kind).map(({ urn }) => ({ id: urn, ground: "unresolved" })) : [];
}

/** Networks that a reference may mean, and whether it may lead out of the estate. */
export function networksAt(ref: Ref, estate: Estate): { readonly nets: readonly Named[]; readonly outside: boolean } {
  const outside = estate.link(ref, "private-network").kind === "outside";
  return { nets: candidates(ref, "private-network", estate), outside };
}

/** The default VPC of a project in a region is one node, whoever names it by naming none. */
const defaultVpc = (resource: Resource | undefined): string => {
  const project = resource?.raw.inputs.projectId;
  return `default-vpc:${regionOf(resource) ?? "?"}:${typeof project === "string" ? project : "?"}`;
};

export function vpcsAt(ref: Ref, of: string, estate: Estate): readonly Named[] {
  const link = estate.link(ref, "vpc");
  if (link.kind === "absent") {
    const own = estate.resource(of);
    if (own?.raw.inputs.projectId !== UNKNOWN) return [{ id: defaultVpc(own), ground: "stated" }];
    // Of a project that is not known: the default VPC of any.
    const homes = estate.facts("private-network").flatMap(({ urn, vpc }) => (vpc.kind === "absent" ? [urn] : []));
    const ids = new Set([of, ...homes].map((urn) => defaultVpc(estate.resource(urn))));
    return [...ids].map((id) => ({ id, ground: "unresolved" }));
  }
  if (link.kind === "outside") return [{ id: link.id, ground: "stated" }];
  return candidates(ref, "vpc", estate);
}

function netOf(fact: PrivateNetworkFact, estate: Estate): Net {
  const ranges = estate.factOf("network-ranges", fact.urn);
  const v4 = ranges?.ipv4.value;
  const v6 = ranges?.ipv6.value;
  const texts = [...(v4?.known && v4.value !== undefined ? [v4.value] : []), ...(v6?.known ? v6.value : [])];
  const read = texts.flatMap((text) => readRange(text) ?? []);
  // A range that can't be told may be any private one; IPv6 that nobody wrote is chosen by Scaleway, in its own /64.
  const unread = read.length < texts.length;
  const lost4 = v4?.known !== true || v4.value === undefined || unread;
  const lost6 = v6?.known !== true;
  const supposed = PRIVATE_SPACE.filter((space) => (space.family === 4 ? lost4 : lost6));
  const lost = lost4 || lost6;
  return {
    id: fact.urn,
    vpcs: vpcsAt(fact.vpc, fact.urn, estate),
    region: regionOf(estate.resource(fact.urn)),
    tier: tagValue(estate, fact.urn, "tier"),
    dataClass: tagValue(estate, fact.urn, "data-class"),
    permit: tagValue(estate, fact.urn, "permit"),
    ranges: [...read, ...supposed],
    stated: read,
    rangesKnown: !lost,
    learnsDefaultRoutes: opens(fact.learnsDefaultRoutes.value),
  };
}

/** Every private network, in canonical order. */
export const netsOf = (estate: Estate): readonly Net[] =>
  estate
    .facts("private-network")
    .map((fact) => netOf(fact, estate))
    .sort(byKey((net) => net.id));
