import * as scaleway from "@pulumiverse/scaleway";

const tags = { "data-class": "health-pseudo", tier: "backup", env: "prod", owner: "registry" };
// Whoever takes the key of the backup job overwrites the backups with it.
new scaleway.object.Bucket("backup", { name: "example-cohort-backup", region: "fr-par", tags });
