import type { SnapshotArgs, VolumeArgs } from "@pulumiverse/scaleway/block/index.js";
import type { DatabaseBackupArgs, SnapshotArgs as RdbSnapshotArgs } from "@pulumiverse/scaleway/databases/index.js";
import type {
  ImageArgs,
  SnapshotArgs as InstanceSnapshotArgs,
  VolumeArgs as InstanceVolumeArgs,
  ServerArgs,
} from "@pulumiverse/scaleway/instance/index.js";
import type { SnapshotArgs as MongoSnapshotArgs } from "@pulumiverse/scaleway/mongodb/index.js";
import type { Known } from "../../../kernel/known.ts";
import type { CopyMadeFact } from "../fact-disks.ts";
import type { Ref } from "../reference.ts";
import { type Decoder, decoder } from "./decoder.ts";

/** Where the content of disks and databases goes as snapshots, images, volumes and backups, and what of it goes into buckets. */
const made = (urn: string, as: CopyMadeFact["as"], from: Ref | "self", to: Ref | "self" = "self"): CopyMadeFact[] =>
  (from !== "self" && from.kind === "absent") || (to !== "self" && to.kind === "absent")
    ? []
    : [{ kind: "copy-made", urn, as, from, to }];

/** The bucket that a snapshot is imported from or exported to; one that is not known is somewhere. */
function bucketOf(property: string, part: Known<{ ref(name: "bucket"): Ref } | undefined>): Ref {
  if (!part.known) return { kind: "unknown", property, suppliers: part.from.suppliers };
  return part.value?.ref("bucket") ?? { kind: "absent", property };
}

export const diskDecoders: readonly Decoder[] = [
  decoder<ServerArgs>("scaleway:instance/server:Server", (_, { urn }) => [{ kind: "disk", urn }]),
  decoder<VolumeArgs>("scaleway:block/volume:Volume", (read, { urn }) => [
    { kind: "disk", urn },
    ...made(urn, "copy", read.ref("snapshotId")),
    ...made(urn, "copy", read.ref("instanceVolumeId")),
  ]),
  decoder<InstanceVolumeArgs>("scaleway:instance/volume:Volume", (read, { urn }) => [
    { kind: "disk", urn },
    ...made(urn, "copy", read.ref("fromSnapshotId")),
  ]),
  decoder<SnapshotArgs>("scaleway:block/snapshot:Snapshot", (read, { urn }) => [
    ...made(urn, "backup", read.ref("volumeId")),
    ...made(urn, "copy", bucketOf("import", read.object("import"))),
    ...made(urn, "copy", "self", bucketOf("export", read.object("export"))),
  ]),
  decoder<InstanceSnapshotArgs>("scaleway:instance/snapshot:Snapshot", (read, { urn }) => [
    ...made(urn, "backup", read.ref("volumeId")),
    ...made(urn, "copy", bucketOf("import", read.object("import"))),
  ]),
  decoder<ImageArgs>("scaleway:instance/image:Image", (read, { urn }) => {
    const more = read.refs("additionalVolumeIds");
    const others: readonly Ref[] = more.known
      ? more.value
      : [{ kind: "unknown", property: "additionalVolumeIds", suppliers: more.from.suppliers }];
    return [read.ref("rootVolumeId"), ...others].flatMap((ref) => made(urn, "copy", ref));
  }),
  decoder<DatabaseBackupArgs>("scaleway:databases/databaseBackup:DatabaseBackup", (read, { urn }) =>
    made(urn, "backup", read.ref("instanceId")),
  ),
  decoder<RdbSnapshotArgs>("scaleway:databases/snapshot:Snapshot", (read, { urn }) =>
    made(urn, "backup", read.ref("instanceId")),
  ),
  decoder<MongoSnapshotArgs>("scaleway:mongodb/snapshot:Snapshot", (read, { urn }) =>
    made(urn, "backup", read.ref("instanceId")),
  ),
];
