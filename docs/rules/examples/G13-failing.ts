import * as scaleway from "@pulumiverse/scaleway";

const tags = (tier: string) => ["data-class=health-pseudo", `tier=${tier}`, "env=prod", "owner=registry"];
const vpc = new scaleway.network.Vpc("main", { region: "fr-par", tags: tags("admin") });
for (const [tier, subnet] of [
  ["data", "10.0.0.0/24"],
  ["compute", "10.0.1.0/24"],
] as const) {
  new scaleway.network.PrivateNetwork(tier, {
    region: "fr-par",
    vpcId: vpc.id,
    ipv4Subnet: { subnet },
    tags: tags(tier),
  });
}
// Without a filter a VPC routes between all its networks.
