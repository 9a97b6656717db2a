import { z } from "zod";
import type { Kind } from "../core/collection.ts";
import type { Platform } from "../core/platform.ts";
import { invalidArguments, preconditionFailed } from "../core/problem.ts";
import { byAnyTag, byName, type Call, crud, filtered, page, parseInput, type Route } from "../core/routes.ts";
import type { Settle } from "../core/transitions.ts";
import { SERVER } from "./instance/server.ts";

/** File Storage v1alpha1: file systems of a region that servers attach. `creating` or `updating` → `available`. */
const schema = z.object({
  id: z.string(),
  name: z.string(),
  /** Bytes. */
  size: z.number(),
  status: z.enum(["creating", "available", "updating"]),
  project_id: z.string(),
  organization_id: z.string(),
  tags: z.array(z.string()),
  region: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Filesystem = z.infer<typeof schema>;

export const FILESYSTEM: Kind<Filesystem> = {
  kind: "file.filesystem",
  resource: "filesystem",
  schema,
  place: (f) => ({ locality: f.region, project: f.project_id, name: f.name }),
};

const PATH = "/file/v1alpha1/regions/:region";
/** Smallest size of Scaleway's documentation: 25 GB. */
const MIN_SIZE = 25_000_000_000;
const createInput = z.object({
  name: z.string().default(""),
  project_id: z.string().optional(),
  size: z.number().int(),
  tags: z.array(z.string()).nullish(),
});
const patchInput = z.object({
  name: z.string().nullish(),
  size: z.number().int().nullish(),
  tags: z.array(z.string()).nullish(),
});

interface Attachment {
  readonly id: string;
  readonly filesystem_id: string;
  readonly resource_id: string;
  readonly resource_type: "instance_server";
  readonly zone: string;
  readonly region: string;
}

/** Servers that have file systems of a region. */
const attachments = (platform: Platform, region: string): readonly Attachment[] =>
  platform
    .collection(SERVER)
    .all()
    .flatMap((server) =>
      server.filesystems.map(({ filesystem_id }) => ({
        id: `${server.id}/${filesystem_id}`,
        filesystem_id,
        resource_id: server.id,
        resource_type: "instance_server" as const,
        zone: server.zone,
        region,
      })),
    )
    .filter((a) => platform.collection(FILESYSTEM).find(a.filesystem_id)?.region === region);

function checkSize(size: number, atLeast: number): number {
  if (size >= atLeast) return size;
  throw invalidArguments({ argument: "size", reason: "constraint", help: `must be at least ${atLeast} bytes` });
}

export const settleFilesystem: Settle = (platform, id) => {
  const filesystems = platform.collection(FILESYSTEM);
  const filesystem = filesystems.find(id);
  if (filesystem !== undefined) filesystems.put({ ...filesystem, status: "available" });
};

const attachedTimes = (platform: Platform, filesystem: Filesystem): number =>
  attachments(platform, filesystem.region).filter((a) => a.filesystem_id === filesystem.id).length;

export const fileRoutes: readonly Route[] = [
  ...crud<Filesystem>({
    path: `${PATH}/filesystems`,
    items: "filesystems",
    of: (p) => p.collection(FILESYSTEM),
    filters: {
      name: byName,
      tags: byAnyTag,
      project_id: (f, v) => f.project_id === v,
      organization_id: (f, v) => f.organization_id === v,
      filesystem_ids: (f, v) => f.id === v,
    },
    create: ({ platform, locality, input }) => {
      const { name, project_id, size, tags } = parseInput(createInput, input);
      const id = platform.ids.uuid();
      const now = platform.clock.stamp();
      platform.later(FILESYSTEM, id);
      return {
        id,
        name: name === "" ? `fs-${id.slice(0, 8)}` : name,
        size: checkSize(size, MIN_SIZE),
        status: "creating",
        project_id: project_id ?? platform.defaultProjectId,
        organization_id: platform.organizationId,
        tags: tags ?? [],
        region: locality,
        created_at: now,
        updated_at: now,
      };
    },
    update: (filesystem, { platform, input }) => {
      const patch = parseInput(patchInput, input);
      platform.later(FILESYSTEM, filesystem.id);
      return {
        ...filesystem,
        name: patch.name ?? filesystem.name,
        tags: patch.tags ?? filesystem.tags,
        size: checkSize(patch.size ?? filesystem.size, filesystem.size),
        status: "updating",
        updated_at: platform.clock.stamp(),
      };
    },
    remove: (filesystem, { platform }) => {
      if (attachedTimes(platform, filesystem) > 0)
        throw preconditionFailed("resource_still_in_use", "the file system is attached to a server");
      return false;
    },
    view: (filesystem, { platform }) => ({
      ...filesystem,
      number_of_attachments: attachedTimes(platform, filesystem),
      filesystem_type_id: "",
    }),
  }),
  {
    method: "GET",
    path: `${PATH}/attachments`,
    handle: (call: Call) => {
      const kept = filtered(call, attachments(call.platform, call.locality), {
        filesystem_id: (a, v) => a.filesystem_id === v,
        resource_id: (a, v) => a.resource_id === v,
        resource_type: (a, v) => v === "unknown_resource_type" || a.resource_type === v,
        zone: (a, v) => a.zone === v,
      });
      return page(call, "attachments", kept);
    },
  },
];
