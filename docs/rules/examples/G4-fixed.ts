import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "registry" };
const data = new scaleway.account.Project("data");
const scratch = new scaleway.account.Project("scratch");
new scaleway.object.Bucket("registry", { region: "fr-par", projectId: data.id, tags });
new scaleway.object.Bucket("scratch", {
  region: "fr-par",
  projectId: scratch.id,
  tags: { ...tags, "data-class": "technical" },
});
// It reads the one and writes to the other, which is in the same jurisdiction.
const analyst = new scaleway.iam.Application("analyst");
new scaleway.iam.Policy("analyst", {
  applicationId: analyst.id,
  rules: [
    { permissionSetNames: ["ObjectStorageObjectsRead"], projectIds: [data.id] },
    { permissionSetNames: ["ObjectStorageObjectsWrite"], projectIds: [scratch.id] },
  ],
});
