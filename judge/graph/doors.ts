import type { Estate } from "../facts/estate.ts";
import type { Ref } from "../facts/reference.ts";
import { type Addresses, PUBLIC_SPACE, readRange } from "./addresses.ts";
import type { Host } from "./hosts.ts";
import { type Ground, type HopKind, weaker } from "./model.ts";
import {
  ANY_PORT,
  ANY_PROTOCOL,
  type Box,
  boxOf,
  intersect,
  isEmpty,
  type Packets,
  packets,
  protocolSpan,
  type Span,
} from "./packets.ts";
import type { Attachment } from "./routes.ts";
import { candidates, opens } from "./topology.ts";

/**
 * Ways in from the internet.
 *
 * Modelled: mapped ports of gateways, SSH bastions with their sources, public addresses behind security groups. A bastion carries any TCP
 * connection that its gateway can open. A security group lets in what one of its accepting rules names, or everything when its
 * default accepts, when a rule can't be read or when there is no group. Not modelled: the SSH keys that a bastion asks for, dropping
 * rules of a security group, ACLs of load balancers (each could only narrow).
 */
export interface Door {
  readonly kind: HopKind;
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
  /** Node behind it: a gateway. */
  readonly at: string;
  /** What comes in, as it is put on each of `nets`. */
  readonly packets: Packets;
  readonly nets: readonly string[];
  /** Source ranges as written; `undefined` where any source is let in. */
  readonly sources: readonly string[] | undefined;
}

const ANYBODY = PUBLIC_SPACE;
const TCP = protocolSpan("TCP");
const UDP = protocolSpan("UDP");

/** Default port of a gateway's bastion. */
export const BASTION_PORT = 61_000;

const port = (value: { known: true; value: number | undefined } | { known: false }): Span =>
  value.known && value.value !== undefined ? [value.value, value.value] : ANY_PORT;

function mappedProtocol(name: { known: true; value: string | undefined } | { known: false }): Span {
  const text = name.known ? name.value?.toLowerCase() : undefined;
  return text === "tcp" ? TCP : text === "udp" ? UDP : [TCP[0], UDP[1]];
}

/** Port mappings: what anybody may send to one address of a network that the gateway serves. */
export function mappingDoors(estate: Estate, attachments: readonly Attachment[]): readonly Door[] {
  return estate.facts("port-mapping").flatMap((fact) => {
    const inner = estate.factOf("mapped-port", fact.urn);
    const address = fact.privateAddress.value;
    const read = address.known && address.value !== undefined ? readRange(address.value) : undefined;
    const gateways = candidates(fact.gateway, "gateway", estate);
    return gateways.map((gateway): Door => {
      const served = attachments.filter((a) => a.gateway === gateway.id);
      const box = (source: Addresses): Box =>
        boxOf(4, {
          protocol: inner === undefined ? ANY_PROTOCOL : mappedProtocol(inner.protocol.value),
          from: source.range,
          ...(read?.family === 4 ? { to: read.range } : {}),
          toPort: inner === undefined ? ANY_PORT : port(inner.privatePort.value),
        });
      return {
        kind: "port-mapping",
        by: fact.urn,
        property: fact.privateAddress.property,
        ground: weaker(gateway.ground, read === undefined ? "unresolved" : "stated"),
        at: gateway.id,
        packets: packets(ANYBODY.filter((s) => s.family === 4).map(box)),
        nets: served.map((a) => a.net),
        sources: undefined,
      };
    });
  });
}

/** SSH bastions: what they let in may go on by TCP to whatever their gateway reaches. */
export function bastionDoors(estate: Estate, attachments: readonly Attachment[]): readonly Door[] {
  return estate.facts("gateway-entrance").flatMap((fact) => {
    const on = opens(fact.bastion.value);
    if (on === "no") return [];
    const { value, property } = fact.bastionSources;
    // None is sent as no list at all, and the gateway then lets everybody in.
    const named = value.known && value.value.length > 0 ? value.value : undefined;
    return [
      {
        kind: "bastion" as const,
        by: fact.urn,
        property: named === undefined ? property : fact.bastion.property,
        ground: value.known ? on : "unresolved",
        at: fact.urn,
        packets: packets(([4, 6] as const).map((family) => boxOf(family, { protocol: TCP }))),
        nets: attachments.filter((a) => a.gateway === fact.urn).map((a) => a.net),
        sources: named,
      },
    ];
  });
}

