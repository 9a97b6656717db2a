import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import { byName, crud, parseInput, type Route } from "../../core/routes.ts";

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

/** Retention of a source that names none, in days (documentation of Cockpit, 2026). */
const DEFAULT_DAYS = { metrics: 31, logs: 7, traces: 7 } as const;
const createInput = z.object({
  project_id: z.string().optional(),
  name: z.string(),
  type: z.enum(TYPES).default("metrics"),
  retention_days: z.number().int().min(1).max(365).nullish(),
});
const patchInput = z.object({ name: z.string().nullish(), retention_days: z.number().int().min(1).max(365).nullish() });

export const sourceRoutes: readonly Route[] = crud<Source>({
  path: "/cockpit/v1/regions/:region/data-sources",
  items: "data_sources",
  of: (p) => p.collection(SOURCE),
  filters: {
    name: byName,
    project_id: (s, v) => s.project_id === v,
    types: (s, v) => s.type === v,
    origin: (s, v) => v === "unknown_origin" || s.origin === v,
  },
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
  view: (s) => ({
    ...s,
    synchronized_with_grafana: false,
    url: `https://${s.id}.${s.type}.cockpit.${s.region}.scw.cloud`,
  }),
});
