import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Call } from "../../core/routes.ts";
import { byName, byPartOfTag, crud, param, parseInput, type Route } from "../../core/routes.ts";

/** IAM v1alpha1: applications, groups and users. */
const base = {
  id: z.string(),
  name: z.string(),
  description: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  organization_id: z.string(),
  tags: z.array(z.string()),
  editable: z.boolean(),
  deletable: z.boolean(),
  managed: z.boolean(),
};

const applicationSchema = z.object({ ...base, nb_api_keys: z.number() });
export type Application = z.infer<typeof applicationSchema>;
export const APPLICATION: Kind<Application> = {
  kind: "iam.application",
  resource: "application",
  schema: applicationSchema,
  place: (a) => ({ locality: "global", project: "", name: a.name }),
};

const groupSchema = z.object({ ...base, user_ids: z.array(z.string()), application_ids: z.array(z.string()) });
export type Group = z.infer<typeof groupSchema>;
export const GROUP: Kind<Group> = {
  kind: "iam.group",
  resource: "group",
  schema: groupSchema,
  place: (g) => ({ locality: "global", project: "", name: g.name }),
};

const tags = z.array(z.string()).nullish();
const namedInput = z.object({ name: z.string().default(""), description: z.string().default(""), tags });
const namedPatch = z.object({ name: z.string().optional(), description: z.string().optional(), tags });

/** What applications, groups and policies share when they are made. */
export function newNamed(call: Call): Omit<Group, "user_ids" | "application_ids"> {
  const { name, description, tags: given } = parseInput(namedInput, call.input);
  const { ids, clock, organizationId } = call.platform;
  const id = ids.uuid();
  const now = clock.stamp();
  return {
    id,
    name: name === "" ? `iam-${id.slice(0, 8)}` : name,
    description,
    created_at: now,
    updated_at: now,
    organization_id: organizationId,
    tags: given ?? [],
    editable: true,
    deletable: true,
    managed: false,
  };
}

export const patchNamed = <T extends { name: string; description: string; tags: string[]; updated_at: string }>(
  body: T,
  call: Call,
): T => {
  const patch = parseInput(namedPatch, call.input);
  return {
    ...body,
    name: patch.name ?? body.name,
    description: patch.description ?? body.description,
    tags: patch.tags ?? body.tags,
    updated_at: call.platform.clock.stamp(),
  };
};

const members = z.object({ user_ids: z.array(z.string()).nullish(), application_ids: z.array(z.string()).nullish() });
const member = z.object({ user_id: z.string().optional(), application_id: z.string().optional() });
const GROUPS = "/iam/v1alpha1/groups";

const changeMembers = (call: Call, change: (group: Group) => Partial<Group>): Group => {
  const groups = call.platform.collection(GROUP);
  const group = groups.must(param(call, "id"));
  return groups.put({ ...group, ...change(group), updated_at: call.platform.clock.stamp() });
};

export const principalRoutes: readonly Route[] = [
  ...crud<Application>({
    path: "/iam/v1alpha1/applications",
    items: "applications",
    of: (p) => p.collection(APPLICATION),
    filters: {
      name: byName,
      tag: byPartOfTag,
      application_ids: (a, v) => a.id === v,
      editable: (a, v) => String(a.editable) === v,
    },
    create: (call) => ({ ...newNamed(call), nb_api_keys: 0 }),
    update: patchNamed,
    remove: (application, { platform }) => {
      // What hangs on an application goes with it: its keys, and its seat in groups.
      platform.store.database
        .prepare("DELETE FROM records WHERE kind = 'iam.api-key' AND name = ?")
        .run(application.id);
      for (const group of platform.collection(GROUP).all()) {
        if (group.application_ids.includes(application.id)) {
          platform
            .collection(GROUP)
            .put({ ...group, application_ids: group.application_ids.filter((id) => id !== application.id) });
        }
      }
      return false;
    },
  }),
  ...crud<Group>({
    path: GROUPS,
    items: "groups",
    of: (p) => p.collection(GROUP),
    filters: {
      name: byName,
      tag: byPartOfTag,
      application_ids: (g, v) => g.application_ids.includes(v),
      user_ids: (g, v) => g.user_ids.includes(v),
      group_ids: (g, v) => g.id === v,
    },
    create: (call) => ({ ...newNamed(call), user_ids: [], application_ids: [] }),
    update: patchNamed,
    remove: () => false,
  }),
  {
    method: "PUT",
    path: `${GROUPS}/:id/members`,
    handle: (call) => {
      const input = parseInput(members, call.input);
      return changeMembers(call, () => ({
        user_ids: input.user_ids ?? [],
        application_ids: input.application_ids ?? [],
      }));
    },
  },
  {
    method: "POST",
    path: `${GROUPS}/:id/add-member`,
    handle: (call) => {
      const { user_id, application_id } = parseInput(member, call.input);
      return changeMembers(call, (g) => ({
        user_ids: [...new Set([...g.user_ids, ...(user_id === undefined ? [] : [user_id])])],
        application_ids: [
          ...new Set([...g.application_ids, ...(application_id === undefined ? [] : [application_id])]),
        ],
      }));
    },
  },
  {
    method: "POST",
    path: `${GROUPS}/:id/add-members`,
    handle: (call) => {
      const { user_ids, application_ids } = parseInput(members, call.input);
      return changeMembers(call, (g) => ({
        user_ids: [...new Set([...g.user_ids, ...(user_ids ?? [])])],
        application_ids: [...new Set([...g.application_ids, ...(application_ids ?? [])])],
      }));
    },
  },
  {
    method: "POST",
    path: `${GROUPS}/:id/remove-member`,
    handle: (call) => {
      const gone = parseInput(member, call.input);
      return changeMembers(call, (g) => ({
        user_ids: g.user_ids.filter((id) => id !== gone.user_id),
        application_ids: g.application_ids.filter((id) => id !== gone.application_id),
      }));
    },
  },
];
