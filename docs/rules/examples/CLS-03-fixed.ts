import * as scaleway from "@pulumiverse/scaleway";

const vault = new scaleway.account.Project("vault");
const research = new scaleway.account.Project("research");
const tags = { tier: "data", env: "prod", owner: "registry" };
new scaleway.object.Bucket("correspondence", {
  region: "fr-par",
  projectId: vault.id,
  tags: { ...tags, "data-class": "health-raw" },
});
new scaleway.object.Bucket("cohort", {
  region: "fr-par",
  projectId: research.id,
  tags: { ...tags, "data-class": "health-pseudo" },
});
