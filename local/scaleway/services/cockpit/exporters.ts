import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { invalidArguments, notFound } from "../../core/problem.ts";
import { byName, crud, parseInput, type Route } from "../../core/routes.ts";
import type { Settle } from "../../core/transitions.ts";
import { productSources } from "./product-sources.ts";
import { PRODUCTS } from "./products.data.ts";
import { SOURCE, type Source } from "./sources.ts";

/** Cockpit v1: exporters, which send a data source's contents elsewhere. Here nothing leaves: only the setting is kept. */
const otlp = z.object({ endpoint: z.url(), headers: z.record(z.string(), z.string()).default({}) });
/** The destination's key is written and never read back. */
const datadog = z.object({ endpoint: z.url().nullish(), api_key: z.string().optional() });
const schema = z.object({
  id: z.string(),
  region: z.string(),
  project_id: z.string(),
  datasource_id: z.string(),
  name: z.string(),
  description: z.string(),
  status: z.enum(["creating", "ready"]),
  exported_products: z.array(z.string()),
  otlp_destination: otlp.optional(),
  datadog_destination: z.object({ endpoint: z.string() }).optional(),
  created_at: z.string(),
  updated_at: z.string(),
});
type Exporter = z.infer<typeof schema>;

export const EXPORTER: Kind<Exporter> = {
  kind: "cockpit.exporter",
  resource: "exporter",
  schema,
  place: (e) => ({ locality: e.region, project: e.project_id, name: e.name }),
};

const DATADOG_ENDPOINT = "https://api.datadoghq.com";
const shared = {
  description: z.string().nullish(),
  exported_products: z.array(z.string()).nullish(),
  otlp_destination: otlp.nullish(),
  datadog_destination: datadog.nullish(),
};
const createInput = z.object({ ...shared, datasource_id: z.string(), name: z.string().min(1) });
const patchInput = z.object({ ...shared, name: z.string().nullish() });

const KNOWN: ReadonlySet<string> = new Set(["all", ...PRODUCTS.map((p) => p.name)]);

function knownProducts(names: readonly string[]): string[] {
  const unknown = names.filter((name) => !KNOWN.has(name));
  if (unknown.length > 0)
    throw invalidArguments({
      argument: "exported_products",
      reason: "constraint",
      help: `unknown: ${unknown.join(", ")}`,
    });
  return [...names];
}

function sourceOf(platform: Platform, region: string, id: string): Source {
  const own = platform.collection(SOURCE).find(id);
  const found = own?.region === region ? own : productSources(platform, region).find((s) => s.id === id);
  if (found === undefined) throw notFound(SOURCE.resource, id);
  return found;
}

const destinationOf = (
  input: Pick<z.infer<typeof patchInput>, "otlp_destination" | "datadog_destination">,
): Partial<Exporter> => ({
  ...(input.otlp_destination ? { otlp_destination: input.otlp_destination } : {}),
  ...(input.datadog_destination
    ? { datadog_destination: { endpoint: input.datadog_destination.endpoint ?? DATADOG_ENDPOINT } }
    : {}),
});

export const exporterRoutes: readonly Route[] = crud<Exporter>({
  path: "/cockpit/v1/regions/:region/exporters",
  items: "exporters",
  of: (p) => p.collection(EXPORTER),
  filters: {
    name: byName,
    project_id: (e, v) => e.project_id === v,
    datasource_id: (e, v) => e.datasource_id === v,
  },
  create: ({ platform, locality, input }) => {
    const given = parseInput(createInput, input);
    const destination = destinationOf(given);
    if (Object.keys(destination).length !== 1)
      throw invalidArguments({ argument: "destination", reason: "required", help: "one of datadog and otlp" });
    const now = platform.clock.stamp();
    const id = platform.ids.uuid();
    platform.later(EXPORTER, id);
    return {
      id,
      region: locality,
      project_id: sourceOf(platform, locality, given.datasource_id).project_id,
      datasource_id: given.datasource_id,
      name: given.name,
      description: given.description ?? "",
      status: "creating",
      exported_products: knownProducts(given.exported_products ?? ["all"]),
      ...destination,
      created_at: now,
      updated_at: now,
    };
  },
  update: (exporter, { platform, input }) => {
    const patch = parseInput(patchInput, input);
    platform.later(EXPORTER, exporter.id);
    return {
      ...exporter,
      name: patch.name ?? exporter.name,
      description: patch.description ?? exporter.description,
      exported_products: knownProducts(patch.exported_products ?? exporter.exported_products),
      ...destinationOf(patch),
      status: "creating",
      updated_at: platform.clock.stamp(),
    };
  },
  remove: () => false,
  view: ({ region: _, project_id: __, ...exporter }) => exporter,
});

export const settleExporter: Settle = (platform, id) => {
  const exporters = platform.collection(EXPORTER);
  const exporter = exporters.find(id);
  if (exporter !== undefined) exporters.put({ ...exporter, status: "ready" });
};
