import * as scaleway from "@pulumiverse/scaleway";

const application = new scaleway.iam.Application("trino", {});
new scaleway.iam.Policy("trino", {
  applicationId: application.id,
  rules: [{ projectIds: ["11111111-1111-4111-8111-111111111111"], permissionSetNames: ["ObjectStorageObjectsRead"] }],
});
