import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { Problem } from "../../core/problem.ts";
import { alsoByPut, byName, byTag, type Call, crud, parseInput, type Route } from "../../core/routes.ts";
import { instant } from "./instant.ts";
import { ruleSchema } from "./security-group-rule.ts";
import { SERVER } from "./server.ts";

/**
 * Instance API v1: security groups, which filter the public traffic of servers. Each project has a default one per zone, made
 * for the first server that names none; it accepts everything, and stays when the server goes.
 */
const policy = z.enum(["accept", "drop"]);
const schema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  organization: z.string(),
  project: z.string(),
  stateful: z.boolean(),
  inbound_default_policy: policy,
  outbound_default_policy: policy,
  project_default: z.boolean(),
  enable_default_security: z.boolean(),
  tags: z.array(z.string()),
  rules: z.array(ruleSchema),
  creation_date: z.string(),
  modification_date: z.string(),
  zone: z.string(),
});
export type SecurityGroup = z.infer<typeof schema>;

export const SECURITY_GROUP: Kind<SecurityGroup> = {
  kind: "instance.security-group",
  resource: "instance_security_group",
  schema,
  // A default group too keeps its project in use, until somebody deletes it (provider issues 2821, 3243).
  place: (g) => ({ locality: g.zone, project: g.project, name: g.name }),
};

const input = z.object({
  name: z.string().nullish(),
  description: z.string().nullish(),
  project: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  stateful: z.boolean().nullish(),
  inbound_default_policy: policy.nullish(),
  outbound_default_policy: policy.nullish(),
  enable_default_security: z.boolean().nullish(),
  project_default: z.boolean().nullish(),
});

function make(platform: Platform, zone: string, given: z.infer<typeof input>, isDefault: boolean): SecurityGroup {
  const id = platform.ids.uuid();
  const now = instant(platform);
  return {
    id,
    name: given.name === null || given.name === undefined || given.name === "" ? `sg-${id.slice(0, 8)}` : given.name,
    description: given.description ?? null,
    organization: platform.organizationId,
    project: given.project ?? platform.defaultProjectId,
    stateful: given.stateful ?? false,
    inbound_default_policy: given.inbound_default_policy ?? "accept",
    outbound_default_policy: given.outbound_default_policy ?? "accept",
    project_default: isDefault,
    enable_default_security: given.enable_default_security ?? true,
    tags: given.tags ?? [],
    rules: [],
    creation_date: now,
    modification_date: now,
    zone,
  };
}

/** The group of servers that name none. */
export function defaultGroup(platform: Platform, zone: string, project: string): SecurityGroup {
  const groups = platform.collection(SECURITY_GROUP);
  const found = groups.in(zone).find((g) => g.project_default && g.project === project);
  const wanted = {
    name: "Default security group",
    description: "Auto generated security group.",
    project,
    stateful: true,
  };
  return found ?? groups.put(make(platform, zone, wanted, true));
}

const view = ({ rules: _, ...group }: SecurityGroup, { platform }: Call): unknown => ({
  ...group,
  servers: platform
    .collection(SERVER)
    .in(group.zone)
    .filter((s) => s.security_group === group.id)
    .map(({ id, name }) => ({ id, name })),
  organization_default: group.project_default && group.project === platform.defaultProjectId,
  state: "available",
});

const PATH = "/instance/v1/zones/:zone/security_groups";

const generic = crud<SecurityGroup>({
  path: PATH,
  items: "security_groups",
  envelope: "security_group",
  of: (p) => p.collection(SECURITY_GROUP),
  filters: {
    name: byName,
    tags: byTag,
    project: (g, v) => g.project === v,
    organization: (g, v) => g.organization === v,
    project_default: (g, v) => String(g.project_default) === v,
  },
  create: ({ platform, locality, input: body }) => make(platform, locality, parseInput(input, body), false),
  update: (group, { platform, input: body }) => {
    const patch = parseInput(input, body);
    return {
      ...group,
      name: patch.name ?? group.name,
      description: patch.description ?? group.description,
      tags: patch.tags ?? group.tags,
      stateful: patch.stateful ?? group.stateful,
      inbound_default_policy: patch.inbound_default_policy ?? group.inbound_default_policy,
      outbound_default_policy: patch.outbound_default_policy ?? group.outbound_default_policy,
      enable_default_security: patch.enable_default_security ?? group.enable_default_security,
      modification_date: instant(platform),
    };
  },
  remove: (group, { platform }) => {
    // The API's own words, which its command line looks for.
    if (
      platform
        .collection(SERVER)
        .in(group.zone)
        .some((s) => s.security_group === group.id)
    )
      throw new Problem(400, "invalid_request_error", "group is in use. you cannot delete it.");
    return false;
  },
  view,
});

/** The whole group, by another method. */
export const securityGroupRoutes: readonly Route[] = [...generic, ...alsoByPut(generic, PATH)];
