import * as scaleway from "@pulumiverse/scaleway";

// Every call, keys and payloads included, would pass through this host.
const provider = new scaleway.Provider("paris", { region: "fr-par", apiUrl: "https://api.proxy.example" });
new scaleway.object.Bucket("cohort", { region: "fr-par" }, { provider });
