import * as scaleway from "@pulumiverse/scaleway";

const projectIds = ["11111111-1111-4111-8111-111111111111"];
const query = new scaleway.iam.Application("query", {});
new scaleway.iam.Policy("query", {
  applicationId: query.id,
  rules: [{ projectIds, permissionSetNames: ["KeyManagerKeyDecrypt"] }],
});
// Harmless for whoever is only in it; with the policy above, one application administers keys and decrypts.
const rotation = new scaleway.iam.Group("rotation", { applicationIds: [query.id] });
new scaleway.iam.Policy("rotation", {
  groupId: rotation.id,
  rules: [{ projectIds, permissionSetNames: ["KeyManagerKeyWrite"] }],
});
