import * as scaleway from "@pulumiverse/scaleway";

const tags = ["data-class=health-pseudo", "tier=data", "env=prod", "owner=registry"];
const database = new scaleway.databases.Instance("registry", {
  region: "fr-par",
  nodeType: "DB-PRO2-S",
  engine: "PostgreSQL-16",
  backupSameRegion: true,
  backupScheduleRetention: 30,
  isHaCluster: true,
  tags,
});
new scaleway.databases.ReadReplica("registry", { region: "fr-par", instanceId: database.id, sameZone: false });
