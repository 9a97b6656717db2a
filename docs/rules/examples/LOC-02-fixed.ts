import * as scaleway from "@pulumiverse/scaleway";

new scaleway.object.Bucket("records", { name: "records", region: "fr-par" });
