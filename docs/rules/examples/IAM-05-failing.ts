import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "data", env: "prod", owner: "registry" };
const bucket = new scaleway.object.Bucket("cohort", { name: "example-cohort", region: "fr-par", tags });
new scaleway.object.BucketPolicy("cohort", {
  region: "fr-par",
  bucket: bucket.name,
  policy: JSON.stringify({
    Version: "2023-04-17",
    // Anybody who can speak to the public endpoint.
    Statement: [{ Effect: "Allow", Principal: "*", Action: ["s3:GetObject"], Resource: ["example-cohort/*"] }],
  }),
});
