import * as scaleway from "@pulumiverse/scaleway";

const ingest = new scaleway.iam.Application("ingest", {});
const bucket = new scaleway.object.Bucket("cohort", {
  name: "example-cohort",
  region: "fr-par",
  tags: {
    "data-class": "health-pseudo",
    tier: "data",
    env: "prod",
    owner: "registry",
    "customer-encryption": "client-side",
    "encrypted-by": "ingest",
  },
});
new scaleway.object.BucketPolicy("cohort", {
  region: "fr-par",
  bucket: bucket.name,
  policy: ingest.id.apply((id) =>
    JSON.stringify({
      Version: "2023-04-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { SCW: `application_id:${id}` },
          Action: ["s3:PutObject"],
          Resource: ["example-cohort/*"],
        },
      ],
    }),
  ),
});
