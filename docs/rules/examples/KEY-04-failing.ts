import * as scaleway from "@pulumiverse/scaleway";

const own = { "data-class": "technical", env: "prod", owner: "platform" };
const cipher = { region: "fr-par", usage: "symmetric_encryption", algorithm: "aes_256_gcm" };
const data = new scaleway.keymanager.Key("data", cipher);
// Whoever may decrypt the logs may decrypt the data.
for (const [tier, key] of [
  ["data", data],
  ["log", data],
] as const) {
  const bucket = new scaleway.object.Bucket(tier, { name: `example-${tier}`, region: "fr-par", tags: { ...own, tier } });
  new scaleway.object.BucketServerSideEncryptionConfiguration(tier, {
    region: "fr-par",
    bucket: bucket.name,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.id } }],
  });
}
