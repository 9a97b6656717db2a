import { trapRule } from "./trap.ts";

export const backupsStayInTheRegion = trapRule("backup-elsewhere", {
  id: "TRP-17",
  title: "automatic database backups stay in the region of their database",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:12.5.a", "HDS:28", "SRM:S"],
  rationale:
    "A managed database keeps its backups wherever Scaleway chooses unless `backupSameRegion` is true: absent, the API answers false. The copy is then under no rule about the place of the original.",
  remedy: "Set `backupSameRegion: true`, or `disableBackup: true` and make copies of your own.",
});
