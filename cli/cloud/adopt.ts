import type { StateResource } from "../engine/state-file.ts";
import type { Item, ScalewayApi } from "./api.ts";
import { bucketExists } from "./buckets.ts";

/**
 * A run killed between a create and its checkpoint leaves a *pending create*: the resource may exist without the state
 * knowing its id. Names are a frozen function of the plan and unique per project and locality, so an exact match on what
 * the create asked for finds it; the engine then imports it (`refresh --import-pending-creates`).
 */
export interface Adoption {
  readonly urn: string;
  /** What becomes of the create. `deleted`: it was there, and of no use; like `clear`, it is to be made. */
  readonly action: "import" | "clear" | "deleted";
  readonly id?: string;
  readonly why: string;
}

type Inputs = Readonly<Record<string, unknown>>;

interface Lookup {
  readonly path: (inputs: Inputs, api: Pick<ScalewayApi, "organizationId">) => string;
  readonly items: string;
  /** Pairs of API field and input property that must be equal. */
  readonly same: readonly (readonly [field: string, input: string])[];
  readonly id: (item: Item, inputs: Inputs) => string;
  /** Where one of them is deleted. Default: its id below the list. */
  readonly at?: (item: Item, inputs: Inputs) => string;
  /** Why such an orphan is of no use to a state: it is deleted instead of adopted, and made again. */
  readonly useless?: string;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
/** Ids are `<locality>/<uuid>` in Pulumi and bare in the API. */
const bare = (value: unknown): string => text(value).split("/").at(-1) ?? "";

const NAMED = [
  ["name", "name"],
  ["project_id", "projectId"],
] as const;
const regional = (product: string, kind: string, items: string, same: Lookup["same"] = NAMED): Lookup => ({
  path: (i) => `/${product}/regions/${text(i.region)}/${kind}`,
  items,
  same,
  id: (item, i) => `${text(i.region)}/${text(item.id)}`,
});
const zonal = (product: string, kind: string, items: string, same: Lookup["same"] = NAMED): Lookup => ({
  path: (i) => `/${product}/zones/${text(i.zone)}/${kind}`,
  items,
  same,
  id: (item, i) => `${text(i.zone)}/${text(item.id)}`,
});
const global = (path: string, items: string, same: Lookup["same"] = [["name", "name"]]): Lookup => ({
  path: (_, api) => `${path}?organization_id=${api.organizationId}`,
  items,
  same,
  id: (item) => text(item.id),
});

/** Types not named here are set-type (asking again sets the same thing) or live only in the state: they are cleared. */
const LOOKUPS: Readonly<Record<string, Lookup>> = {
  "scaleway:account/project:Project": global("/account/v3/projects", "projects"),
  "scaleway:iam/application:Application": global("/iam/v1alpha1/applications", "applications"),
  "scaleway:iam/group:Group": global("/iam/v1alpha1/groups", "groups"),
  "scaleway:iam/policy:Policy": global("/iam/v1alpha1/policies", "policies"),
  "scaleway:iam/sshKey:SshKey": global("/iam/v1alpha1/ssh-keys", "ssh_keys", NAMED),
  "scaleway:iam/apiKey:ApiKey": {
    ...global("/iam/v1alpha1/api-keys", "api_keys", [
      ["description", "description"],
      ["application_id", "applicationId"],
    ]),
    id: (item) => text(item.access_key),
    at: (item) => `/iam/v1alpha1/api-keys/${text(item.access_key)}`,
    useless: "its secret was shown only once",
  },
  "scaleway:network/vpc:Vpc": regional("vpc/v2", "vpcs", "vpcs"),
  "scaleway:network/privateNetwork:PrivateNetwork": regional("vpc/v2", "private-networks", "private_networks", [
    ...NAMED,
    ["vpc_id", "vpcId"],
  ]),
  "scaleway:network/route:Route": {
    ...regional("vpc/v2", "routes-with-nexthop", "routes", [
      ["vpc_id", "vpcId"],
      ["destination", "destination"],
    ]),
    at: (item, i) => `/vpc/v2/regions/${text(i.region)}/routes/${text(item.id)}`,
  },
  "scaleway:ipam/ip:Ip": regional("ipam/v1", "ips", "ips", [
    ["address", "address"],
    ["project_id", "projectId"],
  ]),
  "scaleway:network/publicGateway:PublicGateway": zonal("vpc-gw/v2", "gateways", "gateways"),
  "scaleway:network/publicGatewayIp:PublicGatewayIp": zonal("vpc-gw/v2", "ips", "ips", [
    ["tags", "tags"],
    ["project_id", "projectId"],
  ]),
  "scaleway:network/gatewayNetwork:GatewayNetwork": zonal("vpc-gw/v2", "gateway-networks", "gateway_networks", [
    ["gateway_id", "gatewayId"],
    ["private_network_id", "privateNetworkId"],
  ]),
  "scaleway:network/publicGatewayPatRule:PublicGatewayPatRule": zonal("vpc-gw/v2", "pat-rules", "pat_rules", [
    ["gateway_id", "gatewayId"],
    ["public_port", "publicPort"],
  ]),
  "scaleway:instance/server:Server": zonal("instance/v1", "servers", "servers", [
    ["name", "name"],
    ["project", "projectId"],
  ]),
  "scaleway:instance/privateNic:PrivateNic": {
    path: (i) => `/instance/v1/zones/${text(i.zone)}/servers/${bare(i.serverId)}/private_nics`,
    items: "private_nics",
    same: [["private_network_id", "privateNetworkId"]],
    id: (item, i) => `${text(i.zone)}/${bare(i.serverId)}/${text(item.id)}`,
  },
  "scaleway:instance/securityGroup:SecurityGroup": zonal("instance/v1", "security_groups", "security_groups", [
    ["name", "name"],
    ["project", "projectId"],
  ]),
  "scaleway:kubernetes/cluster:Cluster": regional("k8s/v1", "clusters", "clusters"),
  "scaleway:kubernetes/pool:Pool": {
    ...regional("k8s/v1", "clusters", "pools", [["name", "name"]]),
    path: (i) => `/k8s/v1/regions/${text(i.region)}/clusters/${bare(i.clusterId)}/pools`,
    at: (item, i) => `/k8s/v1/regions/${text(i.region)}/pools/${text(item.id)}`,
  },
  "scaleway:registry/namespace:Namespace": regional("registry/v1", "namespaces", "namespaces"),
  "scaleway:observability/source:Source": regional("cockpit/v1", "data-sources", "data_sources"),
  "scaleway:secrets/secret:Secret": regional("secret-manager/v1beta1", "secrets", "secrets"),
  "scaleway:secrets/version:Version": {
    path: (i) =>
      `/secret-manager/v1beta1/regions/${text(i.region)}/secrets/${bare(i.secretId)}/versions?status=enabled`,
    items: "versions",
    same: [["description", "description"]],
    id: (item, i) => `${text(i.region)}/${bare(i.secretId)}/${String(item.revision)}`,
    at: (item, i) =>
      `/secret-manager/v1beta1/regions/${text(i.region)}/secrets/${bare(i.secretId)}/versions/${String(item.revision)}`,
    // 2.80.0, `ResourceVersionRead`: without what it holds, the next plan would replace it.
    useless: "the provider does not read back what it holds",
  },
  "bastide:keymanager:Key": regional("key-manager/v1alpha1", "keys", "keys"),
  "bastide:audittrail:ExportJob": {
    ...regional("audit-trail/v1alpha1", "export-jobs", "export_jobs", [["name", "name"]]),
    path: (i, api) =>
      `/audit-trail/v1alpha1/regions/${text(i.region)}/export-jobs?organization_id=${api.organizationId}`,
  },
};

const normal = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(String).sort().join(",")
    : typeof value === "string"
      ? bare(value)
      : String(value ?? "");

const BUCKET = "scaleway:object/bucket:Bucket";

/** Types of which the cloud can be asked whether a create was carried out; the others are settings, and set again. */
export const canBeFound = (type: string): boolean => type === BUCKET || LOOKUPS[type] !== undefined;

/** A resource of the cloud that is exactly what a create asked for. */
export interface Match {
  readonly id: string;
  /** ISO instant of its making; empty where the API tells none. */
  readonly made: string;
  /** Path that deletes it. */
  readonly at: string;
}

/** Secrets and keys are listed until their deletion is due. */
const isThere = (item: Item): boolean =>
  (item.deletion_requested_at ?? null) === null && (item.deleted_at ?? null) === null && item.status !== "deleting";

const madeAt = (item: Item): string => text(item.created_at) || text(item.creation_date);

/** Everything in the cloud that is what these inputs ask for, oldest first; undefined for a type that is not looked up by list. */
export async function matchesOf(
  { type, inputs = {} }: Pick<StateResource, "type" | "inputs">,
  api: Pick<ScalewayApi, "list" | "organizationId">,
): Promise<readonly Match[] | undefined> {
  const lookup = LOOKUPS[type];
  if (lookup === undefined) return undefined;
  const path = lookup.path(inputs, { organizationId: api.organizationId });
  const found = await api.list(path, lookup.items);
  return found
    .filter(isThere)
    .filter((item) => lookup.same.every(([field, input]) => normal(item[field]) === normal(inputs[input])))
    .map((item) => ({
      id: lookup.id(item, inputs),
      made: madeAt(item),
      at: lookup.at?.(item, inputs) ?? `${path.split("?")[0]}/${text(item.id)}`,
    }))
    .sort((a, b) => Date.parse(a.made) - Date.parse(b.made));
}

/** What the creates of this stack may be: nothing that a state holds already, and nothing older than the stack. */
export interface Bounds {
  readonly held: readonly string[];
  /** ISO instant; absent: whatever its age. */
  readonly since?: string | undefined;
}

/** Clocks of the engine's machine and of the cloud may differ by so much. */
const SKEW_MS = 5 * 60_000;

/**
 * What to do about each create whose end is not known. Of several matches the latest is taken: a create that was sent again
 * after a lost answer leaves the earlier ones behind, which `bastide strays` names.
 */
export async function planAdoptions(
  creates: readonly StateResource[],
  api: ScalewayApi,
  { held, since }: Bounds = { held: [] },
): Promise<readonly Adoption[]> {
  const known = new Set(held);
  const young = ({ made }: Match): boolean =>
    since === undefined || made === "" || Date.parse(made) >= Date.parse(since) - SKEW_MS;
  const plans: Adoption[] = [];
  for (const create of creates) {
    const { urn, type, inputs = {} } = create;
    if (type === BUCKET) {
      plans.push(await planBucket(urn, inputs, api));
      continue;
    }
    const all = await matchesOf(create, api);
    if (all === undefined) {
      plans.push({ urn, action: "clear", why: "setting it again is harmless" });
      continue;
    }
    const matches = all.filter((match) => !known.has(match.id) && young(match));
    const match = matches.at(-1);
    const useless = LOOKUPS[type]?.useless;
    if (match === undefined) plans.push({ urn, action: "clear", why: "the cloud never made it" });
    else if (useless !== undefined) {
      for (const { at } of matches) await api.delete(at);
      plans.push({ urn, action: "deleted", why: `${useless}: deleted, to be made again` });
    } else plans.push({ urn, action: "import", id: match.id, why: "found by name and project" });
  }
  return plans;
}

/** A bucket's id is its region and name: whether it is there is the only question. */
async function planBucket(urn: string, inputs: Inputs, api: ScalewayApi): Promise<Adoption> {
  const bucket = { name: text(inputs.name), region: text(inputs.region), projectId: bare(inputs.projectId) };
  return (await bucketExists(api, bucket))
    ? {
        urn,
        action: "import",
        id: `${bucket.region}/${bucket.name}@${bucket.projectId}`,
        why: "found by name and project",
      }
    : { urn, action: "clear", why: "the cloud never made it" };
}
