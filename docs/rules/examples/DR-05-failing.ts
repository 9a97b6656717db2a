import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=health-pseudo", "tier=data", "env=prod", "owner=registry"];
// One node, and backups that Scaleway stores where it likes.
new scaleway.databases.Instance("registry", {
  region: "fr-par",
  nodeType: "DB-DEV-S",
  engine: "PostgreSQL-16",
  tags,
});
