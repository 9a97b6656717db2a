import * as scaleway from "@pulumiverse/scaleway";

// Health data would rest under another country's law.
new scaleway.object.Bucket("cohort", { region: "nl-ams" });
