import * as scaleway from "@pulumiverse/scaleway";

const key = new scaleway.keymanager.Key("records", {
  region: "fr-par",
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
});
// `fr-par/<uuid>` is taken without a word.
new scaleway.object.BucketServerSideEncryptionConfiguration("records", {
  region: "fr-par",
  bucket: "records",
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.id } }],
});
