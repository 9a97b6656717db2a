import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, preconditionFailed } from "../../core/problem.ts";
import { byName, byTag, crud, parseInput, type Route } from "../../core/routes.ts";
import { instant } from "./instant.ts";
import { SERVER } from "./server.ts";
import { LOCAL_SNAPSHOT } from "./snapshots.ts";

/** Instance API v1: local and scratch volumes. Those of block storage live in its own API, and are not found here. */
const schema = z.object({
  id: z.string(),
  name: z.string(),
  volume_type: z.enum(["l_ssd", "scratch"]),
  organization: z.string(),
  project: z.string(),
  server: z.string().nullable(),
  /** Bytes. */
  size: z.number(),
  creation_date: z.string(),
  modification_date: z.string(),
  tags: z.array(z.string()),
  zone: z.string(),
});
export type LocalVolume = z.infer<typeof schema>;

export const LOCAL_VOLUME: Kind<LocalVolume> = {
  kind: "instance.volume",
  resource: "instance_volume",
  schema,
  place: (v) => ({ locality: v.zone, project: v.project, name: v.name }),
};

const MIN_SIZE = 1_000_000_000;
const createInput = z.object({
  name: z.string().nullish(),
  project: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  volume_type: z.enum(["l_ssd", "scratch"]).default("l_ssd"),
  size: z.number().nullish(),
  base_snapshot: z.string().nullish(),
});
const patchInput = z.object({
  name: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  size: z.number().nullish(),
});

export interface NewLocalVolume {
  readonly name: string;
  readonly type: LocalVolume["volume_type"];
  readonly project: string;
  readonly zone: string;
  readonly size: number;
  readonly tags?: readonly string[];
}

export function newLocalVolume(platform: Platform, spec: NewLocalVolume): LocalVolume {
  if (!(spec.size >= MIN_SIZE))
    throw invalidArguments({ argument: "size", reason: "constraint", help: `must be at least ${MIN_SIZE} bytes` });
  const id = platform.ids.uuid();
  const now = instant(platform);
  return {
    id,
    name: spec.name === "" ? `vol-${id.slice(0, 8)}` : spec.name,
    volume_type: spec.type,
    organization: platform.organizationId,
    project: spec.project,
    server: null,
    size: spec.size,
    creation_date: now,
    modification_date: now,
    tags: [...(spec.tags ?? [])],
    zone: spec.zone,
  };
}

export function localVolumeView(platform: Platform, volume: LocalVolume): Readonly<Record<string, unknown>> {
  const server = volume.server === null ? undefined : platform.collection(SERVER).find(volume.server);
  return {
    ...volume,
    export_uri: null,
    server: server === undefined ? null : { id: server.id, name: server.name },
    state: "available",
  };
}

export const localVolumeRoutes: readonly Route[] = crud<LocalVolume>({
  path: "/instance/v1/zones/:zone/volumes",
  items: "volumes",
  envelope: "volume",
  of: (p) => p.collection(LOCAL_VOLUME),
  filters: {
    name: byName,
    tags: byTag,
    project: (v, id) => v.project === id,
    volume_type: (v, type) => v.volume_type === type,
  },
  create: ({ platform, locality, input }) => {
    const given = parseInput(createInput, input);
    const base =
      typeof given.base_snapshot === "string"
        ? platform.collection(LOCAL_SNAPSHOT).must(given.base_snapshot, locality)
        : undefined;
    return newLocalVolume(platform, {
      name: given.name ?? "",
      type: given.volume_type,
      project: given.project ?? platform.defaultProjectId,
      zone: locality,
      size: given.size ?? base?.size ?? 0,
      tags: given.tags ?? [],
    });
  },
  update: (volume, { platform, input }) => {
    const patch = parseInput(patchInput, input);
    if (typeof patch.size === "number" && patch.size !== volume.size)
      throw invalidArguments({ argument: "size", reason: "constraint", help: "a local volume cannot be resized" });
    return {
      ...volume,
      name: patch.name ?? volume.name,
      tags: patch.tags ?? volume.tags,
      modification_date: instant(platform),
    };
  },
  remove: (volume) => {
    if (volume.server !== null)
      throw preconditionFailed("resource_still_in_use", "a volume that is attached to a server cannot be deleted");
    return false;
  },
  view: (volume, { platform }) => localVolumeView(platform, volume),
});
