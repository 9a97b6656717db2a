import * as scaleway from "@pulumiverse/scaleway";

const gateway = new scaleway.network.PublicGateway("edge", {
  zone: "fr-par-1",
  type: "VPC-GW-S",
  tags: ["data-class=technical", "tier=dmz", "env=prod", "owner=platform"],
});
new scaleway.network.PublicGatewayPatRule("portal", {
  zone: "fr-par-1",
  gatewayId: gateway.id,
  privateIp: "10.16.0.10",
  privatePort: 8443,
  publicPort: 443,
  protocol: "tcp",
});
