import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { conflict, denied, notFound } from "../../core/problem.ts";
import { type Call, ordered, page, param, parseInput, type Route } from "../../core/routes.ts";
import { PROJECT } from "../account.ts";

/** Cockpit v1, global part: a project's Grafana and the users made for it. Their numbers never come back. */
const userSchema = z.object({ number: z.number(), login: z.string(), role: z.enum(["editor", "viewer"]) });
const schema = z.object({
  /** That of the project: there is one for each. */
  id: z.string(),
  next: z.number(),
  users: z.array(userSchema),
});
type Grafana = z.infer<typeof schema>;
type GrafanaUser = z.infer<typeof userSchema>;

const GRAFANA: Kind<Grafana> = {
  kind: "cockpit.grafana",
  resource: "grafana",
  schema,
  // It goes with its project, so it never keeps one from being deleted.
  place: (g) => ({ locality: "global", project: "", name: g.id }),
};

/** Number 1 is Grafana's own administrator. */
const FIRST_NUMBER = 2;
const PATH = "/cockpit/v1/grafana";
const userInput = z.object({
  project_id: z.string().optional(),
  login: z.string().regex(/^[a-zA-Z0-9_-]{2,24}$/, "2 to 24 letters, digits and dashes"),
  role: z.enum(["editor", "viewer"]),
});

function grafanaOf(platform: Platform, projectId: string): Grafana {
  if (platform.collection(PROJECT).find(projectId) === undefined) throw denied("cockpit", "read");
  return platform.collection(GRAFANA).find(projectId) ?? { id: projectId, next: FIRST_NUMBER, users: [] };
}

const queried = (call: Call): Grafana =>
  grafanaOf(call.platform, call.query.get("project_id") ?? call.platform.defaultProjectId);

const view = (user: GrafanaUser, password: string): unknown => ({
  id: user.number,
  login: user.login,
  role: user.role,
  password,
});

function userOf(call: Call): { readonly grafana: Grafana; readonly user: GrafanaUser } {
  const grafana = queried(call);
  const user = grafana.users.find((u) => String(u.number) === param(call, "id"));
  if (user === undefined) throw notFound("grafana_user", param(call, "id"));
  return { grafana, user };
}

export const grafanaRoutes: readonly Route[] = [
  // There are no dashboards that could be out of step.
  { method: "POST", path: `${PATH}/sync-data-sources`, handle: () => undefined },
  {
    method: "GET",
    path: PATH,
    handle: (call) => ({ grafana_url: `https://${queried(call).id}.dashboard.cockpit.scaleway.com` }),
  },
  {
    method: "GET",
    path: `${PATH}/users`,
    handle: (call) =>
      page(
        call,
        "grafana_users",
        ordered(call, queried(call).users).map((user) => view(user, "")),
      ),
  },
  {
    method: "POST",
    path: `${PATH}/users`,
    handle: (call) => {
      const { platform } = call;
      const { project_id, login, role } = parseInput(userInput, call.input);
      const grafana = grafanaOf(platform, project_id ?? platform.defaultProjectId);
      if (grafana.users.some((u) => u.login === login)) throw conflict("grafana_user", `${login} exists`);
      const user: GrafanaUser = { number: grafana.next, login, role };
      platform.collection(GRAFANA).put({ ...grafana, next: grafana.next + 1, users: [...grafana.users, user] });
      return view(user, platform.ids.hex(12));
    },
  },
  {
    method: "POST",
    path: `${PATH}/users/:id/reset-password`,
    handle: (call) => view(userOf(call).user, call.platform.ids.hex(12)),
  },
  {
    method: "DELETE",
    path: `${PATH}/users/:id`,
    handle: (call) => {
      const { grafana, user } = userOf(call);
      call.platform.collection(GRAFANA).put({ ...grafana, users: grafana.users.filter((u) => u !== user) });
      return undefined;
    },
  },
];
