import * as scaleway from "@pulumiverse/scaleway";

// Zonal resources of this provider go to fr-par-1.
new scaleway.Provider("ams", { region: "nl-ams" });
