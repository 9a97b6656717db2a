import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=technical", "tier=log", "env=prod", "owner=platform"];
const network = new scaleway.network.PrivateNetwork("log", { region: "fr-par", tags });
const gateway = new scaleway.network.PublicGateway("nat", { zone: "fr-par-1", type: "VPC-GW-S" });
// Masquerading is on unless told otherwise: the log tier can call anybody.
new scaleway.network.GatewayNetwork("log", {
  zone: "fr-par-1",
  gatewayId: gateway.id,
  privateNetworkId: network.id,
  ipamConfigs: [{ pushDefaultRoute: true }],
});
