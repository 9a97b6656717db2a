import * as scaleway from "@pulumiverse/scaleway";

new scaleway.object.Bucket("results", { region: "fr-par", acl: "private" });
