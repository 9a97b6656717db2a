import * as scaleway from "@pulumiverse/scaleway";

// The right stays with the person when the person leaves the team.
new scaleway.iam.Policy("auditor", {
  userId: "33333333-3333-4333-8333-333333333333",
  rules: [{ projectIds: ["11111111-1111-4111-8111-111111111111"], permissionSetNames: ["ObservabilityReadOnly"] }],
});
