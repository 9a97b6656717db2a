import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=technical", "tier=dmz", "env=prod", "owner=platform"];
const network = new scaleway.network.PrivateNetwork("dmz", { region: "fr-par", tags });
const gateway = new scaleway.network.PublicGateway("nat", { zone: "fr-par-1", type: "VPC-GW-S" });
// Only the proxy's tier leaves; the others reach the proxy.
new scaleway.network.GatewayNetwork("dmz", {
  zone: "fr-par-1",
  gatewayId: gateway.id,
  privateNetworkId: network.id,
  enableMasquerade: true,
  ipamConfigs: [{ pushDefaultRoute: true }],
});
