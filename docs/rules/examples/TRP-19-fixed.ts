import * as scaleway from "@pulumiverse/scaleway";

new scaleway.network.Vpc("research", { region: "fr-par" });
