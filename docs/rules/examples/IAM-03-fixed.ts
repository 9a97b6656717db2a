import * as scaleway from "@pulumiverse/scaleway";

const application = new scaleway.iam.Application("ingest", {});
new scaleway.iam.ApiKey("ingest", { applicationId: application.id, expiresAt: "2027-01-31T00:00:00Z" });
