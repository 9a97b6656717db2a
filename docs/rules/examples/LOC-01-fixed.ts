import * as scaleway from "@pulumiverse/scaleway";

new scaleway.object.Bucket("cohort", { region: "fr-par" });
