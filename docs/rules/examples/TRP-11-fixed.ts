import * as scaleway from "@pulumiverse/scaleway";

const vpc = new scaleway.network.Vpc("research", { region: "fr-par" });
new scaleway.network.PrivateNetwork("data", { region: "fr-par", vpcId: vpc.id });
