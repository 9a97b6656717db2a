import { z } from "zod";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { preconditionFailed } from "../../core/problem.ts";
import { byAnyTag, byName, type Call, crud, param, parseInput, type Route } from "../../core/routes.ts";
import { PROJECT } from "../account.ts";
import { dropAcls } from "./acl.ts";
import { dropConnectorsOf } from "./connectors.ts";
import { PRIVATE_NETWORK } from "./private-networks.ts";
import { withdraw } from "./routes.ts";

/** VPC v2: the networks' home in a region. Each project has a default one per region, which cannot be deleted. */
const schema = z.object({
  id: z.string(),
  name: z.string(),
  organization_id: z.string(),
  project_id: z.string(),
  region: z.string(),
  tags: z.array(z.string()),
  is_default: z.boolean(),
  routing_enabled: z.boolean(),
  custom_routes_propagation_enabled: z.boolean(),
  transitivity_enabled: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Vpc = z.infer<typeof schema>;

export const VPC: Kind<Vpc> = {
  kind: "vpc.vpc",
  resource: "vpc",
  schema,
  place: (v) => ({ locality: v.region, project: v.is_default ? "" : v.project_id, name: v.name }),
};

const VPCS = "/vpc/v2/regions/:region/vpcs";

const createInput = z.object({
  name: z.string().default(""),
  project_id: z.string().optional(),
  tags: z.array(z.string()).nullish(),
  // Routing cannot be off: asking for false is answered with true (recordings).
  enable_routing: z.boolean().optional(),
  enable_transitivity: z.boolean().default(false),
});
const patchInput = z.object({ name: z.string().nullish(), tags: z.array(z.string()).nullish() });

function newVpc(
  platform: Platform,
  region: string,
  of: { name: string; project: string; tags: string[]; isDefault: boolean; transitive: boolean },
): Vpc {
  const now = platform.clock.stamp();
  const id = platform.ids.uuid();
  return {
    id,
    name: of.name === "" ? `vpc-${id.slice(0, 8)}` : of.name,
    organization_id: platform.organizationId,
    project_id: of.project,
    region,
    tags: of.tags,
    is_default: of.isDefault,
    routing_enabled: true,
    custom_routes_propagation_enabled: true,
    transitivity_enabled: of.transitive,
    created_at: now,
    updated_at: now,
  };
}

/** The default VPC of a project in a region, made when it is first needed. */
export function defaultVpc(platform: Platform, region: string, project: string): Vpc {
  const vpcs = platform.collection(VPC);
  const found = vpcs.in(region).find((v) => v.is_default && v.project_id === project);
  return (
    found ??
    vpcs.put(
      newVpc(platform, region, { name: "default", project, tags: ["default"], isDefault: true, transitive: false }),
    )
  );
}

const view = (vpc: Vpc, { platform }: Call): unknown => ({
  ...vpc,
  private_network_count: platform
    .collection(PRIVATE_NETWORK)
    .in(vpc.region)
    .filter((n) => n.vpc_id === vpc.id).length,
});

const enable = (verb: string, field: keyof Vpc): Route => ({
  method: "POST",
  path: `${VPCS}/:id/${verb}`,
  handle: (call) => {
    const vpcs = call.platform.collection(VPC);
    const vpc = vpcs.must(param(call, "id"), call.locality);
    return view(vpcs.put({ ...vpc, [field]: true, updated_at: call.platform.clock.stamp() }), call);
  },
});

export const vpcRoutes: readonly Route[] = [
  ...crud<Vpc>({
    path: VPCS,
    items: "vpcs",
    of: (p) => p.collection(VPC),
    filters: {
      name: byName,
      tags: byAnyTag,
      organization_id: (v, id) => v.organization_id === id,
      project_id: (v, id) => v.project_id === id,
      routing_enabled: (v, is) => String(v.routing_enabled) === is,
      is_default: (v, is) => String(v.is_default) === is,
    },
    create: ({ platform, locality, input }) => {
      const { name, project_id, tags, enable_transitivity } = parseInput(createInput, input);
      return newVpc(platform, locality, {
        name,
        project: project_id ?? platform.defaultProjectId,
        tags: tags ?? [],
        isDefault: false,
        transitive: enable_transitivity,
      });
    },
    update: (vpc, { platform, input }) => {
      const patch = parseInput(patchInput, input);
      return { ...vpc, name: patch.name ?? vpc.name, tags: patch.tags ?? vpc.tags, updated_at: platform.clock.stamp() };
    },
    remove: (vpc, { platform }) => {
      if (vpc.is_default) throw preconditionFailed("default_vpc", "the default VPC cannot be deleted");
      if (
        platform
          .collection(PRIVATE_NETWORK)
          .in(vpc.region)
          .some((n) => n.vpc_id === vpc.id)
      ) {
        throw preconditionFailed("resource_still_in_use", "the VPC still holds private networks");
      }
      dropAcls(platform, vpc.id);
      withdraw(platform, vpc.id);
      dropConnectorsOf(platform, vpc);
      return false;
    },
    view,
  }),
  enable("enable-routing", "routing_enabled"),
  enable("enable-custom-routes-propagation", "custom_routes_propagation_enabled"),
];

/** Listing VPCs shows the default one of the default project, as a fresh account does. */
export const vpcListRoutes: readonly Route[] = vpcRoutes.map((route) =>
  route.method === "GET" && route.path === VPCS
    ? {
        ...route,
        handle: (call: Call) => {
          const project = call.query.get("project_id") ?? call.platform.defaultProjectId;
          if (call.platform.collection(PROJECT).find(project) !== undefined)
            defaultVpc(call.platform, call.locality, project);
          return route.handle(call);
        },
      }
    : route,
);
