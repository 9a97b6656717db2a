import * as scaleway from "@pulumiverse/scaleway";

const vpc = new scaleway.network.Vpc("research", { region: "fr-par" });
// Renamed or removed, it leaves a VPC in which everything passes.
new scaleway.network.Acl("v4", { region: "fr-par", vpcId: vpc.id, defaultPolicy: "drop", rules: [] });
