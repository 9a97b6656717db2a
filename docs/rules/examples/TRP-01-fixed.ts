import * as scaleway from "@pulumiverse/scaleway";

new scaleway.object.Bucket("reference", { name: "reference", region: "fr-par" });
