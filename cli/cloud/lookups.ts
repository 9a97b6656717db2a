import type { Item, ScalewayApi } from "./api.ts";

export type Inputs = Readonly<Record<string, unknown>>;

/** How a type's resources are listed, and by what one of them is known. */
export interface Lookup {
  readonly path: (inputs: Inputs, api: Pick<ScalewayApi, "organizationId">) => string;
  readonly items: string;
  /** Pairs of API field and input property that must be equal. */
  readonly same: readonly (readonly [field: string, input: string])[];
  readonly id: (item: Item, inputs: Inputs) => string;
  /** A listed one in the words in which it is asked for. Default: as it is. */
  readonly seen?: (item: Item) => Item;
  /** Where one of them is deleted. Default: its id below the list. */
  readonly at?: (item: Item, inputs: Inputs) => string;
  /** Why such an orphan is of no use to a state: it is deleted instead of adopted, and made again. */
  readonly useless?: string;
}

export const text = (value: unknown): string => (typeof value === "string" ? value : "");
/** Ids are `<locality>/<uuid>` in Pulumi and bare in the API. */
export const bare = (value: unknown): string => text(value).split("/").at(-1) ?? "";

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
export const LOOKUPS: Readonly<Record<string, Lookup>> = {
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
  "scaleway:ipam/ip:Ip": {
    ...regional("ipam/v1", "ips", "ips", [
      ["address", "address"],
      ["project_id", "projectId"],
    ]),
    // The API answers an address with the length of its network; it is asked for without.
    seen: (item) => ({ ...item, address: text(item.address).split("/")[0] }),
  },
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
