import { z } from "zod";
import { overlaps, parseCidr } from "../../../../kernel/cidr.ts";
import type { Kind } from "../../core/collection.ts";
import type { Platform } from "../../core/platform.ts";
import { conflict, invalidArguments } from "../../core/problem.ts";
import { byAnyTag, byName, type Call, crud, ordered, page, param, parseInput, type Route } from "../../core/routes.ts";
import { PRIVATE_NETWORK } from "./private-networks.ts";
import { VPC, type Vpc } from "./vpcs.ts";

/**
 * VPC v2: connectors (peering), within one region. Each side makes its own: a lone one stays `orphan`, a pair is `peered`, a
 * pair over networks that overlap is in `conflict`. The status follows from what is there at the time of reading.
 */
const schema = z.object({
  id: z.string(),
  name: z.string(),
  organization_id: z.string(),
  project_id: z.string(),
  vpc_id: z.string(),
  target_vpc_id: z.string(),
  tags: z.array(z.string()),
  region: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Connector = z.infer<typeof schema>;

export const CONNECTOR: Kind<Connector> = {
  kind: "vpc.connector",
  resource: "vpc_connector",
  schema,
  place: (c) => ({ locality: c.region, project: c.project_id, name: c.name }),
};

const PATH = "/vpc/v2/regions/:region/vpc-connectors";
const createInput = z.object({
  name: z.string().default(""),
  tags: z.array(z.string()).nullish(),
  vpc_id: z.string(),
  target_vpc_id: z.string(),
});
const patchInput = z.object({ name: z.string().nullish(), tags: z.array(z.string()).nullish() });

interface Overlap {
  readonly subnet_id: string;
  readonly subnet: string;
  readonly target_subnet_id: string;
  readonly target_subnet: string;
}

function overlapsOf(platform: Platform, connector: Connector): readonly Overlap[] {
  const networks = platform.collection(PRIVATE_NETWORK).in(connector.region);
  const subnets = (vpcId: string) => networks.filter((n) => n.vpc_id === vpcId).flatMap((n) => n.subnets);
  return subnets(connector.vpc_id).flatMap((mine) =>
    subnets(connector.target_vpc_id).flatMap((theirs) => {
      const [left, right] = [parseCidr(mine.subnet), parseCidr(theirs.subnet)];
      return left !== undefined && right !== undefined && overlaps(left, right)
        ? [{ subnet_id: mine.id, subnet: mine.subnet, target_subnet_id: theirs.id, target_subnet: theirs.subnet }]
        : [];
    }),
  );
}

function statusOf(platform: Platform, connector: Connector): "orphan" | "peered" | "conflict" {
  const back = platform
    .collection(CONNECTOR)
    .in(connector.region)
    .some((c) => c.vpc_id === connector.target_vpc_id && c.target_vpc_id === connector.vpc_id);
  if (!back) return "orphan";
  return overlapsOf(platform, connector).length > 0 ? "conflict" : "peered";
}

/** Who is at the other end is told to those who are connected. */
function connectorView(connector: Connector, { platform }: Call): unknown {
  const status = statusOf(platform, connector);
  const peer = status === "peered" ? platform.collection(VPC).find(connector.target_vpc_id) : undefined;
  if (peer === undefined) return { ...connector, status };
  const peer_info = { organization_id: peer.organization_id, project_id: peer.project_id, vpc_name: peer.name };
  return { ...connector, status, peer_info };
}

/** A VPC takes its own connectors along; those of others that led to it stay, as orphans. */
export function dropConnectorsOf(platform: Platform, vpc: Vpc): void {
  const connectors = platform.collection(CONNECTOR);
  for (const connector of connectors.in(vpc.region).filter((c) => c.vpc_id === vpc.id)) connectors.remove(connector.id);
}

export const connectorRoutes: readonly Route[] = [
  ...crud<Connector>({
    path: PATH,
    items: "vpc_connectors",
    of: (p) => p.collection(CONNECTOR),
    filters: {
      name: byName,
      tags: byAnyTag,
      organization_id: (c, v) => c.organization_id === v,
      project_id: (c, v) => c.project_id === v,
      vpc_id: (c, v) => c.vpc_id === v,
      target_vpc_id: (c, v) => c.target_vpc_id === v,
      status: (c, v, { platform }) => v === "unknown_vpc_connector_status" || statusOf(platform, c) === v,
    },
    create: ({ platform, locality, input }) => {
      const { name, tags, vpc_id, target_vpc_id } = parseInput(createInput, input);
      const vpc = platform.collection(VPC).must(vpc_id, locality);
      platform.collection(VPC).must(target_vpc_id, locality);
      if (vpc_id === target_vpc_id)
        throw invalidArguments({ argument: "target_vpc_id", reason: "constraint", help: "must be another VPC" });
      const twin = platform
        .collection(CONNECTOR)
        .in(locality)
        .some((c) => c.vpc_id === vpc_id && c.target_vpc_id === target_vpc_id);
      if (twin) throw conflict("vpc_connector", "these VPCs are connected already");
      const id = platform.ids.uuid();
      const now = platform.clock.stamp();
      return {
        id,
        name: name === "" ? `connector-${id.slice(0, 8)}` : name,
        organization_id: vpc.organization_id,
        project_id: vpc.project_id,
        vpc_id,
        target_vpc_id,
        tags: tags ?? [],
        region: locality,
        created_at: now,
        updated_at: now,
      };
    },
    update: (connector, { platform, input }) => {
      const patch = parseInput(patchInput, input);
      return {
        ...connector,
        name: patch.name ?? connector.name,
        tags: patch.tags ?? connector.tags,
        updated_at: platform.clock.stamp(),
      };
    },
    remove: () => false,
    view: connectorView,
  }),
  {
    method: "GET",
    path: `${PATH}/:id/subnet-overlaps`,
    handle: (call) => {
      const connector = call.platform.collection(CONNECTOR).must(param(call, "id"), call.locality);
      return page(
        call,
        "subnet_overlaps",
        ordered(call, overlapsOf(call.platform, connector), { unasked: "subnet_asc" }),
      );
    },
  },
];
