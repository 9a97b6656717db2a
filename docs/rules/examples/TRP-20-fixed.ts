import * as scaleway from "@pulumiverse/scaleway";

const network = new scaleway.network.PrivateNetwork("nodes", { region: "fr-par" });
const gateway = new scaleway.network.PublicGateway("nat", { zone: "fr-par-1", type: "VPC-GW-S" });
new scaleway.network.GatewayNetwork("nodes", {
  zone: "fr-par-1",
  gatewayId: gateway.id,
  privateNetworkId: network.id,
  ipamConfigs: [{ pushDefaultRoute: true }],
});
