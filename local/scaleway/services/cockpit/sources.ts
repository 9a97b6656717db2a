import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import { byName, type Call, crud, filtered, ordered, page, param, parseInput, type Route } from "../../core/routes.ts";
import { productSources } from "./product-sources.ts";
import { DEFAULT_DAYS, RETENTION_DAYS } from "./products.ts";

/** Cockpit v1: data sources of logs, metrics and traces in a region. */
const TYPES = ["metrics", "logs", "traces"] as const;
const schema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(TYPES),
  origin: z.enum(["custom", "scaleway", "external"]),
  project_id: z.string(),
  region: z.string(),
  retention_days: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Source = z.infer<typeof schema>;

export const SOURCE: Kind<Source> = {
  kind: "cockpit.data-source",
  resource: "data source",
  schema,
  place: (s) => ({ locality: s.region, project: s.project_id, name: s.name }),
};

const days = z.number().int().min(RETENTION_DAYS.min_days).max(RETENTION_DAYS.max_days).nullish();
const createInput = z.object({
  project_id: z.string().optional(),
  name: z.string(),
  type: z.enum(TYPES).default("metrics"),
  retention_days: days,
});
const patchInput = z.object({ name: z.string().nullish(), retention_days: days });

const PATH = "/cockpit/v1/regions/:region/data-sources";
const filters: Readonly<Record<string, (source: Source, value: string) => boolean>> = {
  name: byName,
  project_id: (s, v) => s.project_id === v,
  types: (s, v) => s.type === v,
  origin: (s, v) => v === "unknown_origin" || s.origin === v,
};

const view = (source: Source): unknown => ({
  ...source,
  synchronized_with_grafana: source.origin === "scaleway",
  current_month_usage: 0,
  url: `https://${source.id}.${source.type}.cockpit.${source.region}.scw.cloud`,
});

const own = crud<Source>({
  path: PATH,
  items: "data_sources",
  of: (p) => p.collection(SOURCE),
  filters,
  create: ({ platform, locality, input }) => {
    const given = parseInput(createInput, input);
    const now = platform.clock.stamp();
    return {
      id: platform.ids.uuid(),
      name: given.name,
      type: given.type,
      origin: "custom",
      project_id: given.project_id ?? platform.defaultProjectId,
      region: locality,
      retention_days: given.retention_days ?? DEFAULT_DAYS[given.type],
      created_at: now,
      updated_at: now,
    };
  },
  update: (source, { platform, input }) => {
    const patch = parseInput(patchInput, input);
    return {
      ...source,
      name: patch.name ?? source.name,
      retention_days: patch.retention_days ?? source.retention_days,
      updated_at: platform.clock.stamp(),
    };
  },
  remove: () => false,
  view,
});

const everySource = (call: Call): readonly Source[] => [
  ...productSources(call.platform, call.locality),
  ...call.platform.collection(SOURCE).in(call.locality),
];

/** Reading shows the platform's own sources too; writing reaches only the customer's. */
export const sourceRoutes: readonly Route[] = own.map((route) => {
  if (route.method !== "GET") return route;
  if (route.path === PATH)
    return {
      ...route,
      handle: (call) => page(call, "data_sources", ordered(call, filtered(call, everySource(call), filters)).map(view)),
    };
  return {
    ...route,
    handle: (call) => {
      const shipped = productSources(call.platform, call.locality).find((s) => s.id === param(call, "id"));
      return shipped === undefined ? route.handle(call) : view(shipped);
    },
  };
});
