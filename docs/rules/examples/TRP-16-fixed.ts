import * as scaleway from "@pulumiverse/scaleway";

new scaleway.object.Bucket("old", {
  name: "old-sets",
  region: "fr-par",
  lifecycleRules: [{ enabled: true, transitions: [{ days: 90, storageClass: "GLACIER" }] }],
});
