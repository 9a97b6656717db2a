import * as scaleway from "@pulumiverse/scaleway";

new scaleway.databases.Instance("catalogue", {
  region: "fr-par",
  engine: "PostgreSQL-16",
  nodeType: "DB-DEV-S",
  backupSameRegion: true,
});
