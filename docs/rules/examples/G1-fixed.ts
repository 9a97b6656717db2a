import * as scaleway from "@pulumiverse/scaleway";

const place = { region: "fr-par" };
const zone = "fr-par-1";
const tags = (tier: string) => ["data-class=health-pseudo", `tier=${tier}`, "env=prod", "owner=registry"];
const vpc = new scaleway.network.Vpc("main", { ...place, tags: tags("admin") });
new scaleway.network.PrivateNetwork("data", {
  ...place,
  vpcId: vpc.id,
  ipv4Subnet: { subnet: "10.0.0.0/24" },
  tags: tags("data"),
});
const edge = new scaleway.network.PrivateNetwork("edge", {
  ...place,
  vpcId: vpc.id,
  ipv4Subnet: { subnet: "10.0.1.0/24" },
  tags: tags("dmz"),
});
for (const isIpv6 of [false, true]) {
  new scaleway.network.Acl(`drop-${isIpv6}`, { ...place, vpcId: vpc.id, isIpv6, defaultPolicy: "drop" });
}
const gateway = new scaleway.network.PublicGateway("nat", { zone, type: "VPC-GW-S", tags: tags("dmz") });
new scaleway.network.GatewayNetwork("edge", {
  zone,
  gatewayId: gateway.id,
  privateNetworkId: edge.id,
  ipamConfigs: [{ pushDefaultRoute: true }],
});
// It stands at the edge alone.
new scaleway.instance.Server("relay", {
  zone,
  type: "POP2-2C-8G",
  privateNetworks: [{ pnId: edge.id }],
  tags: tags("dmz"),
});
