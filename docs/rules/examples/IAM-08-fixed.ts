import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=technical", "tier=admin", "env=prod", "owner=platform"];
const admin = new scaleway.network.PrivateNetwork("admin", { region: "fr-par", tags });
const bastion = new scaleway.network.PublicGateway("bastion", {
  zone: "fr-par-1",
  type: "VPC-GW-S",
  bastionEnabled: true,
  allowedIpRanges: ["192.0.2.0/27"],
});
new scaleway.network.GatewayNetwork("bastion-admin", {
  zone: "fr-par-1",
  gatewayId: bastion.id,
  privateNetworkId: admin.id,
});
