import type { Cidr } from "../kernel/cidr.ts";
import { crossesRegions, EPHEMERAL_PORTS, type Flow } from "../stacks/flows.ts";
import type { Tier } from "../stacks/vocabulary.ts";
import type { AclRuleSpec } from "./model/network.ts";

/** The ranges that a flow's ends stand for. */
export type RangeOf = (region: string, tier: Tier, family: 4 | 6) => Cidr;

/**
 * ACL rules of one region and family: for each flow that begins or ends there, one rule for the way out and one for the
 * answers, since Scaleway's ACLs are stateless. Answers come from the service's ports to the clients' ephemeral ones.
 * Between regions only IPv4 is carried (the tunnel's routes are IPv4), so IPv6 gets no rule for such a flow.
 *
 * Law (tested against a packet walk): a packet passes if and only if it belongs to a declared flow or answers one.
 */
export function aclRules(
  region: string,
  family: 4 | 6,
  flows: readonly Flow[],
  rangeOf: RangeOf,
): readonly AclRuleSpec[] {
  return flows
    .filter((flow) => flow.from.region === region || flow.to.region === region)
    .filter((flow) => family === 4 || !crossesRegions(flow))
    .flatMap((flow) => {
      const source = rangeOf(flow.from.region, flow.from.tier, family).text;
      const destination = rangeOf(flow.to.region, flow.to.tier, family).text;
      const { protocol, ports } = flow;
      return [
        {
          action: "accept",
          protocol,
          source,
          sourcePorts: EPHEMERAL_PORTS,
          destination,
          destinationPorts: ports,
          description: flow.name,
        },
        {
          action: "accept",
          protocol,
          source: destination,
          sourcePorts: ports,
          destination: source,
          destinationPorts: EPHEMERAL_PORTS,
          description: `${flow.name} answers`,
        },
      ];
    });
}
