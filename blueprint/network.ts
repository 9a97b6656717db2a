import type { RegionFact } from "../stacks/catalogue.ts";
import { linkedRegions } from "../stacks/flows.ts";
import { TIERS, type Tier } from "../stacks/vocabulary.ts";
import { aclRules } from "./acl.ts";
import { FIXED_HOST, hostAddress } from "./address-plan.ts";
import type { PlanContext } from "./context.ts";
import type { AddressSpec, NetworkSpec } from "./model/network.ts";
import { keyOf } from "./naming.ts";

export const networkKey = (region: string, tier: Tier): string => keyOf("network", region, tier);
export const addressKey = (region: string, of: string): string => keyOf("network", region, "address", of);

/** A region's VPC: one private network a tier, two ACLs that drop by default, and the addresses booked ahead. */
export function planNetwork(context: PlanContext, region: RegionFact): NetworkSpec {
  const { name } = region;
  const ranges = context.addresses.region(name);
  return {
    region: name,
    project: "network",
    vpc: context.planned(keyOf("network", name, "vpc"), { tier: "admin" }),
    privateNetworks: TIERS.map((tier) => ({
      ...context.planned(networkKey(name, tier), { tier, dataClass: networkClass(context, tier) }),
      tier,
      ipv4: ranges.networks[tier].ipv4.text,
      ipv6: ranges.networks[tier].ipv6.text,
    })),
    acls: ([4, 6] as const).map((family) => ({
      key: keyOf("network", name, `acl-v${family}`),
      family,
      rules: aclRules(name, family, context.flows, (where, tier, version) => {
        const network = context.addresses.region(where).networks[tier];
        return version === 4 ? network.ipv4 : network.ipv6;
      }),
    })),
    addresses: plannedAddresses(context, name),
  };
}

/** Networks carry the class of what passes through them. */
const networkClass = (context: PlanContext, tier: Tier) =>
  tier === "compute" || tier === "data" || tier === "export" || tier === "backup" ? context.computeClass : "technical";

function plannedAddresses(context: PlanContext, region: string): readonly AddressSpec[] {
  const networks = context.addresses.region(region).networks;
  const book = (of: string, tier: Tier, index: number): AddressSpec => ({
    ...context.planned(addressKey(region, of), { tier }),
    privateNetwork: networkKey(region, tier),
    address: hostAddress(networks[tier].ipv4, index),
  });
  return [
    book("admin-host", "admin", FIXED_HOST.adminHost),
    // The private load balancer of the egress proxy takes it (platform layer).
    book("egress-proxy", "compute", FIXED_HOST.egressProxy),
    ...(linkedRegions(context.flows).includes(region) ? [book("router", "dmz", FIXED_HOST.router)] : []),
  ];
}
