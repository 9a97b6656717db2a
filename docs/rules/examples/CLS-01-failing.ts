import * as scaleway from "@pulumiverse/scaleway";

// Nobody said what is in it, so it is judged as health data.
new scaleway.object.Bucket("results", { region: "fr-par" });
