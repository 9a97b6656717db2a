import { z } from "zod";
import type { Kind } from "../core/collection.ts";
import type { Platform } from "../core/platform.ts";
import { notFound } from "../core/problem.ts";
import { byName, type Call, filtered, page, param, type Route } from "../core/routes.ts";

/** Container Registry v1: images and tags, as the registry behind the namespaces' endpoint got them. */
const imageSchema = z.object({
  id: z.string(),
  name: z.string(),
  namespace_id: z.string(),
  region: z.string(),
  project_id: z.string(),
  size: z.number(),
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
  for (const image of imagesIn(platform, namespaceId)) {
    for (const tag of tagsOf(platform, image.id)) platform.collection(TAG).remove(tag.id);
    platform.collection(IMAGE).remove(image.id);
  }
}

const imageView = (platform: Platform, { region: _, project_id: __, ...image }: Image): unknown => ({
  ...image,
  status: "ready",
  status_message: "",
  visibility: "inherit",
  tags: tagsOf(platform, image.id).map(({ name }) => name),
});
const tagView = ({ region: _, project_id: __, ...tag }: Tag): unknown => ({ ...tag, status: "ready" });

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
        project_id: (image, id) => image.project_id === id,
      });
      return page(
        call,
        "images",
        found.map((image) => imageView(call.platform, image)),
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
      return page(call, "tags", filtered(call, tagsOf(call.platform, image.id), { name: byName }).map(tagView));
    },
  },
  {
    method: "GET",
    path: `${PATH}/tags/:id`,
    handle: (call) => {
      const tag = call.platform.collection(TAG).find(param(call, "id"));
      if (tag === undefined || tag.region !== call.locality) throw notFound("tag", param(call, "id"));
      return tagView(tag);
    },
  },
];
