/**
 * One of everything, made by calls of the reference, so that every other operation has something to be asked about. `$Name` stands
 * for the id that an earlier step kept under that name.
 */
export interface Step {
  readonly api: string;
  readonly operation: string;
  readonly body?: unknown;
  readonly query?: string;
  /** Name under which the answer's id is kept: the reference's own for the path parameter. */
  readonly keep?: string;
  /** Path parameters by name, where a name means another thing than what was kept under it. */
  readonly of?: Readonly<Record<string, string>>;
}

const text = (value: string): string => Buffer.from(value).toString("base64");
const DIGEST = Buffer.alloc(32, 7).toString("base64");
const VPC = "vpc/v2";
const GW = "vpcgw/v2";
const KEYS = "key_manager/v1alpha1";
const IAM = "iam/v1alpha1";
const K8S = "k8s/v1";
const INSTANCE = "instance/v1";
const COCKPIT = "cockpit/v1";
const BLOCK = "block/v1";
const PROJECT = { project_id: "$ProjectID" };

export const STEPS: readonly Step[] = [
  { api: "account/v3", operation: "CreateProject", body: { name: "research" }, keep: "ProjectID" },
  {
    api: "account/v3",
    operation: "SetProjectQualification",
    body: { qualification: { architecture_type: "unknown_architecture_type" } },
  },
  { api: IAM, operation: "SetOrganizationAlias", body: { alias: "bastide" } },
  { api: IAM, operation: "CreateApplication", body: { name: "app" }, keep: "ApplicationID" },
  { api: IAM, operation: "CreateUser", body: { email: "a@example.com" }, keep: "UserID" },
  { api: IAM, operation: "CreateGroup", body: { name: "group" }, keep: "GroupID" },
  { api: IAM, operation: "AddGroupMember", body: { application_id: "$ApplicationID" } },
  { api: IAM, operation: "AddGroupMembers", body: { user_ids: ["$UserID"] } },
  {
    api: IAM,
    operation: "CreatePolicy",
    body: {
      name: "policy",
      application_id: "$ApplicationID",
      rules: [{ permission_set_names: ["VPCReadOnly"], project_ids: ["$ProjectID"] }],
    },
    keep: "PolicyID",
  },
  { api: IAM, operation: "ListRules", query: "policy_id=$PolicyID" },
  { api: IAM, operation: "CreateAPIKey", body: { application_id: "$ApplicationID" }, keep: "AccessKey" },
  {
    api: IAM,
    operation: "CreateSSHKey",
    body: { name: "ssh", public_key: `ssh-ed25519 ${text("a key")}` },
    keep: "SSHKeyID",
  },
  { api: IAM, operation: "CreateJWT", body: { user_id: "$UserID", referrer: "" }, keep: "Jti" },
  { api: IAM, operation: "ListLogs", keep: "LogID" },
  { api: IAM, operation: "SetRules", body: { policy_id: "$PolicyID", rules: [] } },
  { api: IAM, operation: "UpdateUserUsername", body: { username: "someone" } },
  { api: IAM, operation: "UpdateUserPassword", body: { password: "a long enough one" } },

  {
    api: KEYS,
    operation: "CreateKey",
    body: { name: "k", rotation_policy: { rotation_period: "864000s" } },
    keep: "KeyID",
  },
  { api: KEYS, operation: "RotateKey" },
  { api: KEYS, operation: "Encrypt", body: { plaintext: text("x"), associated_data: text("y") }, keep: "Sealed" },
  { api: KEYS, operation: "Decrypt", body: { ciphertext: "$Sealed", associated_data: text("y") } },
  { api: KEYS, operation: "GenerateDataKey", body: { algorithm: "aes_256_gcm" } },
  {
    api: KEYS,
    operation: "CreateKey",
    body: { usage: { asymmetric_signing: "rsa_pss_2048_sha256" }, unprotected: true },
    keep: "KeyID",
  },
  { api: KEYS, operation: "Sign", body: { digest: DIGEST }, keep: "Signature" },
  { api: KEYS, operation: "Verify", body: { digest: DIGEST, signature: "$Signature" } },
  { api: KEYS, operation: "GetPublicKey" },
  { api: KEYS, operation: "CreateKey", body: { origin: "external", unprotected: true }, keep: "KeyID" },
  { api: KEYS, operation: "ImportKeyMaterial", body: { key_material: text("m".repeat(32)) } },
  { api: KEYS, operation: "DeleteKeyMaterial" },
  { api: KEYS, operation: "ImportKeyMaterial", body: { key_material: text("m".repeat(32)) } },
  { api: KEYS, operation: "DisableKey" },
  { api: KEYS, operation: "EnableKey" },
  { api: KEYS, operation: "DeleteKey" },
  { api: KEYS, operation: "RestoreKey" },
  { api: KEYS, operation: "CreateKey", body: { name: "l", tags: ["a"] }, keep: "KeyID" },

  {
    api: "secret/v1beta1",
    operation: "CreateSecret",
    body: { name: "s", path: "/a/b", tags: ["t"] },
    keep: "SecretID",
  },
  {
    api: "secret/v1beta1",
    operation: "CreateSecretVersion",
    body: { data: text("v") },
    keep: "Revision",
  },
  { api: "secret/v1beta1", operation: "AccessSecretVersionByPath", query: "secret_path=/a/b&secret_name=s" },
  { api: "secret/v1beta1", operation: "AddSecretOwner", body: { product: "edge_services" } },
  { api: "secret/v1beta1", operation: "DisableSecretVersion" },
  { api: "secret/v1beta1", operation: "EnableSecretVersion" },
  { api: "secret/v1beta1", operation: "DeleteSecretVersion" },
  { api: "secret/v1beta1", operation: "RestoreSecretVersion" },
  {
    api: "secret/v1beta1",
    operation: "CreateSecret",
    body: { name: "e", ephemeral_policy: { time_to_live: "3600s", action: "disable" } },
    keep: "SecretID",
  },
  { api: "secret/v1beta1", operation: "CreateSecretVersion", body: { data: text("v") }, keep: "Revision" },

  { api: VPC, operation: "CreateVPC", body: { name: "there" }, keep: "TargetVpcID" },
  { api: VPC, operation: "CreateVPC", body: { name: "here" }, keep: "VpcID" },
  { api: VPC, operation: "CreateVPCConnector", body: { vpc_id: "$TargetVpcID", target_vpc_id: "$VpcID" } },
  {
    api: VPC,
    operation: "CreateVPCConnector",
    body: { name: "c", vpc_id: "$VpcID", target_vpc_id: "$TargetVpcID" },
    keep: "VpcConnectorID",
  },
  { api: VPC, operation: "CreatePrivateNetwork", body: { name: "pn", vpc_id: "$VpcID" }, keep: "PrivateNetworkID" },
  {
    api: VPC,
    operation: "CreateRoute",
    body: { vpc_id: "$VpcID", destination: "10.9.0.0/24", nexthop_private_network_id: "$PrivateNetworkID" },
    keep: "RouteID",
  },
  {
    api: VPC,
    operation: "CreateIngressRule",
    body: {
      vpc_id: "$VpcID",
      source: "10.8.0.0/24",
      nexthop_resource_ip: "172.16.0.9",
      nexthop_private_network_id: "$PrivateNetworkID",
    },
    keep: "RuleID",
  },
  {
    api: VPC,
    operation: "SetACL",
    body: {
      default_policy: "drop",
      rules: [{ protocol: "TCP", source: "10.0.0.0/8", destination: "0.0.0.0/0", action: "accept" }],
    },
  },

  {
    api: "ipam/v1",
    operation: "BookIP",
    body: {
      source: { private_network_id: "$PrivateNetworkID" },
      resource: { mac_address: "02:00:00:00:00:01", name: "box" },
    },
    keep: "IPID",
  },
  {
    api: "ipam/v1",
    operation: "MoveIP",
    body: {
      from_resource: { mac_address: "02:00:00:00:00:01" },
      to_resource: { mac_address: "02:00:00:00:00:02" },
    },
  },
  { api: "ipam/v1", operation: "DetachIP", body: { resource: { mac_address: "02:00:00:00:00:02" } } },
  { api: "ipam/v1", operation: "AttachIP", body: { resource: { mac_address: "02:00:00:00:00:03" } } },
  {
    api: "ipam/v1",
    operation: "BookIP",
    body: { source: { private_network_id: "$PrivateNetworkID" } },
    keep: "FreeID",
  },
  { api: "ipam/v1", operation: "ReleaseIPSet", body: { ip_ids: ["$FreeID"] } },

  { api: GW, operation: "CreateIP", body: {}, keep: "IPID" },
  { api: GW, operation: "CreateGateway", body: { name: "gw", type: "VPC-GW-S" }, keep: "GatewayID" },
  {
    api: GW,
    operation: "CreateGatewayNetwork",
    body: { gateway_id: "$GatewayID", private_network_id: "$PrivateNetworkID", enable_masquerade: true },
    keep: "GatewayNetworkID",
  },
  {
    api: GW,
    operation: "SetPatRules",
    body: { gateway_id: "$GatewayID", pat_rules: [{ public_port: 23, private_ip: "172.16.0.8", private_port: 22 }] },
  },
  {
    api: GW,
    operation: "CreatePatRule",
    body: { gateway_id: "$GatewayID", public_port: 22, private_ip: "172.16.0.9", private_port: 22, protocol: "tcp" },
    keep: "PatRuleID",
  },
  { api: GW, operation: "SetBastionAllowedIPs", body: { ip_ranges: ["10.0.0.0/8"] } },
  { api: GW, operation: "AddBastionAllowedIPs", body: { ip_range: "192.0.2.0/24" } },
  { api: GW, operation: "UpgradeGateway", body: { type: "VPC-GW-M" } },

  {
    api: BLOCK,
    operation: "CreateVolume",
    body: { name: "v", from_empty: { size: 5e9 }, perf_iops: 5000 },
    keep: "VolumeID",
  },
  { api: BLOCK, operation: "CreateSnapshot", body: { name: "s", volume_id: "$VolumeID" }, keep: "SnapshotID" },
  { api: BLOCK, operation: "ExportSnapshotToObjectStorage", body: { bucket: "b", key: "k" } },
  {
    api: BLOCK,
    operation: "ImportSnapshotFromObjectStorage",
    body: { bucket: "b", key: "k", name: "i" },
    keep: "SnapshotID",
  },
  { api: "file/v1alpha1", operation: "CreateFileSystem", body: { name: "f", size: 100e9 }, keep: "FilesystemID" },

  { api: INSTANCE, operation: "CreateSecurityGroup", body: { name: "sg" }, keep: "SecurityGroupID" },
  {
    api: INSTANCE,
    operation: "CreateSecurityGroupRule",
    body: { protocol: "TCP", direction: "inbound", action: "accept", ip_range: "0.0.0.0/0", dest_port_from: 22 },
    keep: "SecurityGroupRuleID",
  },
  { api: INSTANCE, operation: "CreatePlacementGroup", body: { name: "pg" }, keep: "PlacementGroupID" },
  {
    api: INSTANCE,
    operation: "createServer",
    body: {
      name: "srv",
      commercial_type: "DEV1-S",
      volumes: { "0": { volume_type: "l_ssd", size: 10e9, name: "root" } },
      placement_group: "$PlacementGroupID",
    },
    keep: "ServerID",
  },
  { api: INSTANCE, operation: "CreateIP", body: { type: "routed_ipv4", server: "$ServerID" }, keep: "IP" },
  {
    api: INSTANCE,
    operation: "CreatePrivateNIC",
    body: { private_network_id: "$PrivateNetworkID" },
    keep: "PrivateNicID",
  },
  {
    api: INSTANCE,
    operation: "CreateVolume",
    body: { name: "v", volume_type: "l_ssd", size: 5e9 },
    keep: "VolumeID",
  },
  { api: INSTANCE, operation: "CreateSnapshot", body: { name: "s", volume_id: "$VolumeID" }, keep: "SnapshotID" },
  { api: INSTANCE, operation: "ExportSnapshot", body: { bucket: "b", key: "k" } },
  {
    api: INSTANCE,
    operation: "CreateImage",
    body: { name: "i", root_volume: "$SnapshotID", arch: "x86_64" },
    keep: "ImageID",
  },
  { api: INSTANCE, operation: "AttachServerVolume", body: { volume_id: "$VolumeID", volume_type: "l_ssd" } },
  { api: INSTANCE, operation: "DetachServerVolume", body: { volume_id: "$VolumeID" } },
  { api: INSTANCE, operation: "ServerAction", body: { action: "poweron" } },
  { api: INSTANCE, operation: "setServer", of: { ID: "$ServerID" }, body: { name: "renamed" } },
  { api: INSTANCE, operation: "setImage", of: { ID: "$ImageID" }, body: { name: "renamed" } },
  { api: INSTANCE, operation: "setSecurityGroup", of: { ID: "$SecurityGroupID" }, body: { name: "renamed" } },
  { api: INSTANCE, operation: "AttachServerFileSystem", body: { filesystem_id: "$FilesystemID" } },
  { api: INSTANCE, operation: "DetachServerFileSystem", body: { filesystem_id: "$FilesystemID" } },
  { api: "marketplace/v2", operation: "ListImages", keep: "ImageID" },
  { api: "marketplace/v2", operation: "ListVersions", keep: "VersionID" },
  { api: "marketplace/v2", operation: "ListCategories", keep: "CategoryID" },
  { api: "marketplace/v2", operation: "ListLocalImages", keep: "LocalImageID" },
  { api: INSTANCE, operation: "SetPlacementGroupServers", body: { servers: ["$ServerID"] } },
  { api: INSTANCE, operation: "UpdatePlacementGroupServers", body: { servers: ["$ServerID"] } },
  {
    api: INSTANCE,
    operation: "SetSecurityGroupRules",
    body: { rules: [{ protocol: "TCP", direction: "inbound", action: "accept", ip_range: "0.0.0.0/0" }] },
  },
  {
    api: INSTANCE,
    operation: "CreateSecurityGroupRule",
    body: { protocol: "TCP", direction: "inbound", action: "accept", ip_range: "0.0.0.0/0", dest_port_from: 23 },
    keep: "SecurityGroupRuleID",
  },

  {
    api: K8S,
    operation: "CreateCluster",
    body: {
      name: "c",
      version: "1.34.6",
      cni: "cilium",
      private_network_id: "$PrivateNetworkID",
      pools: [{ name: "first", node_type: "PRO2-XXS", size: 1 }],
    },
    keep: "ClusterID",
  },
  {
    api: K8S,
    operation: "CreatePool",
    body: { name: "p", node_type: "PRO2-XXS", size: 2, taints: [{ key: "a", value: "b", effect: "NoSchedule" }] },
    keep: "PoolID",
  },
  { api: K8S, operation: "ListNodes", keep: "NodeID" },
  { api: K8S, operation: "AddClusterACLRules", body: { acls: [{ ip: "10.0.0.0/8" }] }, keep: "ACLID" },
  { api: K8S, operation: "ListVersions", keep: "VersionName" },
  { api: K8S, operation: "ListClusterAvailableVersions" },
  { api: K8S, operation: "UpgradeCluster", body: { version: "1.35.3" } },
  { api: K8S, operation: "UpgradePool", body: { version: "1.35.3" } },
  { api: K8S, operation: "SetClusterType", body: { type: "kapsule-dedicated-4" } },
  { api: K8S, operation: "SetPoolLabels", body: { labels: { a: "b" } } },
  { api: K8S, operation: "SetPoolTaints", body: { taints: [] } },
  { api: K8S, operation: "SetPoolStartupTaints", body: { startup_taints: [] } },

  { api: "registry/v1", operation: "CreateNamespace", body: { name: "ns" }, keep: "NamespaceID" },

  { api: COCKPIT, operation: "CreateDataSource", body: { name: "m", type: "metrics" }, keep: "DataSourceID" },
  { api: COCKPIT, operation: "CreateToken", body: { name: "t", token_scopes: ["read_only_metrics"] }, keep: "TokenID" },
  {
    api: COCKPIT,
    operation: "CreateExporter",
    body: {
      datasource_id: "$DataSourceID",
      otlp_destination: { endpoint: "https://example.com", headers: {} },
      exported_products: ["all"],
      name: "e",
    },
    keep: "ExporterID",
  },
  ...["EnableAlertManager", "EnableManagedAlerts", "DisableManagedAlerts", "TriggerTestAlert"].map((operation) => ({
    api: COCKPIT,
    operation,
    body: PROJECT,
  })),
  { api: COCKPIT, operation: "GetRulesCount", query: "project_id=$ProjectID" },
  ...["CreateContactPoint", "UpdateContactPoint"].map((operation) => ({
    api: COCKPIT,
    operation,
    body: { ...PROJECT, email: { to: "a@example.com" }, send_resolved_notifications: true },
  })),
  { api: COCKPIT, operation: "ListContactPoints", query: "project_id=$ProjectID" },
  { api: COCKPIT, operation: "ListAlerts", query: "project_id=$ProjectID" },
  { api: COCKPIT, operation: "GetAlertManager", query: "project_id=$ProjectID" },
  ...["EnableAlertRules", "DisableAlertRules"].map((operation) => ({
    api: COCKPIT,
    operation,
    body: { ...PROJECT, rule_ids: [] },
  })),
  { api: COCKPIT, operation: "DeleteContactPoint", body: { ...PROJECT, email: { to: "a@example.com" } } },
  { api: COCKPIT, operation: "CreateGrafanaUser", body: { login: "someone", role: "viewer" }, keep: "GrafanaUserID" },
  { api: COCKPIT, operation: "DisableAlertManager", body: PROJECT },

  {
    api: "audit_trail/v1alpha1",
    operation: "CreateExportJob",
    body: { name: "j", s3: { bucket: "b", region: "fr-par", prefix: "p" }, tags: [] },
    keep: "ExportJobID",
  },
];
