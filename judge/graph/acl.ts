import type { Known } from "../../kernel/known.ts";
import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import type { AclPorts, AclRule } from "../facts/fact-topology.ts";
import { type Addresses, readRange } from "./addresses.ts";
import type { Ground } from "./model.ts";
import {
  ANY_PORT,
  ANY_PROTOCOL,
  type Box,
  boxOf,
  isEmpty,
  meet,
  type Packets,
  PROTOCOLS,
  packets,
  protocolSpan,
  type Span,
  subtract,
} from "./packets.ts";
import { groundOfLink } from "./topology.ts";

/**
 * Filters of a VPC between its private networks.
 *
 * Modelled: one list a family, ordered, first match decides, stateless, default policy; a VPC without one lets everything pass.
 * What is not known of an accepting rule is taken as everything, a dropping rule that is not wholly known drops nothing; two ACLs of
 * one VPC and family let pass what either does. Not modelled: traffic inside a network and to public addresses, which no ACL
 * filters, and what peers send, of which no document says that it does.
 */
export interface Filter {
  readonly acl: string;
  readonly ground: Ground;
  readonly fallback: "accept" | "drop";
  readonly rules: readonly Rule[];
}

interface Rule {
  readonly box: Box;
  readonly property: string;
  readonly accepts: boolean;
  readonly ground: Ground;
}

/** Headers that pass, and what lets them. */
export interface Opening {
  readonly packets: Packets;
  readonly by: string;
  readonly property: string;
  readonly ground: Ground;
}

/** The filters of each VPC, by family. A filter whose VPC or family is not known protects nothing. */
export function filtersOf(estate: Estate): ReadonlyMap<string, readonly Filter[]> {
  const found = new Map<string, Filter[]>();
  for (const acl of estate.facts("network-acl")) {
    const link = estate.link(acl.vpc, "vpc");
    const family = acl.isIpv6.value;
    const vpc = link.kind === "found" ? link.fact.urn : link.kind === "outside" ? link.id : undefined;
    if (vpc === undefined || !family.known) continue;
    const version = family.value === true ? 6 : 4;
    const key = `${vpc} ${version}`;
    const rules = estate.factOf("acl-rules", acl.urn)?.rules.value;
    const policy = acl.defaultPolicy.value;
    const drops = policy.known && policy.value === "drop" && rules?.known === true;
    const filter: Filter = {
      acl: acl.urn,
      ground: policy.known && rules?.known === true ? groundOfLink(link) : "unresolved",
      fallback: drops ? "drop" : "accept",
      rules: rules?.known ? rules.value.flatMap((rule) => readRule(rule, version)) : [],
    };
    push(found, key, filter);
  }
  return found;
}

function readRule(rule: AclRule, family: 4 | 6): readonly Rule[] {
  const accepts = !(rule.action.known && rule.action.value === "drop");
  const from = address(rule.source, family);
  const to = address(rule.destination, family);
  const protocol = protocolOf(rule.protocol);
  const fromPort = portsOf(rule.sourcePorts);
  const toPort = portsOf(rule.destinationPorts);
  const sure = rule.action.known && from.sure && to.sure && protocol.sure && fromPort.sure && toPort.sure;
  // A protection that can't be read protects nothing.
  if (!accepts && !sure) return [];
  if (from.range === "none" || to.range === "none") return [];
  const box = boxOf(family, {
    protocol: protocol.span,
    ...(from.range === "any" ? {} : { from: from.range }),
    ...(to.range === "any" ? {} : { to: to.range }),
    fromPort: fromPort.span,
    toPort: toPort.span,
  });
  return [{ box, property: rule.property, accepts, ground: sure ? "stated" : "unresolved" }];
}

function address(text: Known<string | undefined>, family: 4 | 6) {
  if (!text.known) return { range: "any", sure: false } as const;
  if (text.value === undefined || text.value === "") return { range: "any", sure: true } as const;
  const read = readRange(text.value);
  if (read === undefined) return { range: "any", sure: false } as const;
  return read.family === family ? { range: read.range, sure: true } : ({ range: "none", sure: true } as const);
}

/** An axis of a rule; `sure` when it is known and makes sense. */
interface Axis {
  readonly span: Span;
  readonly sure: boolean;
}

function protocolOf(name: Known<string | undefined>): Axis {
  if (!name.known) return { span: ANY_PROTOCOL, sure: false };
  const text = (name.value ?? "ANY").toUpperCase();
  if (text === "ANY") return { span: ANY_PROTOCOL, sure: true };
  const known = PROTOCOLS.find((p) => p === text && p !== "OTHER");
  return known === undefined ? { span: ANY_PROTOCOL, sure: false } : { span: protocolSpan(known), sure: true };
}

/** Nothing, or zero at both ends, is every port; a range that ends before it begins is none that can be read. */
function portsOf({ low, high }: AclPorts): Axis {
  if (!low.known || !high.known) return { span: ANY_PORT, sure: false };
  const [first, last] = [low.value ?? 0, high.value ?? 0];
  if (first === 0 && last === 0) return { span: ANY_PORT, sure: true };
  return last < first || last > ANY_PORT[1] ? { span: ANY_PORT, sure: false } : { span: [first, last], sure: true };
}

/** What a filter lets through of what comes from `source`, in the order of its rules. */
export function openingsOf(filter: Filter, source: Addresses): readonly Opening[] {
  const start = boxOf(source.family, { from: source.range });
  const met = filter.rules.flatMap((rule) => {
    const box = meet(rule.box, start);
    return box === undefined ? [] : [{ ...rule, box }];
  });
  const opening = (set: Packets, property: string, ground: Ground): Opening => ({
    packets: set,
    by: filter.acl,
    property,
    ground: ground === "unresolved" ? ground : filter.ground,
  });
  // The usual list only accepts: then no rule takes anything away from a later one.
  if (filter.fallback === "drop" && met.every((rule) => rule.accepts)) {
    return met.map((rule) => opening(packets([rule.box]), rule.property, rule.ground));
  }
  const found: Opening[] = [];
  let rest = packets([start]);
  for (const rule of met) {
    const own = packets([rule.box]);
    if (rule.accepts) {
      const passed: Packets = {
        boxes: rest.boxes.flatMap((box) => meet(box, rule.box) ?? []),
        exact: rest.exact,
      };
      if (!isEmpty(passed)) found.push(opening(passed, rule.property, rule.ground));
      if (rule.ground === "unresolved") continue;
    }
    rest = subtract(rest, own);
    if (isEmpty(rest)) break;
  }
  if (filter.fallback === "accept" && !isEmpty(rest)) found.push(opening(rest, "defaultPolicy", filter.ground));
  return found;
}
