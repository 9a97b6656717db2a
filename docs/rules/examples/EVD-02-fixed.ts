import * as scaleway from "@pulumiverse/scaleway";

const region = "fr-par";
new scaleway.registry.Namespace("images", { region });
new scaleway.object.Bucket("cohort", { region });
