import * as scaleway from "@pulumiverse/scaleway";

new scaleway.Provider("ams", { region: "nl-ams", zone: "nl-ams-1" });
