import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "registry" };
const bucket = new scaleway.object.Bucket("cohort", { name: "example-cohort", region: "fr-par", tags });
new scaleway.object.BucketServerSideEncryptionConfiguration("cohort", {
  region: "fr-par",
  bucket: bucket.name,
  // The provider's own key: nothing that the customer holds can end access.
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
});
