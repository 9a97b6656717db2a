import * as pulumi from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "registry" };
const bucket = new scaleway.object.Bucket("cohort", { name: "example-cohort", region: "fr-par", tags });
const reader = new scaleway.iam.Application("reader", {});
new scaleway.object.BucketPolicy("cohort", {
  region: "fr-par",
  bucket: bucket.name,
  policy: pulumi.jsonStringify({
    Version: "2023-04-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { SCW: [pulumi.interpolate`application_id:${reader.id}`] },
        Action: ["s3:GetObject"],
        Resource: ["example-cohort/*"],
      },
    ],
  }),
});
