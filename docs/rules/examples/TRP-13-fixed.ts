import * as scaleway from "@pulumiverse/scaleway";

const project = new scaleway.account.Project("data");
const place = { region: "fr-par", projectId: project.id };
const bucket = new scaleway.object.Bucket("records", { name: "records", ...place });
new scaleway.object.BucketLockConfiguration("records", {
  ...place,
  bucket: bucket.name,
  rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } },
});
