import * as scaleway from "@pulumiverse/scaleway";

const project = new scaleway.account.Project("research");
const airlock = new scaleway.account.Project("airlock");
new scaleway.object.Bucket("cohort", {
  region: "fr-par",
  projectId: project.id,
  tags: { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "hub" },
});
new scaleway.object.Bucket("results", {
  region: "fr-par",
  projectId: airlock.id,
  tags: { "data-class": "health-derived", tier: "export", env: "prod", owner: "hub" },
});
// People work inside, and read what a reviewer let into the airlock.
const researchers = new scaleway.iam.Group("researchers", { externalMembership: true });
new scaleway.iam.Policy("researchers", {
  groupId: researchers.id,
  rules: [{ permissionSetNames: ["ObjectStorageObjectsRead"], projectIds: [airlock.id] }],
});
