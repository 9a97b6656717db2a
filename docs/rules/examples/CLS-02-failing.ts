import * as scaleway from "@pulumiverse/scaleway";

new scaleway.object.Bucket("records", {
  region: "fr-par",
  tags: { "data-class": "health-pseudo", tier: "data", env: "test", owner: "registry" },
});
