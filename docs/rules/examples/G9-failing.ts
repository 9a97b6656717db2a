import * as scaleway from "@pulumiverse/scaleway";

const project = new scaleway.account.Project("research");
new scaleway.object.Bucket("cohort", {
  region: "fr-par",
  projectId: project.id,
  tags: { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "hub" },
});
// People sign in from anywhere, and a bucket is reached from everywhere: what they read is outside.
const researchers = new scaleway.iam.Group("researchers", { externalMembership: true });
new scaleway.iam.Policy("researchers", {
  groupId: researchers.id,
  rules: [{ permissionSetNames: ["ObjectStorageObjectsRead"], projectIds: [project.id] }],
});
