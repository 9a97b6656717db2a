import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "technical", tier: "log", env: "prod", owner: "security" };
const projectId = new scaleway.account.Project("logs", { name: "logs" }).id;
const writer = new scaleway.iam.Application("session-writer", {});
const key = new scaleway.keymanager.Key("sessions", {
  region: "fr-par",
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
});
const bucket = new scaleway.object.Bucket("sessions", {
  name: "example-sessions",
  region: "fr-par",
  objectLockEnabled: true,
  projectId,
  tags,
});
const place = { region: "fr-par", bucket: bucket.name, projectId };
new scaleway.object.BucketServerSideEncryptionConfiguration("sessions", {
  ...place,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.id } }],
});
new scaleway.object.BucketLockConfiguration("sessions", {
  ...place,
  rule: { defaultRetention: { mode: "COMPLIANCE", days: 365 } },
});
new scaleway.object.BucketPolicy("sessions", {
  ...place,
  policy: writer.id.apply((id) =>
    JSON.stringify({
      Version: "2023-04-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { SCW: `application_id:${id}` },
          Action: ["s3:PutObject"],
          Resource: ["example-sessions/*"],
        },
      ],
    }),
  ),
});
