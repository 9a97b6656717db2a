import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", env: "prod", owner: "registry", domain: "cohort" };
const copier = new scaleway.iam.Application("copier", {});
function bucket(name: string, region: string, projectId: scaleway.account.Project, action: string, more: object) {
  const key = new scaleway.keymanager.Key(name, { region, usage: "symmetric_encryption", algorithm: "aes_256_gcm" });
  const made = new scaleway.object.Bucket(name, { name, region, projectId: projectId.id, tags: { ...tags, ...more } });
  new scaleway.object.BucketServerSideEncryptionConfiguration(name, {
    region,
    bucket: made.name,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.id } }],
  });
  const Resource = [`${name}/*`];
  new scaleway.object.BucketPolicy(name, {
    region,
    bucket: made.name,
    policy: copier.id.apply((id) => {
      const Principal = { SCW: `application_id:${id}` };
      return JSON.stringify({
        Version: "2023-04-17",
        Statement: [{ Effect: "Allow", Principal, Action: [action], Resource }],
      });
    }),
  });
}
const data = new scaleway.account.Project("data", {});
const backup = new scaleway.account.Project("backup", {});
new scaleway.observability.Source("logs", { region: "fr-par", name: "logs", type: "logs", retentionDays: 365 });
bucket("example-cohort", "fr-par", data, "s3:GetObject", { tier: "data" });
bucket("example-cohort-copy", "fr-par", backup, "s3:PutObject", { tier: "backup", "rpo-minutes": "60", "rto-minutes": "240" });
