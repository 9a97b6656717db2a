import { z } from "zod";
import type { Kind } from "../core/collection.ts";
import type { Platform } from "../core/platform.ts";
import { Problem } from "../core/problem.ts";
import { byName, type Call, crud, param, parseInput, type Route } from "../core/routes.ts";
import { forgetImages, imagesIn } from "./registry-images.ts";

/** Container Registry v1: namespaces. Names are unique in their region, over all customers. */
const schema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  organization_id: z.string(),
  project_id: z.string(),
  is_public: z.boolean(),
  region: z.string(),
  status: z.enum(["ready", "deleting"]),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Namespace = z.infer<typeof schema>;

export const NAMESPACE: Kind<Namespace> = {
  kind: "registry.namespace",
  resource: "namespace",
  schema,
  // Without a type (recordings).
  missing: () => new Problem(404, undefined, "Namespace was not found"),
  place: (n) => ({ locality: n.region, project: n.project_id, name: n.name }),
};

const PATH = "/registry/v1/regions/:region/namespaces";
const createInput = z.object({
  name: z.string(),
  description: z.string().default(""),
  project_id: z.string().optional(),
  is_public: z.boolean().default(false),
});
const patchInput = z.object({ description: z.string().nullish(), is_public: z.boolean().nullish() });
const view = (n: Namespace, platform: Platform): unknown => {
  const images = imagesIn(platform, n.id);
  return {
    ...n,
    endpoint: `rg.${n.region}.scw.cloud/${n.name}`,
    status_message: "",
    size: images.reduce((sum, { size }) => sum + size, 0),
    image_count: images.length,
  };
};

export const registryRoutes: readonly Route[] = crud<Namespace>({
  path: PATH,
  items: "namespaces",
  of: (p) => p.collection(NAMESPACE),
  filters: {
    name: byName,
    organization_id: (n, v) => n.organization_id === v,
    project_id: (n, v) => n.project_id === v,
  },
  create: ({ platform, locality, input }) => {
    const { name, description, project_id, is_public } = parseInput(createInput, input);
    if (
      platform
        .collection(NAMESPACE)
        .named(name)
        .some((n) => n.region === locality)
    )
      throw new Problem(409, "conflict", `Namespace ${name} already exists`);
    const now = platform.clock.stamp();
    return {
      id: platform.ids.uuid(),
      name,
      description,
      organization_id: platform.organizationId,
      project_id: project_id ?? platform.defaultProjectId,
      is_public,
      region: locality,
      status: "ready",
      created_at: now,
      updated_at: now,
    };
  },
  update: (namespace, { platform, input }) => {
    const patch = parseInput(patchInput, input);
    return {
      ...namespace,
      description: patch.description ?? namespace.description,
      is_public: patch.is_public ?? namespace.is_public,
      updated_at: platform.clock.stamp(),
    };
  },
  remove: ({ id }, { platform }) => {
    forgetImages(platform, id);
    return false;
  },
  view: (namespace, { platform }) => view(namespace, platform),
}).map((route) =>
  route.method === "DELETE"
    ? {
        ...route,
        // Deleting answers the namespace as it goes.
        handle: (call: Call) => {
          const namespace = call.platform.collection(NAMESPACE).must(param(call, "id"), call.locality);
          const last = view({ ...namespace, status: "deleting" }, call.platform);
          route.handle(call);
          return last;
        },
      }
    : route,
);
