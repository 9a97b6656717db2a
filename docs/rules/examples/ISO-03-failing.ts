import * as scaleway from "@pulumiverse/scaleway";

// No page of Scaleway's on health data names serverless functions.
const namespace = new scaleway.functions.Namespace("pseudonymise", {
  region: "fr-par",
  tags: ["data-class=health-raw", "tier=compute", "env=prod", "owner=registry"],
});
new scaleway.functions.Function("pseudonymise", {
  region: "fr-par",
  namespaceId: namespace.id,
  handler: "handler.handle",
  runtime: "python311",
  privacy: "private",
  tags: ["data-class=health-raw", "tier=compute", "env=prod", "owner=registry"],
});
