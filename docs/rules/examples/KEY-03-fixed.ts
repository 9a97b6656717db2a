import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "registry" };
const bucket = new scaleway.object.Bucket("cohort", { name: "example-cohort", region: "fr-par", tags });
const key = new scaleway.keymanager.Key("cohort", {
  region: "fr-par",
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
});
new scaleway.object.BucketServerSideEncryptionConfiguration("cohort", {
  region: "fr-par",
  bucket: bucket.name,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.id } }],
});
