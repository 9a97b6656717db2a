import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aclRules } from "../../blueprint/acl.ts";
import { planAddresses } from "../../blueprint/address-plan.ts";
import type { AclRuleSpec } from "../../blueprint/model/network.ts";
import { contains, parseCidr } from "../../kernel/cidr.ts";
import { EPHEMERAL_PORTS, type Flow, flowsInForce } from "../../stacks/flows.ts";
import { environmentNames } from "../../stacks/load.ts";
import { PHASES, TIERS, type Tier } from "../../stacks/vocabulary.ts";
import { planOf } from "../harness/plans.ts";

const REGIONS = ["fr-par", "fr-second"];
const plan = planAddresses(
  { ipv4: "10.16.0.0/14", pods: "100.64.0.0/13", services: "10.96.0.0/16", ipv6: "fd5b:1e0c:7a00::/48" },
  REGIONS,
);
const rangeOf = (region: string, tier: Tier, family: 4 | 6) => {
  const network = plan.region(region).networks[tier];
  return family === 4 ? network.ipv4 : network.ipv6;
};

/** A packet between two hosts that are known by where they stand, not by address. */
interface Packet {
  readonly from: { readonly region: string; readonly tier: Tier };
  readonly to: { readonly region: string; readonly tier: Tier };
  readonly protocol: "TCP" | "UDP";
  readonly fromPort: number;
  readonly toPort: number;
}

const end = fc.record({ region: fc.constantFrom(...REGIONS), tier: fc.constantFrom(...TIERS) });
const port = fc.constantFrom(22, 443, 1023, 1024, 3128, 5432, 5433, 40_000, 65_535);
const packets: fc.Arbitrary<Packet> = fc.record({
  from: end,
  to: end,
  protocol: fc.constantFrom("TCP", "UDP"),
  fromPort: port,
  toPort: port,
});
const flows: fc.Arbitrary<Flow> = fc
  .record({
    from: end,
    to: end,
    protocol: fc.constantFrom("TCP" as const, "UDP" as const),
    low: port,
    width: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ from, to, protocol, low, width }) => ({
    name: "f",
    from,
    to,
    protocol,
    ports: [low, Math.min(65_535, low + width)],
    reason: "made up",
    owner: "nobody",
    phases: PHASES,
  }));

/** Flows and a packet: any packet, or one that a flow wants, its answer, or one that misses it by a little. */
const scenes = fc.array(flows, { minLength: 1, maxLength: 4 }).chain((declared) =>
  fc.record({
    declared: fc.constant(declared),
    packet: fc.oneof(
      packets,
      fc
        .record({
          flow: fc.constantFrom(...declared),
          fromPort: port,
          off: fc.constantFrom(0, 0, 0, 1, 3),
          answers: fc.boolean(),
        })
        .map(({ flow, fromPort, off, answers }): Packet => {
          const toPort = Math.min(65_535, flow.ports[0] + off);
          const asked = { from: flow.from, to: flow.to, protocol: flow.protocol, fromPort, toPort };
          return answers ? { ...asked, from: flow.to, to: flow.from, fromPort: toPort, toPort: fromPort } : asked;
        }),
    ),
  }),
);

const sameEnd = (a: Packet["from"], b: Packet["from"]): boolean => a.region === b.region && a.tier === b.tier;
const within = (n: number, [low, high]: readonly [number, number]): boolean => low <= n && n <= high;

/** The oracle reads the flows alone: a packet is wanted if it begins one or answers one. */
const wanted = (packet: Packet, declared: readonly Flow[]): boolean =>
  declared.some(
    (flow) =>
      flow.protocol === packet.protocol &&
      ((sameEnd(flow.from, packet.from) &&
        sameEnd(flow.to, packet.to) &&
        within(packet.toPort, flow.ports) &&
        within(packet.fromPort, EPHEMERAL_PORTS)) ||
        (sameEnd(flow.to, packet.from) &&
          sameEnd(flow.from, packet.to) &&
          within(packet.fromPort, flow.ports) &&
          within(packet.toPort, EPHEMERAL_PORTS))),
  );

/** The walk reads the rules alone, as Scaleway does: first match accepts, else the packet is dropped. */
function walks(packet: Packet, family: 4 | 6, rules: readonly AclRuleSpec[]): boolean {
  const inside = (text: string, where: Packet["from"]): boolean => {
    const range = parseCidr(text);
    return range !== undefined && contains(range, rangeOf(where.region, where.tier, family));
  };
  return rules.some(
    (rule) =>
      rule.protocol === packet.protocol &&
      inside(rule.source, packet.from) &&
      inside(rule.destination, packet.to) &&
      within(packet.fromPort, rule.sourcePorts) &&
      within(packet.toPort, rule.destinationPorts),
  );
}

describe("ACL rules", () => {
  it("let through exactly the declared flows and their answers (IPv4)", () =>
    fc.assert(
      fc.property(scenes, ({ declared, packet }) => {
        for (const region of new Set([packet.from.region, packet.to.region])) {
          expect(walks(packet, 4, aclRules(region, 4, declared, rangeOf))).toBe(wanted(packet, declared));
        }
      }),
      { numRuns: 1000 },
    ));

  it("carry no flow between regions over IPv6", () =>
    fc.assert(
      fc.property(scenes, ({ declared, packet }) => {
        const here = aclRules(packet.from.region, 6, declared, rangeOf);
        const local = packet.from.region === packet.to.region;
        expect(walks(packet, 6, here)).toBe(local && wanted(packet, declared));
      }),
      { numRuns: 500 },
    ));

  it("meet both outcomes on the shipped flows", () => {
    const declared = flowsInForce(REGIONS, [], "landing");
    const rules = aclRules("fr-par", 4, declared, rangeOf);
    const packet = (from: Tier, to: Tier, toPort: number): Packet => ({
      from: { region: "fr-par", tier: from },
      to: { region: "fr-par", tier: to },
      protocol: "TCP",
      fromPort: 40_000,
      toPort,
    });
    expect(walks(packet("compute", "data", 5432), 4, rules)).toBe(true);
    expect(walks(packet("compute", "data", 5433), 4, rules)).toBe(false);
    expect(walks(packet("data", "compute", 5432), 4, rules)).toBe(false);
    expect(walks(packet("dmz", "data", 5432), 4, rules)).toBe(false);
    expect(walks(packet("compute", "admin", 22), 4, rules)).toBe(false);
  });

  it.each(environmentNames)(
    "of %s: two families a VPC, no any-to-any, and no rule opens data, log or backup to dmz",
    (name) => {
      for (const { network } of planOf(name).foundation.regions) {
        expect(network.acls.map((acl) => acl.family)).toEqual([4, 6]);
        const dmz = network.privateNetworks.filter((it) => it.tier === "dmz").flatMap((it) => [it.ipv4, it.ipv6]);
        for (const rule of network.acls.flatMap((acl) => acl.rules)) {
          expect(rule.source).not.toMatch(/\/0$/);
          expect(rule.destination).not.toMatch(/\/0$/);
          if (dmz.includes(rule.source)) expect(rule.description).toMatch(/ answers$/);
        }
      }
    },
  );
});
