import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { notFound } from "../../core/problem.ts";
import { alsoByPut, byName, byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import { SNAPSHOT } from "../block/snapshots.ts";
import { type MarketplaceImage, marketplaceImage } from "../marketplace/catalogue.ts";
import { instant } from "./instant.ts";
import { LOCAL_SNAPSHOT } from "./snapshots.ts";

/** Instance API v1: images, of the marketplace (data) and of users (made of snapshots, local or of block storage). */
const arch = z.enum(["x86_64", "arm64"]);
const schema = z.object({
  id: z.string(),
  name: z.string(),
  organization: z.string(),
  project: z.string(),
  /** Snapshots by slot; `0` is the root. */
  snapshots: z.record(z.string(), z.string()),
  public: z.boolean(),
  arch,
  from_server: z.string(),
  tags: z.array(z.string()),
  creation_date: z.string(),
  modification_date: z.string(),
  zone: z.string(),
});
export type Image = z.infer<typeof schema>;

export const IMAGE: Kind<Image> = {
  kind: "instance.image",
  resource: "instance_image",
  schema,
  place: (i) => ({ locality: i.zone, project: i.project, name: i.name }),
};

/** Owner of the marketplace's images (recordings). */
const MARKETPLACE = "51b656e3-4865-41e8-adbc-0c45bdd780db";
const PATH = "/instance/v1/zones/:zone/images";

const volume = z.object({ id: z.string() });
const createInput = z.object({
  name: z.string().default(""),
  root_volume: z.string(),
  arch: arch.default("x86_64"),
  extra_volumes: z.record(z.string(), volume).nullish(),
  project: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  public: z.boolean().nullish(),
});
const patchInput = createInput.omit({ root_volume: true, project: true }).partial();

/** What a server is started from: which snapshot, on which kind of disk, how large. */
export interface BootDisk {
  readonly imageName: string;
  readonly arch: "x86_64" | "arm64";
  readonly kind: "sbs_volume" | "l_ssd";
  readonly snapshotId: string;
  readonly size: number;
}

export function bootDisk(platform: Platform, id: string, zone: string): BootDisk {
  const market = marketplaceImage(id, zone);
  if (market !== undefined)
    return {
      imageName: market.name,
      arch: market.arch,
      kind: market.type === "instance_sbs" ? "sbs_volume" : "l_ssd",
      snapshotId: market.rootSnapshotId,
      size: market.rootSize,
    };
  const image = platform.collection(IMAGE).must(id, zone);
  const snapshotId = image.snapshots["0"] ?? "";
  const local = platform.collection(LOCAL_SNAPSHOT).find(snapshotId);
  const size = local?.size ?? platform.collection(SNAPSHOT).must(snapshotId, zone).size;
  return {
    imageName: image.name,
    arch: image.arch,
    kind: local === undefined ? "sbs_volume" : "l_ssd",
    snapshotId,
    size,
  };
}

/** A snapshot as images show it; those of block storage without name and size (recordings). */
function part(platform: Platform, id: string): unknown {
  const local = platform.collection(LOCAL_SNAPSHOT).find(id);
  return local === undefined
    ? { volume_type: "sbs_snapshot", id, size: 0, name: "" }
    : { id, name: local.name, volume_type: local.volume_type, size: local.size };
}

const marketView = (image: MarketplaceImage): unknown => ({
  id: image.id,
  name: image.name,
  organization: MARKETPLACE,
  project: MARKETPLACE,
  root_volume:
    image.type === "instance_sbs"
      ? { volume_type: "sbs_snapshot", id: image.rootSnapshotId, size: 0, name: "" }
      : { id: image.rootSnapshotId, name: image.rootName, volume_type: "l_ssd", size: image.rootSize },
  extra_volumes: {},
  public: true,
  arch: image.arch,
  creation_date: image.built,
  modification_date: image.built,
  default_bootscript: null,
  from_server: "",
  state: "available",
  tags: [],
  zone: image.zone,
});

function ownView(platform: Platform, { snapshots, ...image }: Image): unknown {
  const { "0": root, ...extra } = snapshots;
  return {
    ...image,
    root_volume: part(platform, root ?? ""),
    extra_volumes: Object.fromEntries(Object.entries(extra).map(([slot, id]) => [slot, part(platform, id)])),
    default_bootscript: null,
    state: "available",
  };
}

/** The image of a server; null when it has none any more. */
export function imageView(platform: Platform, id: string | null, zone: string): unknown {
  if (id === null) return null;
  const market = marketplaceImage(id, zone);
  if (market !== undefined) return marketView(market);
  const own = platform.collection(IMAGE).find(id);
  return own === undefined ? null : ownView(platform, own);
}

function mustSnapshot(platform: Platform, id: string, zone: string): string {
  if (
    platform.collection(LOCAL_SNAPSHOT).find(id)?.zone === zone ||
    platform.collection(SNAPSHOT).find(id)?.zone === zone
  )
    return id;
  throw notFound(LOCAL_SNAPSHOT.resource, id);
}

export function newImage(
  platform: Platform,
  zone: string,
  given: Pick<Image, "name" | "snapshots" | "arch" | "from_server" | "project"> & { tags: string[]; public: boolean },
): Image {
  const now = instant(platform);
  const id = platform.ids.uuid();
  const name = given.name === "" ? `image-${id.slice(0, 8)}` : given.name;
  return {
    ...given,
    id,
    name,
    organization: platform.organizationId,
    creation_date: now,
    modification_date: now,
    zone,
  };
}

const extras = (
  platform: Platform,
  zone: string,
  given: Readonly<Record<string, { id: string }>>,
): Record<string, string> =>
  Object.fromEntries(Object.entries(given).map(([slot, { id }]) => [slot, mustSnapshot(platform, id, zone)]));

const generic = crud<Image>({
  path: PATH,
  items: "images",
  envelope: "image",
  of: (p) => p.collection(IMAGE),
  filters: {
    name: byName,
    tags: byTag,
    project: (i, v) => i.project === v,
    arch: (i, v) => i.arch === v,
    public: (i, v) => String(i.public) === v,
  },
  create: ({ platform, locality, input }) => {
    const given = parseInput(createInput, input);
    const root = mustSnapshot(platform, given.root_volume, locality);
    return newImage(platform, locality, {
      name: given.name,
      snapshots: { "0": root, ...extras(platform, locality, given.extra_volumes ?? {}) },
      arch: given.arch,
      from_server: "",
      project: given.project ?? platform.defaultProjectId,
      tags: given.tags ?? [],
      public: given.public ?? false,
    });
  },
  update: (image, { platform, locality, input }) => {
    const patch = parseInput(patchInput, input);
    const { "0": root = "" } = image.snapshots;
    return {
      ...image,
      name: patch.name ?? image.name,
      arch: patch.arch ?? image.arch,
      tags: patch.tags ?? image.tags,
      public: patch.public ?? image.public,
      snapshots:
        patch.extra_volumes === null || patch.extra_volumes === undefined
          ? image.snapshots
          : { "0": root, ...extras(platform, locality, patch.extra_volumes) },
      modification_date: instant(platform),
    };
  },
  remove: () => false,
  view: (image, { platform }) => ownView(platform, image),
}).map((route) =>
  route.method === "GET" && route.path === `${PATH}/:id`
    ? {
        ...route,
        handle: (call: Call) => {
          const market = marketplaceImage(param(call, "id"), call.locality);
          return market === undefined ? route.handle(call) : { image: marketView(market) };
        },
      }
    : route,
);

export const imageRoutes: readonly Route[] = [...generic, ...alsoByPut(generic, PATH)];
