import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";

/** Two stacks that register alike with an engine before the first apply: one names its key, the other only passes by it. */
const region = "fr-par";
const tags = { "data-class": "health-pseudo", env: "prod", owner: "office", tier: "data" };
const key = new scaleway.keymanager.Key("own", { region, usage: "symmetric_encryption", algorithm: "aes_256_gcm" });
const bare = key.id.apply((id) => id.split("/")[1] ?? "");
const another = key.id.apply(() => "11111111-2222-4333-8444-555555555555");

new scaleway.object.Bucket("cohort", { name: "cohort", region, tags });
new scaleway.object.BucketServerSideEncryptionConfiguration("cohort", {
  bucket: "cohort",
  region,
  rules: [
    {
      applyServerSideEncryptionByDefault: {
        sseAlgorithm: "aws:kms",
        kmsMasterKeyId: pulumi.getStack() === "honest" ? bare : another,
      },
    },
  ],
});
