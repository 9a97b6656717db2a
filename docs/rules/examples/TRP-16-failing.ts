import * as scaleway from "@pulumiverse/scaleway";

// Comes to rest in Paris.
new scaleway.object.Bucket("old", {
  name: "old-sets",
  region: "nl-ams",
  lifecycleRules: [{ enabled: true, transitions: [{ days: 90, storageClass: "GLACIER" }] }],
});
