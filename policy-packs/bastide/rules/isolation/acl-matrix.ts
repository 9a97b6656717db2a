import type { Estate } from "../../../../judge/facts/estate.ts";
import type { AclRule } from "../../../../judge/facts/fact-topology.ts";
import { rangesOf } from "../../../../judge/facts/networks.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { isWithin } from "../../../../judge/kit/ranges.ts";
import { allKnown, type Known, known } from "../../../../kernel/known.ts";

/** A rule of an ACL with everything known. */
export interface PlainAclRule {
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  readonly sourcePorts: Ports;
  readonly destinationPorts: Ports;
}
type Ports = readonly [low: number, high: number];

const EVERY_PORT: Ports = [0, 65535];

/** Both ends absent or zero is every port; only one is a range of one. */
function portsOf(low: number | undefined, high: number | undefined): Ports {
  if (!low && !high) return EVERY_PORT;
  return [low ?? high ?? 0, high ?? low ?? 0];
}

export function plain(rule: AclRule): Known<PlainAclRule> {
  const texts = allKnown([rule.protocol, rule.source, rule.destination]);
  if (!texts.known) return texts;
  const numbers = allKnown([
    rule.sourcePorts.low,
    rule.sourcePorts.high,
    rule.destinationPorts.low,
    rule.destinationPorts.high,
  ]);
  if (!numbers.known) return numbers;
  const [protocol, source, destination] = texts.value;
  const [a, b, c, d] = numbers.value;
  return known({
    protocol: protocol ?? "ANY",
    source: source ?? "",
    destination: destination ?? "",
    sourcePorts: portsOf(a, b),
    destinationPorts: portsOf(c, d),
  });
}

const within = (inner: Ports, outer: Ports): boolean => outer[0] <= inner[0] && inner[1] <= outer[1];

/**
 * Whether a rule lets through no more than one declared flow, or its answers: ACLs are stateless, so a flow needs both. A flow's
 * ends are the ranges of the networks of that tier and region, which are read from the networks themselves.
 */
export function fitsMatrix(rule: PlainAclRule, law: Law, estate: Estate): Known<boolean> {
  for (const flow of law.flows) {
    if (flow.protocol !== rule.protocol) continue;
    const from = rangesOf(flow.from.region, flow.from.tier, estate);
    const to = rangesOf(flow.to.region, flow.to.tier, estate);
    if (!from.known) return from;
    if (!to.known) return to;
    const ports: Ports = [flow.ports[0], flow.ports[1]];
    const there = isWithin(rule.source, from.value) && isWithin(rule.destination, to.value);
    const back = isWithin(rule.source, to.value) && isWithin(rule.destination, from.value);
    if (there && within(rule.destinationPorts, ports)) return known(true);
    if (back && within(rule.sourcePorts, ports)) return known(true);
  }
  return known(false);
}
