import { z } from "zod";
import type { Kind } from "../core/collection.ts";
import type { Platform } from "../core/platform.ts";
import { conflict, preconditionFailed } from "../core/problem.ts";
import { byName, crud, param, parseInput, type Route } from "../core/routes.ts";

/** Account API v3: the projects of the organization. */
const schema = z.object({
  id: z.string(),
  name: z.string(),
  organization_id: z.string(),
  description: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  /** What a project is for, in words of the API's own that are kept as they come. */
  qualification: z.record(z.string(), z.unknown()).nullable(),
});
export type Project = z.infer<typeof schema>;

export const PROJECT: Kind<Project> = {
  kind: "account.project",
  // The API's own word when one is not found (recordings).
  resource: "project_id",
  schema,
  place: (p) => ({ locality: "global", project: p.id, name: p.name }),
};

const createInput = z.object({
  name: z.string().default(""),
  organization_id: z.string().optional(),
  description: z.string().default(""),
});
const updateInput = z.object({ name: z.string().optional(), description: z.string().optional() });

/**
 * Whether something still lives in a project; kinds whose deletion goes with the project don't count. Nor do keys whose
 * deletion is scheduled: that a project can go before them is our assumption, no recording shows it.
 */
const inUse = (platform: Platform, projectId: string): boolean =>
  platform.store.database
    .prepare(
      `SELECT 1 FROM records
       WHERE project = ? AND kind NOT IN ('account.project', 'instance.default-security-group', 'vpc.default')
         AND coalesce(json_extract(body, '$.state'), '') <> 'scheduled_for_deletion' LIMIT 1`,
    )
    .get(projectId) !== undefined;

const refuseTaken = (platform: Platform, name: string, except?: string): void => {
  if (
    platform
      .collection(PROJECT)
      .named(name)
      .some((p) => p.id !== except)
  )
    throw conflict("project", `a project named ${name} exists`);
};

const qualificationInput = z.object({ qualification: z.record(z.string(), z.unknown()) });

const projectRoutes = crud<Project>({
  path: "/account/v3/projects",
  items: "projects",
  of: (platform) => platform.collection(PROJECT),
  filters: { name: byName, organization_id: (p, v) => p.organization_id === v, project_ids: (p, v) => p.id === v },
  create: ({ platform, input }) => {
    const { name, description } = parseInput(createInput, input);
    const id = platform.ids.uuid();
    const now = platform.clock.stamp();
    refuseTaken(platform, name);
    return {
      id,
      name: name === "" ? `project-${id.slice(0, 8)}` : name,
      organization_id: platform.organizationId,
      description,
      created_at: now,
      updated_at: now,
      qualification: null,
    };
  },
  update: (project, { platform, input }) => {
    const patch = parseInput(updateInput, input);
    if (patch.name !== undefined) refuseTaken(platform, patch.name, project.id);
    return {
      ...project,
      name: patch.name ?? project.name,
      description: patch.description ?? project.description,
      updated_at: platform.clock.stamp(),
    };
  },
  remove: (project, { platform }) => {
    if (project.id === platform.defaultProjectId)
      throw preconditionFailed("default_project", "the default project cannot be deleted");
    if (inUse(platform, project.id))
      throw preconditionFailed("resource_still_in_use", "the project still holds resources");
    // A project's alert managers have no life of their own.
    platform.store.database
      .prepare("DELETE FROM records WHERE kind = 'cockpit.alert-manager' AND name = ?")
      .run(project.id);
    return false;
  },
});

export const accountRoutes: readonly Route[] = [
  ...projectRoutes,
  {
    method: "POST",
    path: "/account/v3/projects/:id/project-qualification",
    handle: (call) => {
      const projects = call.platform.collection(PROJECT);
      const project = projects.must(param(call, "id"));
      const { qualification } = parseInput(qualificationInput, call.input);
      projects.put({ ...project, qualification, updated_at: call.platform.clock.stamp() });
      return { project_id: project.id, qualification };
    },
  },
];
