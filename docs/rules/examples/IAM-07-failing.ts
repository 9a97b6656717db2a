import * as scaleway from "@pulumiverse/scaleway";

const operator = new scaleway.iam.Application("operator", {});
new scaleway.iam.Policy("operator", {
  applicationId: operator.id,
  rules: [
    {
      organizationId: "00000000-0000-4000-8000-000000000000",
      permissionSetNames: ["IAMReadOnly", "ProjectManager"],
    },
  ],
});
