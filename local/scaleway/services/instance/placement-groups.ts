import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import { byName, byTag, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import { dropPlacementGroup, SERVER } from "./server.ts";

/**
 * Instance API: placement groups, which keep servers apart or together. One record, two faces: v1 knows the policy's mode,
 * v2alpha1 does not.
 */
const policyType = z.enum(["max_availability", "low_latency"]);
const schema = z.object({
  id: z.string(),
  name: z.string(),
  project_id: z.string(),
  organization_id: z.string(),
  policy_mode: z.enum(["optional", "enforced"]),
  policy_type: policyType,
  tags: z.array(z.string()),
  created_at: z.string(),
  updated_at: z.string(),
  zone: z.string(),
});
export type PlacementGroup = z.infer<typeof schema>;

export const PLACEMENT_GROUP: Kind<PlacementGroup> = {
  kind: "instance.placement-group",
  resource: "instance_placement_group",
  schema,
  place: (g) => ({ locality: g.zone, project: g.project_id, name: g.name }),
};

const input = z.object({
  name: z.string().nullish(),
  project: z.string().nullish(),
  project_id: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  policy_mode: z.enum(["optional", "enforced"]).nullish(),
  // An unknown type means: as it is (recordings).
  policy_type: policyType.or(z.literal("unknown_policy_type")).nullish(),
});

const typeOr = (asked: z.infer<typeof input>["policy_type"], otherwise: PlacementGroup["policy_type"]) =>
  asked === null || asked === undefined || asked === "unknown_policy_type" ? otherwise : asked;

function create({ platform, locality, input: body }: Call): PlacementGroup {
  const given = parseInput(input, body);
  const id = platform.ids.uuid();
  const now = platform.clock.stamp();
  return {
    id,
    name: given.name === null || given.name === undefined || given.name === "" ? `pg-${id.slice(0, 8)}` : given.name,
    project_id: given.project_id ?? given.project ?? platform.defaultProjectId,
    organization_id: platform.organizationId,
    policy_mode: given.policy_mode ?? "optional",
    policy_type: typeOr(given.policy_type, "max_availability"),
    tags: given.tags ?? [],
    created_at: now,
    updated_at: now,
    zone: locality,
  };
}

function update(group: PlacementGroup, { platform, input: body }: Call): PlacementGroup {
  const patch = parseInput(input, body);
  return {
    ...group,
    name: patch.name ?? group.name,
    tags: patch.tags ?? group.tags,
    policy_mode: patch.policy_mode ?? group.policy_mode,
    policy_type: typeOr(patch.policy_type, group.policy_type),
    updated_at: platform.clock.stamp(),
  };
}

/** As v1 shows a group, alone or within a server (where `respected` is always false: recordings). */
export const groupView = (group: PlacementGroup, respected: boolean): unknown => ({
  id: group.id,
  name: group.name,
  organization: group.organization_id,
  project: group.project_id,
  policy_mode: group.policy_mode,
  policy_type: group.policy_type,
  policy_respected: respected,
  tags: group.tags,
  zone: group.zone,
});

const shared = {
  of: (p: Call["platform"]) => p.collection(PLACEMENT_GROUP),
  create,
  update,
  remove: (group: PlacementGroup, { platform }: Call): boolean => {
    dropPlacementGroup(platform, group.id);
    return false;
  },
};
const V1 = "/instance/v1/zones/:zone/placement_groups";

export const placementGroupRoutes: readonly Route[] = [
  ...crud<PlacementGroup>({
    ...shared,
    path: V1,
    items: "placement_groups",
    envelope: "placement_group",
    filters: { project: (g, v) => g.project_id === v, name: byName, tags: byTag },
    view: (group) => groupView(group, true),
  }),
  ...crud<PlacementGroup>({
    ...shared,
    path: "/instance/v2alpha1/zones/:zone/placement-groups",
    items: "placement_groups",
    filters: { project_id: (g, v) => g.project_id === v, name: byName, tags: byTag },
    view: ({ organization_id: _, policy_mode: __, ...group }) => group,
  }),
  // The whole group, by another method.
  {
    method: "PUT",
    path: `${V1}/:id`,
    handle: (call) => {
      const groups = call.platform.collection(PLACEMENT_GROUP);
      return {
        placement_group: groupView(groups.put(update(groups.must(param(call, "id"), call.locality), call)), true),
      };
    },
  },
  { method: "GET", path: `${V1}/:id/servers`, handle: (call) => membersView(call, groupOf(call)) },
  { method: "PUT", path: `${V1}/:id/servers`, handle: setMembers },
  { method: "PATCH", path: `${V1}/:id/servers`, handle: setMembers },
];

const groupOf = (call: Call): PlacementGroup =>
  call.platform.collection(PLACEMENT_GROUP).must(param(call, "id"), call.locality);

function membersView({ platform, locality }: Call, group: PlacementGroup): unknown {
  const members = platform
    .collection(SERVER)
    .in(locality)
    .filter((s) => s.placement_group === group.id);
  return { servers: members.map(({ id, name }) => ({ id, name, policy_respected: true })) };
}

/** Those named are in the group, all others are not. */
function setMembers(call: Call): unknown {
  const group = groupOf(call);
  const { servers: ids } = parseInput(z.object({ servers: z.array(z.string()) }), call.input);
  const servers = call.platform.collection(SERVER);
  const wanted = new Set(ids.map((id) => servers.must(id, call.locality).id));
  for (const server of servers.in(call.locality)) {
    if (wanted.has(server.id)) servers.put({ ...server, placement_group: group.id });
    else if (server.placement_group === group.id) servers.put({ ...server, placement_group: null });
  }
  return membersView(call, group);
}
