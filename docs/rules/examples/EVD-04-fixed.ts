import * as scaleway from "@pulumiverse/scaleway";

new scaleway.object.Bucket("cohort", {
  region: "fr-par",
  tags: { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "data-office" },
});
