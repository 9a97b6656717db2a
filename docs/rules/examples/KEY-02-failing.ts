import * as scaleway from "@pulumiverse/scaleway";

// A key at the provider alone: whoever runs Key Manager can open the data.
new scaleway.object.Bucket("cohort", {
  name: "example-cohort",
  region: "fr-par",
  tags: { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "registry" },
});
