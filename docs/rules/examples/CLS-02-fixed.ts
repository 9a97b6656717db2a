import * as scaleway from "@pulumiverse/scaleway";

const production = new scaleway.account.Project("production");
const trial = new scaleway.account.Project("trial");
new scaleway.object.Bucket("records", {
  region: "fr-par",
  projectId: production.id,
  tags: { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "registry" },
});
// Tests have their own project, and data of nobody.
new scaleway.object.Bucket("synthetic", {
  region: "fr-par",
  projectId: trial.id,
  tags: { "data-class": "technical", tier: "data", env: "test", owner: "registry" },
});
