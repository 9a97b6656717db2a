import * as scaleway from "@pulumiverse/scaleway";

const custodians = new scaleway.iam.Group("key-custodians", { externalMembership: true });
new scaleway.iam.Policy("key-custodians", {
  groupId: custodians.id,
  rules: [
    {
      projectIds: ["11111111-1111-4111-8111-111111111111"],
      permissionSetNames: ["KeyManagerKeyWrite", "KeyManagerReadOnly"],
    },
  ],
});
