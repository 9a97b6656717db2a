import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import { crud, parseInput, type Route } from "../../core/routes.ts";

/** Cockpit v1: tokens that push to or query data sources. The secret is told once, at creation. */
const SCOPES = [
  "read_only_metrics",
  "write_only_metrics",
  "full_access_metrics_rules",
  "read_only_logs",
  "write_only_logs",
  "full_access_logs_rules",
  "full_access_alert_manager",
  "read_only_traces",
  "write_only_traces",
] as const;
const schema = z.object({
  id: z.string(),
  project_id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  region: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  /** Never shown again after its creation. */
  secret: z.string(),
});
type Token = z.infer<typeof schema>;

const TOKEN: Kind<Token> = {
  kind: "cockpit.token",
  resource: "token",
  schema,
  place: (t) => ({ locality: t.region, project: t.project_id, name: t.name }),
};

const createInput = z.object({
  project_id: z.string().optional(),
  name: z.string().min(1),
  token_scopes: z.array(z.enum(SCOPES)).nullish(),
});
const PATH = "/cockpit/v1/regions/:region/tokens";
const view = ({ secret: _, ...token }: Token): Readonly<Record<string, unknown>> => ({ ...token, secret_key: null });

const generic = crud<Token>({
  path: PATH,
  items: "tokens",
  of: (p) => p.collection(TOKEN),
  filters: {
    project_id: (t, v) => t.project_id === v,
    token_scopes: (t, v) => t.scopes.some((scope) => scope === v),
  },
  create: ({ platform, locality, input }) => {
    const { project_id, name, token_scopes } = parseInput(createInput, input);
    const now = platform.clock.stamp();
    return {
      id: platform.ids.uuid(),
      project_id: project_id ?? platform.defaultProjectId,
      name,
      scopes: [...new Set(token_scopes ?? [])],
      region: locality,
      created_at: now,
      updated_at: now,
      secret: platform.ids.hex(32),
    };
  },
  remove: () => false,
  view,
});

export const tokenRoutes: readonly Route[] = generic.map((route) =>
  route.method !== "POST"
    ? route
    : {
        ...route,
        handle: (call) => {
          const { id } = z.object({ id: z.string() }).parse(route.handle(call));
          const token = call.platform.collection(TOKEN).must(id);
          return { ...view(token), secret_key: token.secret };
        },
      },
);
