import * as scaleway from "@pulumiverse/scaleway";

// Who is in it, the identity provider says.
const auditors = new scaleway.iam.Group("auditors", { externalMembership: true });
new scaleway.iam.Policy("auditor", {
  groupId: auditors.id,
  rules: [{ projectIds: ["11111111-1111-4111-8111-111111111111"], permissionSetNames: ["ObservabilityReadOnly"] }],
});
