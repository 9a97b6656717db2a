import * as scaleway from "@pulumiverse/scaleway";

const bucket = new scaleway.object.Bucket("records", { name: "records", region: "fr-par" });
// `fr-par/records`, in whatever project the environment names.
new scaleway.object.BucketLockConfiguration("records", {
  bucket: bucket.id,
  rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } },
});
