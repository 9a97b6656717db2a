import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, preconditionFailed } from "../../core/problem.ts";
import { byAnyTag, byName, type Call, crud, page, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { SNAPSHOT } from "./snapshots.ts";

/** Block Storage v1: volumes. `creating` → `available`, `updating` → as before; `in_use` while a server has it. */
const referenceSchema = z.object({
  id: z.string(),
  product_resource_type: z.string(),
  product_resource_id: z.string(),
  created_at: z.string(),
  type: z.string(),
  status: z.string(),
});
const schema = z.object({
  id: z.string(),
  name: z.string(),
  /** Bytes. */
  size: z.number(),
  project_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  references: z.array(referenceSchema),
  parent_snapshot_id: z.string().nullable(),
  status: z.enum(["creating", "available", "in_use", "updating"]),
  tags: z.array(z.string()),
  perf_iops: z.number(),
  last_detached_at: z.string().nullable(),
  kms_key_id: z.string().nullable(),
  zone: z.string(),
  /** What an update asked for, until it is done. */
  wanted: z.object({ size: z.number().optional(), perf_iops: z.number().optional() }),
});
export type Volume = z.infer<typeof schema>;

export const VOLUME: Kind<Volume> = {
  kind: "block.volume",
  resource: "volume",
  schema,
  place: (v) => ({ locality: v.zone, project: v.project_id, name: v.name }),
};

/** Volume types by what they are sold for: I/O operations a second (Scaleway's block storage reference). */
const TYPES: ReadonlyMap<number, string> = new Map([
  [5_000, "sbs_5k"],
  [15_000, "sbs_15k"],
]);
export const typeOf = (volume: Pick<Volume, "perf_iops">): string => TYPES.get(volume.perf_iops) ?? "sbs_5k";
const GB = 1_000_000_000;
const MAX_SIZE = 10_000 * GB;

const createInput = z.object({
  name: z.string().default(""),
  perf_iops: z.number().nullish(),
  project_id: z.string().optional(),
  from_empty: z.object({ size: z.number() }).nullish(),
  from_snapshot: z.object({ size: z.number().nullish(), snapshot_id: z.string() }).nullish(),
  tags: z.array(z.string()).nullish(),
  kms_key_id: z.string().nullish(),
});
const patchInput = z.object({
  name: z.string().nullish(),
  size: z.number().nullish(),
  tags: z.array(z.string()).nullish(),
  perf_iops: z.number().nullish(),
});

function checkIops(iops: number): number {
  if (TYPES.has(iops)) return iops;
  throw invalidArguments({
    argument: "perf_iops",
    reason: "constraint",
    help: `must be one of ${[...TYPES.keys()].join(", ")}`,
  });
}

function checkSize(size: number, atLeast: number): number {
  if (Number.isInteger(size) && size >= atLeast && size <= MAX_SIZE) return size;
  throw invalidArguments({ argument: "size", reason: "constraint", help: `must be ${atLeast} to ${MAX_SIZE} bytes` });
}

export interface NewVolume {
  readonly name: string;
  readonly zone: string;
  readonly project: string;
  readonly size: number;
  readonly iops: number;
  readonly snapshotId: string | null;
  readonly tags: readonly string[];
  readonly kmsKeyId?: string | null;
}

export function newVolume(platform: Platform, spec: NewVolume): Volume {
  const id = platform.ids.uuid();
  const now = platform.clock.stamp();
  return {
    id,
    name: spec.name === "" ? `vol-${id.slice(0, 8)}` : spec.name,
    size: spec.size,
    project_id: spec.project,
    created_at: now,
    updated_at: now,
    references: [],
    parent_snapshot_id: spec.snapshotId,
    status: "creating",
    tags: [...spec.tags],
    perf_iops: checkIops(spec.iops),
    last_detached_at: null,
    kms_key_id: spec.kmsKeyId ?? null,
    zone: spec.zone,
    wanted: {},
  };
}

/** Gives a volume to a server; one that another server has is refused. */
export function attachVolume(platform: Platform, id: string, zone: string, serverId: string): Volume {
  const volumes = platform.collection(VOLUME);
  const volume = volumes.must(id, zone);
  const holder = volume.references.find((r) => r.product_resource_type === "instance_server");
  if (holder?.product_resource_id === serverId) return volume;
  if (holder !== undefined)
    throw preconditionFailed("resource_still_in_use", `volume ${id} belongs to server ${holder.product_resource_id}`);
  const reference = {
    id: platform.ids.uuid(),
    product_resource_type: "instance_server",
    product_resource_id: serverId,
    created_at: platform.clock.stamp(),
    type: "exclusive",
    status: "attached",
  };
  platform.transitions.cancel(VOLUME.kind, id);
  return volumes.put({ ...volume, references: [...volume.references, reference], status: "in_use" });
}

export function detachVolume(platform: Platform, id: string): void {
  const volumes = platform.collection(VOLUME);
  const volume = volumes.find(id);
  if (volume === undefined) return;
  const references = volume.references.filter((r) => r.product_resource_type !== "instance_server");
  volumes.put({ ...volume, references, status: "available", last_detached_at: platform.clock.stamp() });
}

const view = ({ perf_iops, wanted: _, ...volume }: Volume): unknown => ({
  ...volume,
  type: typeOf({ perf_iops }),
  specs: { perf_iops, class: "sbs" },
});

function create(call: Call): Volume {
  const { platform, locality } = call;
  const input = parseInput(createInput, call.input);
  const snapshot =
    input.from_snapshot === null || input.from_snapshot === undefined
      ? undefined
      : platform.collection(SNAPSHOT).must(input.from_snapshot.snapshot_id, locality);
  const asked = input.from_snapshot?.size ?? input.from_empty?.size ?? snapshot?.size;
  if (asked === undefined)
    throw invalidArguments({ argument: "from_empty", reason: "required", help: "from_empty or from_snapshot" });
  const volume = newVolume(platform, {
    name: input.name,
    zone: locality,
    project: input.project_id ?? platform.defaultProjectId,
    size: checkSize(asked, snapshot?.size ?? GB),
    iops: input.perf_iops ?? 5_000,
    snapshotId: snapshot?.id ?? null,
    tags: input.tags ?? [],
    kmsKeyId: input.kms_key_id ?? null,
  });
  platform.later(VOLUME, volume.id);
  return volume;
}

function update(volume: Volume, { platform, input }: Call): Volume {
  const patch = parseInput(patchInput, input);
  const wanted = {
    ...(patch.size === null || patch.size === undefined ? {} : { size: checkSize(patch.size, volume.size) }),
    ...(patch.perf_iops === null || patch.perf_iops === undefined ? {} : { perf_iops: checkIops(patch.perf_iops) }),
  };
  const named = { ...volume, name: patch.name ?? volume.name, tags: patch.tags ?? volume.tags };
  if (Object.keys(wanted).length === 0) return { ...named, updated_at: platform.clock.stamp() };
  platform.later(VOLUME, volume.id);
  return { ...named, status: "updating", wanted };
}

export const settleVolume: Settle = (platform, id) => {
  const volumes = platform.collection(VOLUME);
  const volume = volumes.find(id);
  if (volume === undefined) return;
  volumes.put({
    ...volume,
    size: volume.wanted.size ?? volume.size,
    perf_iops: volume.wanted.perf_iops ?? volume.perf_iops,
    wanted: {},
    status: volume.references.length > 0 ? "in_use" : "available",
    updated_at: platform.clock.stamp(),
  });
};

export const volumeRoutes: readonly Route[] = [
  ...crud<Volume>({
    path: "/block/v1/zones/:zone/volumes",
    items: "volumes",
    of: (p) => p.collection(VOLUME),
    filters: {
      project_id: (v, id) => v.project_id === id,
      name: byName,
      tags: byAnyTag,
      product_resource_id: (v, id) => v.references.some((r) => r.product_resource_id === id),
      volume_type: (v, type) => typeOf(v) === type,
      volume_ids: (v, id) => v.id === id,
    },
    create,
    update,
    remove: (volume) => {
      if (volume.references.length > 0)
        throw preconditionFailed("resource_still_in_use", "the volume is attached to a server");
      return false;
    },
    view,
  }),
  {
    method: "GET",
    path: "/block/v1/zones/:zone/volume-types",
    handle: (call) =>
      page(
        call,
        "volume_types",
        // Prices are not emulated.
        [...TYPES].map(([perf_iops, type]) => ({
          type,
          pricing: null,
          snapshot_pricing: null,
          specs: { perf_iops, class: "sbs" },
          zone: call.locality,
        })),
      ),
  },
];
