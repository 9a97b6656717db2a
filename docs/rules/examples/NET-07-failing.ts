import * as scaleway from "@pulumiverse/scaleway";

const gateway = new scaleway.network.PublicGateway("edge", {
  zone: "fr-par-1",
  type: "VPC-GW-S",
  tags: ["data-class=technical", "tier=dmz", "env=prod", "owner=platform"],
});
// The internet at a database's door.
new scaleway.network.PublicGatewayPatRule("database", {
  zone: "fr-par-1",
  gatewayId: gateway.id,
  privateIp: "10.16.48.10",
  privatePort: 5432,
  publicPort: 5432,
  protocol: "tcp",
});
