import { addressAt, type Cidr, parseCidr, subrange } from "../kernel/cidr.ts";
import { toolError } from "../kernel/errors.ts";
import { TIERS, type Tier } from "../stacks/vocabulary.ts";

/**
 * Who gets which range. Ranges can never change once networks exist, so the layout is positional and leaves room:
 *
 * - the n-th region takes the n-th /16 of the private space, the n-th /16 of the pods', /20 of the services', /56 of IPv6;
 * - in a region's /16 the n-th tier owns the n-th /20 (nine of sixteen stay free for tiers to come);
 * - a tier's network is the first /22 of its /20 (the rest is growth), except `compute`, which takes it whole: every node
 *   and every private load balancer has its address there.
 *
 * Laws (tested): networks lie inside their region's range, regions inside the environment's, nothing overlaps.
 */
export interface AddressPlan {
  readonly region: (name: string) => RegionAddresses;
  readonly regions: readonly RegionAddresses[];
}

export interface RegionAddresses {
  readonly region: string;
  readonly ipv4: Cidr;
  readonly ipv6: Cidr;
  readonly pods: Cidr;
  readonly services: Cidr;
  readonly networks: Readonly<Record<Tier, { readonly ipv4: Cidr; readonly ipv6: Cidr }>>;
}

export interface AddressSpace {
  readonly ipv4: string;
  readonly pods: string;
  readonly services: string;
  readonly ipv6: string;
}

const REGION = { ipv4: 16, pods: 16, services: 20, ipv6: 56 } as const;
const TIER_SLOT = 20;
const TIER_NETWORK: Readonly<Partial<Record<Tier, number>>> = { compute: 20 };
const DEFAULT_NETWORK = 22;
const TIER_IPV6 = 64;

/** Position of booked addresses in their network: the first ten are left to Scaleway's own gateways and DHCP. */
export const FIXED_HOST = { adminHost: 10, egressProxy: 10, router: 10 } as const;

/** Ranges of every region, in the order of the settings. Space that is too small is caught by the settings' checks before. */
export function planAddresses(space: AddressSpace, regions: readonly string[]): AddressPlan {
  const plans = regions.map((region, index) => planRegion(space, region, index));
  return {
    regions: plans,
    region: (name) => {
      const plan = plans.find((candidate) => candidate.region === name);
      if (plan === undefined) throw toolError(`the address plan has no region ${name}`);
      return plan;
    },
  };
}

function planRegion(space: AddressSpace, region: string, index: number): RegionAddresses {
  const of = (part: keyof AddressSpace): Cidr => slice(parsed(space[part]), REGION[part], index);
  const [ipv4, ipv6] = [of("ipv4"), of("ipv6")];
  const network = (tier: Tier, slot: number) => ({
    ipv4: slice(slice(ipv4, TIER_SLOT, slot), TIER_NETWORK[tier] ?? DEFAULT_NETWORK, 0),
    ipv6: slice(ipv6, TIER_IPV6, slot),
  });
  return {
    region,
    ipv4,
    ipv6,
    pods: of("pods"),
    services: of("services"),
    networks: {
      dmz: network("dmz", TIERS.indexOf("dmz")),
      admin: network("admin", TIERS.indexOf("admin")),
      compute: network("compute", TIERS.indexOf("compute")),
      data: network("data", TIERS.indexOf("data")),
      export: network("export", TIERS.indexOf("export")),
      log: network("log", TIERS.indexOf("log")),
      backup: network("backup", TIERS.indexOf("backup")),
    },
  };
}

/** The n-th address of a network, as text. */
export function hostAddress(network: Cidr, index: number): string {
  const address = addressAt(network, index);
  if (address === undefined) throw toolError(`the network ${network.text} has no ${index}-th address`);
  return address;
}

function slice(range: Cidr, prefix: number, index: number): Cidr {
  const part = subrange(range, prefix, index);
  if (part === undefined) throw toolError(`the range ${range.text} has no ${index}-th /${prefix}`);
  return part;
}

function parsed(text: string): Cidr {
  const range = parseCidr(text);
  if (range === undefined) throw toolError(`the address plan was given ${text}, which is no range`);
  return range;
}
