import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=health-pseudo", "tier=data", "env=prod", "owner=registry"];
const vpc = new scaleway.network.Vpc("research", { region: "fr-par", tags });
new scaleway.network.PrivateNetwork("data", { region: "fr-par", vpcId: vpc.id, tags });
// IPv6 has a list of its own, and it accepts.
new scaleway.network.Acl("v4", { region: "fr-par", vpcId: vpc.id, defaultPolicy: "drop", rules: [] });
