import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "backup", env: "prod", owner: "registry" };
const backup = new scaleway.object.Bucket("backup", {
  name: "example-cohort-backup",
  region: "fr-par",
  versioning: { enabled: true },
  objectLockEnabled: true,
  tags,
});
new scaleway.object.BucketLockConfiguration("backup", {
  region: "fr-par",
  bucket: backup.name,
  rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } },
});
