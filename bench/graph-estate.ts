import { type RawObject, type RawResource, UNKNOWN } from "../judge/facts/raw.ts";

/**
 * A synthetic estate for the proof: VPCs of fifty networks behind filters of both families, each network with an accepted flow to the next,
 * gateways at the edges, and machines spread over the networks. One VPC in twenty has a hole of two hops.
 */
const NETS_A_VPC = 50;
const HOLE_EVERY = 20;
const STACK = "urn:pulumi:bench::proof";

const made = (type: string, name: string, inputs: RawObject): RawResource => ({
  urn: `${STACK}::${type}::${name}`,
  type,
  name,
  custom: true,
  parent: undefined,
  provider: undefined,
  id: `${"zone" in inputs ? "fr-par-1" : "fr-par"}/${name}`,
  inputs,
  outputs: {},
  propertyDependencies: {},
  dependencies: [],
  options: { protect: { visible: false }, retainOnDelete: { visible: false }, replaceOnChanges: { visible: false } },
});

const tags = (tier: string): readonly string[] => [
  `tier=${tier}`,
  "data-class=health-pseudo",
  "env=prod",
  "owner=bench",
];
const subnet = (index: number): string => `10.${index >> 8}.${index & 255}.0/24`;
const region = { region: "fr-par" } as const;
const zone = { zone: "fr-par-1" } as const;

export interface ProofSize {
  readonly networks: number;
  readonly workloads: number;
}

export function proofEstate({ networks, workloads }: ProofSize): readonly RawResource[] {
  const all: RawResource[] = [];
  for (let index = 0; index < networks; index += 1) {
    const vpc = Math.floor(index / NETS_A_VPC);
    if (index % NETS_A_VPC === 0) all.push(...vpcOf(vpc, Math.min(NETS_A_VPC, networks - index)));
    all.push(
      made("scaleway:network/privateNetwork:PrivateNetwork", `net-${index}`, {
        ...region,
        vpcId: `fr-par/vpc-${vpc}`,
        ipv4Subnet: { subnet: subnet(index) },
        ipv6Subnets: [{ subnet: `fd00:${index.toString(16)}::/64` }],
        enableDefaultRoutePropagation: false,
        tags: tags(index % NETS_A_VPC === 0 ? "dmz" : "data"),
      }),
    );
  }
  for (let index = 0; index < workloads; index += 1) {
    const own = index % networks;
    const twoHomed = index < networks && own % (NETS_A_VPC * HOLE_EVERY) === 1;
    all.push(
      made("scaleway:instance/server:Server", `host-${index}`, {
        ...zone,
        type: "POP2-2C-8G",
        enableDynamicIp: false,
        privateNetworks: [{ pnId: `fr-par/net-${own}` }, ...(twoHomed ? [{ pnId: `fr-par/net-${own - 1}` }] : [])],
        tags: tags("data"),
      }),
    );
  }
  return all;
}

function vpcOf(vpc: number, size: number): readonly RawResource[] {
  const first = vpc * NETS_A_VPC;
  const rules = Array.from({ length: size - 1 }, (_, i) => ({
    action: "accept",
    protocol: "TCP",
    source: subnet(first + i),
    destination: subnet(first + i + 1),
    dstPortLow: 443,
    dstPortHigh: 443,
  }));
  const acl = (isIpv6: boolean): RawResource =>
    made("scaleway:network/acl:Acl", `acl-${vpc}-${isIpv6 ? 6 : 4}`, {
      ...region,
      vpcId: `fr-par/vpc-${vpc}`,
      isIpv6,
      defaultPolicy: "drop",
      rules: isIpv6 ? [] : rules,
    });
  return [
    made("scaleway:network/vpc:Vpc", `vpc-${vpc}`, { ...region, tags: tags("admin") }),
    acl(false),
    acl(true),
    made("scaleway:network/publicGateway:PublicGateway", `gate-${vpc}`, {
      ...zone,
      type: "VPC-GW-S",
      bastionEnabled: false,
      tags: tags("dmz"),
    }),
    made("scaleway:network/gatewayNetwork:GatewayNetwork", `gate-${vpc}-net`, {
      ...zone,
      gatewayId: `fr-par-1/gate-${vpc}`,
      privateNetworkId: `fr-par/net-${first}`,
      ipamConfigs: [{ pushDefaultRoute: true }],
    }),
  ];
}

/** The same with one filter for all, of very many rules: what Scaleway's 255 do not allow, and a file may hold. */
export function manyRules(rules: number): readonly RawResource[] {
  const list = Array.from(
    { length: rules },
    (_, i): RawObject => ({
      action: i % 2 === 0 ? "drop" : "accept",
      protocol: "ANY",
      source: `10.0.${i & 255}.0/${20 + (i % 5)}`,
      destination: i % 3 === 0 ? "0.0.0.0/0" : subnet((i * 7) & 1023),
      dstPortLow: i & 1023,
      dstPortHigh: 65_535 - (i & 1023),
      ...(i % 97 === 0 ? { srcPortLow: UNKNOWN } : {}),
    }),
  );
  return [
    made("scaleway:network/vpc:Vpc", "vpc", { ...region, tags: tags("admin") }),
    made("scaleway:network/acl:Acl", "acl", { ...region, vpcId: "fr-par/vpc", defaultPolicy: "accept", rules: list }),
    ...[0, 1, 2, 3].map((i) =>
      made("scaleway:network/privateNetwork:PrivateNetwork", `net-${i}`, {
        ...region,
        vpcId: "fr-par/vpc",
        ipv4Subnet: { subnet: subnet(i) },
        tags: tags(i === 0 ? "dmz" : "data"),
      }),
    ),
  ];
}
