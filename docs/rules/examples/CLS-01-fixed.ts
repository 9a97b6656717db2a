import * as scaleway from "@pulumiverse/scaleway";

new scaleway.object.Bucket("results", {
  region: "fr-par",
  tags: { "data-class": "technical", tier: "compute", env: "prod", owner: "platform-team" },
});
