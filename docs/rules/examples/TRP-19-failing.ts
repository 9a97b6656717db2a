import * as scaleway from "@pulumiverse/scaleway";

// The answer says that routing is on.
new scaleway.network.Vpc("apart", { region: "fr-par", enableRouting: false });
