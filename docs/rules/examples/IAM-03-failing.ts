import * as scaleway from "@pulumiverse/scaleway";

const application = new scaleway.iam.Application("ingest", {});
// Without an end, the key opens for ever, wherever its copies are.
new scaleway.iam.ApiKey("ingest", { applicationId: application.id });
