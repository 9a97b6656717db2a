import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=health-pseudo", "tier=data", "env=prod", "owner=registry"];
new scaleway.network.PrivateNetwork("data", { region: "fr-par", enableDefaultRoutePropagation: false, tags });
