import { z } from "zod";
import type { Kind } from "../core/collection.ts";
import type { Platform } from "../core/platform.ts";
import { byName, type Call, filtered, ordered, page, param, parseInput, type Route } from "../core/routes.ts";

/** Container Registry v1: images and tags, as the registry behind the namespaces' endpoint got them. */
const imageSchema = z.object({
  id: z.string(),
  name: z.string(),
  namespace_id: z.string(),
  region: z.string(),
  project_id: z.string(),
  size: z.number(),
  visibility: z.enum(["inherit", "public", "private"]).default("inherit"),
  created_at: z.string(),
  updated_at: z.string(),
});
type Image = z.infer<typeof imageSchema>;
export const IMAGE: Kind<Image> = {
  kind: "registry.image",
  resource: "image",
  schema: imageSchema,
  place: (i) => ({ locality: i.region, project: i.project_id, name: i.name }),
};

const tagSchema = z.object({
  id: z.string(),
  name: z.string(),
  image_id: z.string(),
  region: z.string(),
  project_id: z.string(),
  digest: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
type Tag = z.infer<typeof tagSchema>;
export const TAG: Kind<Tag> = {
  kind: "registry.tag",
  resource: "tag",
  schema: tagSchema,
  place: (t) => ({ locality: t.region, project: t.project_id, name: t.name }),
};

const visibilityInput = z.object({
  visibility: z.enum(["visibility_unknown", "inherit", "private", "public"]).nullish(),
});

export interface Pushed {
  readonly namespace: { readonly id: string; readonly region: string; readonly project_id: string };
  readonly image: string;
  /** Absent: pushed by digest alone. */
  readonly tag: string | undefined;
  readonly digest: string;
  /** Bytes of its manifest and of what that names. */
  readonly size: number;
}

export const imagesIn = (platform: Platform, namespaceId: string): readonly Image[] =>
  platform
    .collection(IMAGE)
    .all()
    .filter((image) => image.namespace_id === namespaceId);

const tagsOf = (platform: Platform, imageId: string): readonly Tag[] =>
  platform
    .collection(TAG)
    .all()
    .filter((tag) => tag.image_id === imageId);

/** Notes a manifest that the registry took: a new image, a new tag, or a tag that moved. */
export function notePush(platform: Platform, { namespace, image, tag, digest, size }: Pushed): void {
  const now = platform.clock.stamp();
  const place = { region: namespace.region, project_id: namespace.project_id };
  const known = imagesIn(platform, namespace.id).find(({ name }) => name === image);
  const kept = platform.collection(IMAGE).put({
    ...(known ?? {
      ...{ id: platform.ids.uuid(), name: image, namespace_id: namespace.id, ...place, created_at: now },
    }),
    size,
    visibility: known?.visibility ?? "inherit",
    updated_at: now,
  });
  if (tag === undefined) return;
  const old = tagsOf(platform, kept.id).find(({ name }) => name === tag);
  platform.collection(TAG).put({
    ...(old ?? { id: platform.ids.uuid(), name: tag, image_id: kept.id, ...place, created_at: now }),
    digest,
    updated_at: now,
  });
}

/** What goes with a namespace. */
export function forgetImages(platform: Platform, namespaceId: string): void {
  for (const image of imagesIn(platform, namespaceId)) forget(platform, image);
}

function forget(platform: Platform, image: Image): void {
  for (const tag of tagsOf(platform, image.id)) platform.collection(TAG).remove(tag.id);
  platform.collection(IMAGE).remove(image.id);
}

const imageView = (
  platform: Platform,
  { region: _, project_id: __, ...image }: Image,
  status: "ready" | "deleting" = "ready",
): unknown => ({
  ...image,
  status,
  status_message: "",
  tags: tagsOf(platform, image.id).map(({ name }) => name),
});
const tagFields = ({ region: _, project_id: __, ...tag }: Tag): object => tag;
const tagView = (tag: Tag): unknown => ({ ...tagFields(tag), status: "ready" });

const PATH = "/registry/v1/regions/:region";
const inRegion = (call: Call): readonly Image[] => call.platform.collection(IMAGE).in(call.locality);

export const registryImageRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${PATH}/images`,
    handle: (call) => {
      const found = filtered(call, inRegion(call), {
        name: byName,
        namespace_id: (image, id) => image.namespace_id === id,
        organization_id: (_, id, { platform }) => id === platform.organizationId,
        project_id: (image, id) => image.project_id === id,
      });
      return page(
        call,
        "images",
        ordered(call, found).map((image) => imageView(call.platform, image)),
      );
    },
  },
  {
    method: "GET",
    path: `${PATH}/images/:id`,
    handle: (call) => imageView(call.platform, call.platform.collection(IMAGE).must(param(call, "id"), call.locality)),
  },
  {
    method: "GET",
    path: `${PATH}/images/:id/tags`,
    handle: (call) => {
      const image = call.platform.collection(IMAGE).must(param(call, "id"), call.locality);
      const tags = filtered(call, tagsOf(call.platform, image.id), { name: byName });
      return page(call, "tags", ordered(call, tags).map(tagView));
    },
  },
  {
    method: "PATCH",
    path: `${PATH}/images/:id`,
    handle: (call) => {
      const images = call.platform.collection(IMAGE);
      const image = images.must(param(call, "id"), call.locality);
      const { visibility } = parseInput(visibilityInput, call.input);
      const next =
        visibility === null || visibility === undefined || visibility === "visibility_unknown"
          ? image.visibility
          : visibility;
      return imageView(
        call.platform,
        images.put({ ...image, visibility: next, updated_at: call.platform.clock.stamp() }),
      );
    },
  },
  {
    method: "DELETE",
    path: `${PATH}/images/:id`,
    handle: (call) => {
      const image = call.platform.collection(IMAGE).must(param(call, "id"), call.locality);
      const last = imageView(call.platform, image, "deleting");
      forget(call.platform, image);
      return last;
    },
  },
  {
    method: "GET",
    path: `${PATH}/tags/:id`,
    handle: (call) => tagView(call.platform.collection(TAG).must(param(call, "id"), call.locality)),
  },
  {
    method: "DELETE",
    path: `${PATH}/tags/:id`,
    handle: (call) => {
      const tags = call.platform.collection(TAG);
      const tag = tags.must(param(call, "id"), call.locality);
      // One manifest may have several names; `force` takes them all along.
      const gone =
        call.query.get("force") === "true"
          ? tagsOf(call.platform, tag.image_id).filter(({ digest }) => digest === tag.digest)
          : [tag];
      for (const { id } of gone) tags.remove(id);
      return { ...tagFields(tag), status: "deleting" };
    },
  },
];
