import * as scaleway from "@pulumiverse/scaleway";

// Without ranges the bastion listens to the whole internet.
new scaleway.network.PublicGateway("bastion", { zone: "fr-par-1", type: "VPC-GW-S", bastionEnabled: true });