/** What a security group lets in from the internet; `undefined` when nothing. */
export function admitted(
  host: Host,
  estate: Estate,
): { readonly packets: Packets; readonly ground: Ground } | undefined {
  const everything = packets(ANYBODY.map(({ family, range }) => boxOf(family, { from: range })));
  const link = host.group === undefined ? undefined : estate.link(host.group, "security-group");
  if (link === undefined || link.kind !== "found") return { packets: everything, ground: "stated" };
  const { inbound } = link.fact;
  if (!inbound.value.known || inbound.value.value !== "drop") {
    return { packets: everything, ground: inbound.value.known ? "stated" : "unresolved" };
  }
  const lists = estate.facts("inbound-rules").filter(({ group, urn }) => belongs(group, urn, link.fact.urn, estate));
  if (lists.some((list) => !list.rules.known)) return { packets: everything, ground: "unresolved" };
  const rules = lists.flatMap((list) => (list.rules.known ? list.rules.value : []));
  const open = rules.filter((rule) => !(rule.action.known && rule.action.value === "drop"));
  const boxes = open.flatMap((rule) => {
    const source = rule.range.known && rule.range.value !== undefined ? readRange(rule.range.value) : undefined;
    const protocol = rule.protocol.known ? protocolOf(rule.protocol.value) : ANY_PROTOCOL;
    const toPort = rule.ports.known ? portsOf(rule.ports.value) : ANY_PORT;
    const from = source === undefined ? ANYBODY : [source];
    return from.map(({ family, range }) => boxOf(family, { from: range, protocol, toPort }));
  });
  // It stands before public traffic: what a range holds of private addresses comes another way.
  const admittedSet = intersect(packets(boxes), everything);
  return isEmpty(admittedSet) ? undefined : { packets: admittedSet, ground: "stated" };
}

const belongs = (group: Ref | "self", urn: string, wanted: string, estate: Estate): boolean => {
  if (group === "self") return urn === wanted;
  const link = estate.link(group, "security-group");
  return link.kind === "found" ? link.fact.urn === wanted : link.kind === "unknown";
};

function protocolOf(name: string | undefined): Span {
  const text = (name ?? "TCP").toUpperCase();
  return text === "TCP" ? TCP : text === "UDP" ? UDP : text === "ICMP" ? protocolSpan("ICMP") : ANY_PROTOCOL;
}

function portsOf(text: string | undefined): Span {
  const [low, high] = (text ?? "").split("-").map(Number);
  if (low === undefined || !Number.isInteger(low) || low < 1) return ANY_PORT;
  return [low, high !== undefined && Number.isInteger(high) && high >= low ? high : low];
}

/** Whether a machine with a public address can open connections to the internet. */
export function letsOut(host: Host, estate: Estate): Ground | "no" {
  const link = host.group === undefined ? undefined : estate.link(host.group, "security-group");
  if (link === undefined || link.kind !== "found") return "stated";
  const { outbound } = link.fact;
  if (!outbound.value.known) return "unresolved";
  if (outbound.value.value !== "drop") return "stated";
  const lists = estate.facts("outbound-rules").filter(({ group, urn }) => belongs(group, urn, link.fact.urn, estate));
  // A rule that is only possibly there, or possibly accepts, opens only possibly.
  const ways = lists.flatMap(({ group, rules }): readonly Ground[] => {
    if (!rules.known) return ["unresolved"];
    const sure = group === "self" || estate.link(group, "security-group").kind === "found";
    return rules.value
      .filter(({ action }) => !(action.known && action.value === "drop"))
      .map(({ action }) => (action.known && sure ? "stated" : "unresolved"));
  });
  return ways.length === 0 ? "no" : ways.includes("stated") ? "stated" : "unresolved";
}
