import * as scaleway from "@pulumiverse/scaleway";

// Its backups rest wherever Scaleway chooses.
new scaleway.databases.Instance("catalogue", {
  region: "fr-par",
  engine: "PostgreSQL-16",
  nodeType: "DB-DEV-S",
});
