/**
 * Whose data class a resource without tags shares: the properties that name it, most telling first. A type that holds no
 * data of its own says why it needs no class. Taggable types are classed by their tags.
 */
export type ClassSource = { readonly from: readonly string[] } | { readonly none: string };

const from = (...properties: string[]): ClassSource => ({ from: properties });
const none = (reason: string): ClassSource => ({ none: reason });

const MONEY = none("amounts of money");
const LOGIN = none("an identity or credential, whose reach its policies say");
const NAME = none("a public name");
const LABEL = none("a label");

export const CLASS_SOURCES: Readonly<Record<string, ClassSource>> = {
  "scaleway:account/project:Project": none("a boundary; its resources are classed one by one"),
  "scaleway:account/sshKey:SshKey": LOGIN,
  "scaleway:annotations/binding:Binding": LABEL,
  "scaleway:annotations/key:Key": LABEL,
  "scaleway:annotations/value:Value": LABEL,
  "scaleway:billing/budget:Budget": MONEY,
  "scaleway:billing/budgetAlert:BudgetAlert": MONEY,
  "scaleway:billing/budgetAlertNotification:BudgetAlertNotification": MONEY,
  "scaleway:containers/cron:Cron": from("containerId"),
  "scaleway:containers/domain:Domain": from("containerId"),
  "scaleway:containers/token:Token": from("containerId", "namespaceId"),
  "scaleway:databases/acl:Acl": from("instanceId"),
  "scaleway:databases/database:Database": from("instanceId"),
  "scaleway:databases/databaseBackup:DatabaseBackup": from("instanceId"),
  "scaleway:databases/privilege:Privilege": from("instanceId"),
  "scaleway:databases/readReplica:ReadReplica": from("instanceId"),
  "scaleway:databases/snapshot:Snapshot": from("instanceId"),
  "scaleway:databases/user:User": from("instanceId"),
  "scaleway:datawarehouse/database:Database": from("deploymentId"),
  "scaleway:datawarehouse/user:User": from("deploymentId"),
  "scaleway:domain/record:Record": NAME,
  "scaleway:domain/registration:Registration": NAME,
  "scaleway:domain/zone:Zone": NAME,
  "scaleway:edgeservices/headStage:HeadStage": from("pipelineId"),
  "scaleway:elasticmetal/ipMacAddress:IpMacAddress": from("flexibleIpId"),
  "scaleway:functions/cron:Cron": from("functionId"),
  "scaleway:functions/domain:Domain": from("functionId"),
  "scaleway:functions/token:Token": from("functionId", "namespaceId"),
  "scaleway:functions/trigger:Trigger": from("functionId"),
  "scaleway:iam/apiKey:ApiKey": LOGIN,
  "scaleway:iam/groupMembership:GroupMembership": LOGIN,
  "scaleway:iam/saml:Saml": LOGIN,
  "scaleway:iam/samlCertificate:SamlCertificate": LOGIN,
  "scaleway:iam/scim:Scim": LOGIN,
  "scaleway:iam/scimToken:ScimToken": LOGIN,
  "scaleway:iam/sshKey:SshKey": LOGIN,
  "scaleway:instance/ipReverseDns:IpReverseDns": NAME,
  "scaleway:instance/securityGroupRules:SecurityGroupRules": from("securityGroupId"),
  "scaleway:instance/userData:UserData": from("serverId"),
  "scaleway:ipam/ipReverseDns:IpReverseDns": NAME,
  "scaleway:keymanager/keyMaterial:KeyMaterial": from("keyId"),
  "scaleway:kubernetes/acl:Acl": from("clusterId"),
  "scaleway:loadbalancers/acl:Acl": from("frontendId"),
  "scaleway:loadbalancers/backend:Backend": from("lbId"),
  "scaleway:loadbalancers/certificate:Certificate": from("lbId"),
  "scaleway:loadbalancers/frontend:Frontend": from("lbId"),
  "scaleway:loadbalancers/privateNetwork:PrivateNetwork": from("lbId"),
  "scaleway:loadbalancers/route:Route": from("frontendId"),
  "scaleway:mongodb/snapshot:Snapshot": from("instanceId"),
  "scaleway:mongodb/user:User": from("instanceId"),
  "scaleway:network/acl:Acl": from("vpcId"),
  "scaleway:network/gatewayNetwork:GatewayNetwork": from("privateNetworkId"),
  "scaleway:network/publicGatewayDhcpReservation:PublicGatewayDhcpReservation": from("gatewayNetworkId"),
  "scaleway:network/publicGatewayIpReverseDns:PublicGatewayIpReverseDns": NAME,
  "scaleway:network/publicGatewayPatRule:PublicGatewayPatRule": from("gatewayId"),
  "scaleway:object/bucketAcl:BucketAcl": from("bucket"),
  "scaleway:object/bucketLockConfiguration:BucketLockConfiguration": from("bucket"),
  "scaleway:object/bucketPolicy:BucketPolicy": from("bucket"),
  "scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": from("bucket"),
  "scaleway:object/bucketWebsiteConfiguration:BucketWebsiteConfiguration": from("bucket"),
  "scaleway:observability/exporter:Exporter": from("datasourceId"),
  "scaleway:secrets/version:Version": from("secretId"),
};
