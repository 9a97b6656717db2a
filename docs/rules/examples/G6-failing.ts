import * as scaleway from "@pulumiverse/scaleway";

// Added in a hurry: no key, no policy, no copy, no log source in its region, and nobody who owns it.
new scaleway.object.Bucket("scratch", {
  name: "example-scratch",
  region: "fr-par",
  tags: { "data-class": "health-pseudo", tier: "data", env: "prod" },
});
