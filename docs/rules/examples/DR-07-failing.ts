import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "backup", env: "prod", owner: "registry" };
// Whether it can be read at all, nobody knows until the day it is needed.
new scaleway.object.Bucket("copy", { name: "example-cohort-copy", region: "fr-par", tags });
