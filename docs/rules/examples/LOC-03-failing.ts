import * as scaleway from "@pulumiverse/scaleway";

new scaleway.object.Bucket("cohort", {
  region: "fr-par",
  tags: { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "registry" },
  // The archive class leaves the perimeter of the health contract.
  lifecycleRules: [{ enabled: true, transitions: [{ days: 30, storageClass: "GLACIER" }] }],
});
