import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { denied, preconditionFailed } from "../../core/problem.ts";
import { byAnyTag, byName, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { typeOf, VOLUME } from "./volumes.ts";

/**
 * Block Storage v1: snapshots. `creating` → `available`, `exporting` → `available`. There are no bytes behind a volume here, so
 * an export writes no object and an import reads none; sizes and states are kept.
 */
const schema = z.object({
  id: z.string(),
  name: z.string(),
  parent_volume_id: z.string().nullable(),
  size: z.number(),
  project_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  status: z.enum(["creating", "available", "exporting"]),
  tags: z.array(z.string()),
  public: z.boolean(),
  zone: z.string(),
});
export type Snapshot = z.infer<typeof schema>;

export const SNAPSHOT: Kind<Snapshot> = {
  kind: "block.snapshot",
  resource: "snapshot",
  schema,
  place: (s) => ({ locality: s.zone, project: s.project_id, name: s.name }),
};

/** What was exported where, so that an import knows its size. */
const exportSchema = z.object({ id: z.string(), size: z.number() });
const EXPORT: Kind<z.infer<typeof exportSchema>> = {
  kind: "block.export",
  resource: "export",
  schema: exportSchema,
  place: (e) => ({ locality: "global", project: "", name: e.id }),
};

const PATH = "/block/v1/zones/:zone/snapshots";
/** Size that an image of unknown content is taken to have: one GiB, as the API answered for a small one (recordings). */
const IMPORTED_SIZE = 1_073_741_824;

const createInput = z.object({
  volume_id: z.string(),
  name: z.string().default(""),
  project_id: z.string().optional(),
  tags: z.array(z.string()).nullish(),
  public: z.boolean().default(false),
});
const objectInput = z.object({ bucket: z.string().min(1), key: z.string().min(1) });
const importInput = objectInput.extend({
  name: z.string().default(""),
  project_id: z.string().optional(),
  tags: z.array(z.string()).nullish(),
  size: z.number().nullish(),
});
const patchInput = z.object({
  name: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  public: z.boolean().nullish(),
});

const view = (snapshot: Snapshot, { platform }: Call): unknown => {
  const { parent_volume_id, ...shown } = snapshot;
  const parent = parent_volume_id === null ? undefined : platform.collection(VOLUME).find(parent_volume_id);
  return {
    ...shown,
    parent_volume:
      parent === undefined ? null : { id: parent.id, name: parent.name, type: typeOf(parent), status: parent.status },
    references: [],
    class: "sbs",
  };
};

/** Takes a snapshot of a volume, on behalf of whichever service. */
export function takeSnapshot(
  platform: Platform,
  zone: string,
  of: { readonly volumeId: string | null; readonly size: number; readonly project: string; readonly name: string },
  more: { readonly tags: readonly string[]; readonly public: boolean } = { tags: [], public: false },
): Snapshot {
  const id = platform.ids.uuid();
  const now = platform.clock.stamp();
  platform.later(SNAPSHOT, id);
  return {
    id,
    name: of.name === "" ? `snap-${id.slice(0, 8)}` : of.name,
    parent_volume_id: of.volumeId,
    size: of.size,
    project_id: of.project,
    created_at: now,
    updated_at: now,
    status: "creating",
    tags: [...more.tags],
    public: more.public,
    zone,
  };
}

export const settleSnapshot: Settle = (platform, id) => {
  const snapshots = platform.collection(SNAPSHOT);
  const snapshot = snapshots.find(id);
  if (snapshot !== undefined) snapshots.put({ ...snapshot, status: "available" });
};

function importObject(call: Call): unknown {
  const { platform, locality } = call;
  const input = parseInput(importInput, call.input);
  const snapshots = platform.collection(SNAPSHOT);
  const exported = platform.collection(EXPORT).find(`${input.bucket}/${input.key}`);
  const made = takeSnapshot(
    platform,
    locality,
    {
      volumeId: null,
      size: input.size ?? exported?.size ?? IMPORTED_SIZE,
      project: input.project_id ?? platform.defaultProjectId,
      name: input.name,
    },
    { tags: input.tags ?? [], public: false },
  );
  return view(snapshots.put(made), call);
}

function exportObject(call: Call): unknown {
  const { platform, locality } = call;
  const { bucket, key } = parseInput(objectInput, call.input);
  const snapshots = platform.collection(SNAPSHOT);
  const snapshot = snapshots.must(param(call, "id"), locality);
  if (snapshot.status !== "available") throw preconditionFailed("resource_not_usable", "the snapshot is not available");
  platform.later(SNAPSHOT, snapshot.id);
  platform.collection(EXPORT).put({ id: `${bucket}/${key}`, size: snapshot.size });
  return view(snapshots.put({ ...snapshot, status: "exporting" }), call);
}

/** A volume made from an image of the marketplace names a snapshot of somebody else's: it is there, and not shown (recordings). */
const foreign = ({ platform }: Call, id: string): boolean =>
  platform
    .collection(VOLUME)
    .all()
    .some((volume) => volume.parent_snapshot_id === id);

const get = (call: Call): unknown => {
  const id = param(call, "id");
  if (call.platform.collection(SNAPSHOT).find(id) === undefined && foreign(call, id)) throw denied("snapshot", "read");
  return view(call.platform.collection(SNAPSHOT).must(id, call.locality), call);
};

/** Two operations that the provider still asks for under the former version of the API. */
const FORMER = PATH.replace("/v1/", "/v1alpha1/");

export const snapshotRoutes: readonly Route[] = [
  { method: "GET", path: `${PATH}/:id`, handle: get },
  { method: "GET", path: `${FORMER}/:id`, handle: get },
  { method: "POST", path: `${FORMER}/:id/export-to-object-storage`, handle: exportObject },
  { method: "POST", path: `${PATH}/import-from-object-storage`, handle: importObject },
  { method: "POST", path: `${PATH}/:id/export-to-object-storage`, handle: exportObject },
  ...crud<Snapshot>({
    path: PATH,
    items: "snapshots",
    of: (p) => p.collection(SNAPSHOT),
    filters: {
      project_id: (s, v) => s.project_id === v,
      volume_id: (s, v) => s.parent_volume_id === v,
      name: byName,
      tags: byAnyTag,
    },
    create: ({ platform, locality, input }) => {
      const { volume_id, name, project_id, tags, public: isPublic } = parseInput(createInput, input);
      const volume = platform.collection(VOLUME).must(volume_id, locality);
      const project = project_id ?? volume.project_id;
      const of = { volumeId: volume.id, size: volume.size, project, name };
      return takeSnapshot(platform, locality, of, { tags: tags ?? [], public: isPublic });
    },
    update: (snapshot, { platform, input }) => {
      const patch = parseInput(patchInput, input);
      return {
        ...snapshot,
        name: patch.name ?? snapshot.name,
        tags: patch.tags ?? snapshot.tags,
        public: patch.public ?? snapshot.public,
        updated_at: platform.clock.stamp(),
      };
    },
    remove: () => false,
    view,
  }),
];
