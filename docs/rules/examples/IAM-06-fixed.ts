import * as scaleway from "@pulumiverse/scaleway";

const bucket = new scaleway.object.Bucket("results", { name: "example-results", region: "fr-par" });
new scaleway.object.BucketAcl("results", { region: "fr-par", bucket: bucket.name, acl: "private" });
