import { z } from "zod";
import { Answer } from "../../core/answer.ts";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments } from "../../core/problem.ts";
import { alsoByPut, byName, byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { instant } from "./instant.ts";
import { accepted, task } from "./task.ts";
import { LOCAL_VOLUME } from "./volumes.ts";

/** Instance API v1: snapshots of local volumes. `snapshotting` or `importing` → `available`; without bytes behind them. */
const schema = z.object({
  id: z.string(),
  name: z.string(),
  volume_type: z.literal("l_ssd"),
  creation_date: z.string(),
  modification_date: z.string(),
  organization: z.string(),
  project: z.string(),
  size: z.number(),
  state: z.enum(["snapshotting", "importing", "exporting", "available"]),
  base_volume: z.object({ id: z.string(), name: z.string() }).nullable(),
  tags: z.array(z.string()),
  zone: z.string(),
});
export type LocalSnapshot = z.infer<typeof schema>;

export const LOCAL_SNAPSHOT: Kind<LocalSnapshot> = {
  kind: "instance.snapshot",
  resource: "instance_snapshot",
  schema,
  place: (s) => ({ locality: s.zone, project: s.project, name: s.name }),
};

const PATH = "/instance/v1/zones/:zone/snapshots";
const IMPORTED_SIZE = 1_073_741_824;
const createInput = z.object({
  name: z.string().default(""),
  volume_id: z.string().nullish(),
  project: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  bucket: z.string().nullish(),
  key: z.string().nullish(),
  size: z.number().nullish(),
});

function make(platform: Platform, zone: string, given: z.infer<typeof createInput>): LocalSnapshot {
  const imported = typeof given.bucket === "string" && typeof given.key === "string";
  const volume =
    typeof given.volume_id === "string" ? platform.collection(LOCAL_VOLUME).must(given.volume_id, zone) : undefined;
  if (!imported && volume === undefined)
    throw invalidArguments({ argument: "volume_id", reason: "required", help: "volume_id, or bucket and key" });
  if (volume?.volume_type === "scratch")
    throw invalidArguments({ argument: "volume_id", reason: "constraint", help: "scratch volumes have no snapshots" });
  const id = platform.ids.uuid();
  const now = instant(platform);
  platform.later(LOCAL_SNAPSHOT, id);
  return {
    id,
    name: given.name === "" ? `snap-${id.slice(0, 8)}` : given.name,
    volume_type: "l_ssd",
    creation_date: now,
    modification_date: now,
    organization: platform.organizationId,
    project: given.project ?? platform.defaultProjectId,
    size: volume?.size ?? given.size ?? IMPORTED_SIZE,
    state: imported ? "importing" : "snapshotting",
    base_volume: volume === undefined ? null : { id: volume.id, name: volume.name },
    tags: given.tags ?? [],
    zone,
  };
}

/** Takes a snapshot of a local volume, on behalf of a backup. */
export const snapshotVolume = (
  platform: Platform,
  zone: string,
  volumeId: string,
  name: string,
  project: string,
): LocalSnapshot =>
  platform.collection(LOCAL_SNAPSHOT).put(make(platform, zone, { volume_id: volumeId, name, project }));

export const settleLocalSnapshot: Settle = (platform, id) => {
  const snapshots = platform.collection(LOCAL_SNAPSHOT);
  const snapshot = snapshots.find(id);
  if (snapshot !== undefined) snapshots.put({ ...snapshot, state: "available", modification_date: instant(platform) });
};

const view = (snapshot: LocalSnapshot): unknown => ({ ...snapshot, error_details: null });

const generic = crud<LocalSnapshot>({
  path: PATH,
  items: "snapshots",
  envelope: "snapshot",
  of: (p) => p.collection(LOCAL_SNAPSHOT),
  filters: {
    name: byName,
    tags: byTag,
    project: (s, v) => s.project === v,
    base_volume_id: (s, v) => s.base_volume?.id === v,
  },
  update: (snapshot, { platform, input }) => {
    const patch = parseInput(z.object({ name: z.string().nullish(), tags: z.array(z.string()).nullish() }), input);
    return {
      ...snapshot,
      name: patch.name ?? snapshot.name,
      tags: patch.tags ?? snapshot.tags,
      modification_date: instant(platform),
    };
  },
  remove: () => false,
  view,
});

export const localSnapshotRoutes: readonly Route[] = [
  {
    method: "POST",
    path: PATH,
    handle: ({ platform, locality, input }: Call) => {
      const snapshot = platform
        .collection(LOCAL_SNAPSHOT)
        .put(make(platform, locality, parseInput(createInput, input)));
      return new Answer(201, {
        snapshot: view(snapshot),
        task: task(platform, locality, "volume_snapshot", "/snapshots", `snapshots/${snapshot.id}`),
      });
    },
  },
  {
    method: "POST",
    path: `${PATH}/:id/export`,
    handle: (call) => {
      const { platform, locality } = call;
      const { bucket, key } = parseInput(z.object({ bucket: z.string(), key: z.string() }), call.input);
      const snapshots = platform.collection(LOCAL_SNAPSHOT);
      const snapshot = snapshots.put({ ...snapshots.must(param(call, "id"), locality), state: "exporting" });
      platform.later(LOCAL_SNAPSHOT, snapshot.id);
      return accepted(
        task(platform, locality, "export_snapshot", `/snapshots/${snapshot.id}/export`, `${bucket}/${key}`),
      );
    },
  },
  ...generic,
  ...alsoByPut(generic, PATH),
];
