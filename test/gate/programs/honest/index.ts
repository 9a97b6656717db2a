import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";

/** Ends well, declares a key, two buckets and a component: the gate must see each, and tell a true reference from a false one. */
const provider = new scaleway.Provider("paris", {
  region: "fr-par",
  projectId: "11111111-1111-4111-8111-111111111111",
});
const options = { provider, protect: true };
const key = new scaleway.keymanager.Key(
  "data",
  { region: "fr-par", usage: "symmetric_encryption", algorithm: "aes_256_gcm" },
  options,
);
const bucket = new scaleway.object.Bucket("data", { region: "fr-par", tags: { owner: "ops" } }, options);

class Store extends pulumi.ComponentResource {
  constructor(name: string) {
    super("honest:store:Store", name, { spec: { tier: "data" } });
    new scaleway.object.BucketServerSideEncryptionConfiguration(
      "data",
      {
        region: "fr-par",
        bucket: bucket.name,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.id } }],
      },
      { parent: this, provider },
    );
    this.registerOutputs({ spec: { tier: "data" }, keyId: key.id });
  }
}
new Store("store");
new scaleway.object.Item("liar", {
  region: "fr-par",
  bucket: bucket.id,
  key: "k",
  content: pulumi.secret("not for the judge"),
  storageClass: key.id.apply(() => "fr-par/another"),
});

setTimeout(() => new scaleway.object.Bucket("late", { region: "fr-par" }), 30);

if (pulumi.getStack() === "dev.platform") {
  const foundation = new pulumi.StackReference("organization/honest/dev.foundation");
  const endpoint = pulumi.interpolate`https://${foundation.requireOutput("endpoint")}/`;
  const tags = { key: foundation.requireOutput("keyId"), secret: foundation.requireOutput("password"), endpoint };
  new scaleway.object.Bucket("reader", { region: "fr-par", tags });
}

export const keyId = key.id;
export const endpoint = bucket.endpoint;
export const password = pulumi.secret("hunter2");
export const greeting = new pulumi.Config().require("greeting");
