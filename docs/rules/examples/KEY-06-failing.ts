import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "registry" };
// Deleting the bucket deletes every object in it, locked ones too.
new scaleway.object.Bucket("cohort", { name: "example-cohort", region: "fr-par", forceDestroy: true, tags });
