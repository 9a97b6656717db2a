import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=health-pseudo", "tier=data", "env=prod", "owner=registry"];
const network = new scaleway.network.PrivateNetwork("data", { region: "fr-par", tags });
const gateway = new scaleway.network.PublicGateway("nat", { zone: "fr-par-1", type: "VPC-GW-S" });
// A way out for data.
new scaleway.network.GatewayNetwork("data", {
  zone: "fr-par-1",
  gatewayId: gateway.id,
  privateNetworkId: network.id,
  ipamConfigs: [{ pushDefaultRoute: true }],
});
