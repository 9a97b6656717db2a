import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "registry" };
new scaleway.object.Bucket(
  "cohort",
  { name: "example-cohort", region: "fr-par", forceDestroy: false, tags },
  { protect: true },
);
