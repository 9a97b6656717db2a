import { interpolate } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";

const region = "fr-par";
const tags = (permit: string) => ["data-class=health-pseudo", "tier=compute", "env=prod", "owner=hub", `permit=${permit}`];
const project = new scaleway.account.Project("spaces");
for (const permit of ["2026-001", "2026-002"]) {
  const application = new scaleway.iam.Application(permit, { tags: tags(permit) });
  const key = new scaleway.keymanager.Key(permit, {
    region,
    projectId: project.id,
    usage: "symmetric_encryption",
    algorithm: "aes_256_gcm",
    tags: tags(permit),
  });
  const id = key.id.apply((whole) => whole.split("/").at(-1) ?? "");
  new scaleway.iam.Policy(permit, {
    applicationId: application.id,
    rules: [
      {
        permissionSetNames: ["KeyManagerKeyDecrypt"],
        projectIds: [project.id],
        condition: interpolate`resource.id == "${id}"`,
      },
    ],
  });
}
