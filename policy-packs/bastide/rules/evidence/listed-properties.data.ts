/**
 * Properties that must be known before anything is applied, by canonical type: those which decide whether something is open,
 * where it rests or who can read it, and which no honest program computes from what does not exist yet. Place and tags are
 * asked of every type that takes them.
 */
export const LISTED_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  "scaleway:network/privateNetwork:PrivateNetwork": ["enableDefaultRoutePropagation"],
  "scaleway:network/route:Route": ["destination"],
  "scaleway:network/acl:Acl": ["defaultPolicy", "isIpv6"],
  "scaleway:network/publicGateway:PublicGateway": ["bastionEnabled"],
  "scaleway:network/gatewayNetwork:GatewayNetwork": ["enableMasquerade"],
  "scaleway:kubernetes/pool:Pool": ["publicIpDisabled"],
  "scaleway:kubernetes/acl:Acl": ["noIpAllowed"],
  "scaleway:instance/server:Server": ["enableDynamicIp"],
  "scaleway:instance/securityGroup:SecurityGroup": ["inboundDefaultPolicy", "outboundDefaultPolicy"],
  "scaleway:object/bucket:Bucket": ["acl", "objectLockEnabled"],
  "scaleway:object/bucketAcl:BucketAcl": ["acl"],
  "scaleway:object/item:Item": ["visibility", "storageClass"],
  "scaleway:registry/namespace:Namespace": ["isPublic"],
  "scaleway:keymanager/key:Key": ["algorithm", "usage", "origin", "unprotected"],
  "bastide:keymanager:Key": ["algorithm", "usage", "origin", "unprotected", "protectionLevel"],
  "bastide:audittrail:ExportJob": ["region"],
  "scaleway:observability/source:Source": ["type", "retentionDays"],
  "scaleway:containers/container:Container": ["privacy"],
  "scaleway:functions/function:Function": ["privacy"],
  "pulumi:pulumi:StackReference": ["name"],
};
