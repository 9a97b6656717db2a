import * as scaleway from "@pulumiverse/scaleway";

new scaleway.network.PublicGateway("bastion", {
  zone: "fr-par-1",
  type: "VPC-GW-S",
  bastionEnabled: true,
  allowedIpRanges: ["192.0.2.0/28"],
});
