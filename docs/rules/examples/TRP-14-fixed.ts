import * as scaleway from "@pulumiverse/scaleway";

const key = new scaleway.keymanager.Key("records", {
  region: "fr-par",
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
});
const bareId = key.id.apply((id) => id.slice(id.lastIndexOf("/") + 1));
new scaleway.object.BucketServerSideEncryptionConfiguration("records", {
  region: "fr-par",
  bucket: "records",
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: bareId } }],
});
