/**
 * What the provider does when a property is absent, by type and path without indexes, each with its source. An absent property
 * is judged as its default, never as "not set". Sources: [S] schema of terraform-provider-scaleway v2.80.0, [G] its code,
 * [C] its recorded API traffic, [K8S] Kubernetes API reference 1.35.
 */
export interface Default {
  readonly value: string | number | boolean;
  readonly source: string;
}

export const DEFAULTS: Readonly<Record<string, Readonly<Record<string, Default>>>> = {
  "scaleway:network/privateNetwork:PrivateNetwork": {
    enableDefaultRoutePropagation: {
      value: false,
      source: "[G] vpc/private_network.go: an unset boolean is sent as false",
    },
  },
  "scaleway:network/gatewayNetwork:GatewayNetwork": {
    enableMasquerade: { value: true, source: "[S] vpc_gateway_network" },
    "ipamConfigs.pushDefaultRoute": { value: false, source: "[G] vpcgw/network.go: unset is sent as false" },
  },
  "scaleway:network/acl:Acl": {
    isIpv6: { value: false, source: "[S] vpc_acl" },
    defaultPolicy: { value: "accept", source: "[S] vpc_acl" },
    "rules.protocol": { value: "ANY", source: "[S] vpc_acl.rules" },
  },
  "scaleway:network/vpc:Vpc": {
    enableTransitivity: { value: false, source: "[G] vpc/vpc.go: an unset boolean is sent as false" },
  },
  "scaleway:network/publicGateway:PublicGateway": {
    enableSmtp: { value: false, source: "[G] vpcgw/public_gateway.go: an unset boolean is sent as false" },
    bastionEnabled: { value: false, source: "[G] vpcgw/public_gateway.go: an unset boolean is sent as false" },
  },
  "scaleway:network/publicGatewayPatRule:PublicGatewayPatRule": {
    protocol: { value: "both", source: "[S] vpc_public_gateway_pat_rule" },
  },
  "scaleway:kubernetes/cluster:Cluster": {
    type: { value: "kapsule", source: "[C] k8s cluster-basic: unset is not sent, the API answers kapsule" },
  },
  "scaleway:loadbalancers/loadBalancer:LoadBalancer": {
    sslCompatibilityLevel: { value: "ssl_compatibility_level_intermediate", source: "[S] lb" },
  },
  "scaleway:loadbalancers/backend:Backend": {
    sslBridging: { value: false, source: "[S] lb_backend" },
    ignoreSslServerVerify: { value: false, source: "[S] lb_backend" },
  },
  "scaleway:redis/cluster:Cluster": {
    tlsEnabled: { value: false, source: "[G] redis/cluster.go: unset is not sent, TLS stays off" },
  },
  "scaleway:kubernetes/pool:Pool": {
    publicIpDisabled: { value: false, source: "[S] k8s_pool" },
  },
  "scaleway:kubernetes/acl:Acl": {
    noIpAllowed: { value: false, source: "[S] k8s_acl" },
    "aclRules.scalewayRanges": { value: false, source: "[G] k8s/acl.go: unset is sent as false" },
  },
  "scaleway:instance/server:Server": {
    enableDynamicIp: { value: false, source: "[S] instance_server" },
    protected: { value: false, source: "[S] instance_server" },
  },
  "scaleway:autoscaling/instanceTemplate:InstanceTemplate": {
    publicIpsV4Count: { value: 0, source: "[G] autoscaling/instance_template.go: unset is not sent" },
    publicIpsV6Count: { value: 0, source: "[G] autoscaling/instance_template.go: unset is not sent" },
  },
  "scaleway:instance/securityGroup:SecurityGroup": {
    inboundDefaultPolicy: { value: "accept", source: "[S] instance_security_group" },
    outboundDefaultPolicy: { value: "accept", source: "[S] instance_security_group" },
    "inboundRules.protocol": { value: "TCP", source: "[S] instance_security_group.inbound_rule" },
    "inboundRules.ipRange": { value: "0.0.0.0/0", source: "[G] instance/security_group.go securityGroupRuleExpand" },
    "outboundRules.protocol": { value: "TCP", source: "[S] instance_security_group.outbound_rule" },
    "outboundRules.ipRange": { value: "0.0.0.0/0", source: "[G] instance/security_group.go securityGroupRuleExpand" },
  },
  "scaleway:instance/securityGroupRules:SecurityGroupRules": {
    "inboundRules.protocol": { value: "TCP", source: "[S] instance_security_group_rules.inbound_rule" },
    "inboundRules.ipRange": { value: "0.0.0.0/0", source: "[G] instance/security_group.go securityGroupRuleExpand" },
    "outboundRules.protocol": { value: "TCP", source: "[S] instance_security_group_rules.outbound_rule" },
    "outboundRules.ipRange": { value: "0.0.0.0/0", source: "[G] instance/security_group.go securityGroupRuleExpand" },
  },
  "scaleway:instance/image:Image": {
    public: { value: false, source: "[S] instance_image" },
  },
  "scaleway:object/bucket:Bucket": {
    acl: { value: "private", source: "[S] object_bucket" },
    forceDestroy: { value: false, source: "[S] object_bucket" },
    objectLockEnabled: { value: false, source: "[S] object_bucket" },
    "versioning.enabled": { value: false, source: "[G] object/bucket.go: unset sends no versioning" },
  },
  "scaleway:keymanager/key:Key": {
    unprotected: { value: false, source: "[S] key_manager_key" },
    origin: {
      value: "scaleway_kms",
      source: "[G] keymanager/key_resource.go: unset is not sent, the service makes the key",
    },
  },
  "scaleway:databases/instance:Instance": {
    disableBackup: { value: false, source: "[S] rdb_instance" },
    isHaCluster: { value: false, source: "[S] rdb_instance" },
    backupSameRegion: { value: false, source: "[C] rdb instance-basic: what the API answers when it is not sent" },
  },
  "scaleway:databases/readReplica:ReadReplica": {
    sameZone: { value: true, source: "[S] rdb_read_replica" },
  },
  "scaleway:secrets/secret:Secret": {
    protected: { value: false, source: "[G] secret/secret.go: an unset boolean is sent as false" },
  },
  "scaleway:object/item:Item": {
    visibility: { value: "private", source: "[G] object/object.go: no ACL is sent, the store makes it private" },
    storageClass: { value: "STANDARD", source: "[G] object/object.go: no class is sent, the store takes STANDARD" },
  },
  "scaleway:object/bucketAcl:BucketAcl": {
    acl: { value: "private", source: "[G] object/bucket_acl.go: unset sends the access control policy alone" },
  },
  "scaleway:registry/namespace:Namespace": {
    isPublic: { value: false, source: "[G] registry/namespace.go: an unset boolean is sent as false" },
  },
  "scaleway:containers/container:Container": {
    privacy: { value: "public", source: "[S] container" },
  },
  "kubernetes:core/v1:Service": {
    "spec.type": { value: "ClusterIP", source: "[K8S] ServiceSpec.type" },
  },
};
