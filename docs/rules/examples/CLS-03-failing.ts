import * as scaleway from "@pulumiverse/scaleway";

const shared = new scaleway.account.Project("shared");
const tags = { tier: "data", env: "prod", owner: "registry" };
const common = { region: "fr-par", projectId: shared.id };
// Whoever reads one of them in this project reads the other.
new scaleway.object.Bucket("correspondence", { ...common, tags: { ...tags, "data-class": "health-raw" } });
new scaleway.object.Bucket("cohort", { ...common, tags: { ...tags, "data-class": "health-pseudo" } });
