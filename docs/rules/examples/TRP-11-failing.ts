import * as scaleway from "@pulumiverse/scaleway";

// In the project's default VPC, with everything else that nobody placed.
new scaleway.network.PrivateNetwork("data", { region: "fr-par" });
