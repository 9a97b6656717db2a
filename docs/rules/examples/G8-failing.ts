import * as scaleway from "@pulumiverse/scaleway";

const region = "fr-par";
const tags = (permit: string) => ["data-class=health-pseudo", "tier=compute", "env=prod", "owner=hub", `permit=${permit}`];
const project = new scaleway.account.Project("spaces");
const first = new scaleway.iam.Application("first", { tags: tags("2026-001") });
new scaleway.keymanager.Key("second", {
  region,
  projectId: project.id,
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
  tags: tags("2026-002"),
});
// Not on the application itself: it is in a team, and the team is among those who may decrypt every key of the project.
const team = new scaleway.iam.Group("team", { applicationIds: [first.id] });
const teams = new scaleway.iam.Group("teams", { applicationIds: [team.id] });
new scaleway.iam.Policy("teams", {
  groupId: teams.id,
  rules: [{ permissionSetNames: ["KeyManagerKeyDecrypt"], projectIds: [project.id] }],
});
