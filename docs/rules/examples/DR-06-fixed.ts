import * as scaleway from "@pulumiverse/scaleway";

new scaleway.network.Vpc("environment", { region: "fr-par" });
