import type { Route } from "../core/routes.ts";
import type { Settle } from "../core/transitions.ts";
import { eventRoutes } from "./audit-trail/events.ts";
import { EXPORT_JOB, exportJobRoutes, settleExportJob } from "./audit-trail/export-jobs.ts";
import { iamLogRoutes } from "./audit-trail/iam-logs.ts";
import { SNAPSHOT, settleSnapshot, snapshotRoutes } from "./block/snapshots.ts";
import { settleVolume, VOLUME, volumeRoutes } from "./block/volumes.ts";
import { alertManagerRoutes } from "./cockpit/alert-manager.ts";
import { alertRoutes } from "./cockpit/alerts.ts";
import { EXPORTER, exporterRoutes, settleExporter } from "./cockpit/exporters.ts";
import { grafanaRoutes } from "./cockpit/grafana.ts";
import { productRoutes } from "./cockpit/products.ts";
import { sourceRoutes } from "./cockpit/sources.ts";
import { tokenRoutes } from "./cockpit/tokens.ts";
import { FILESYSTEM, fileRoutes, settleFilesystem } from "./file.ts";
import { keyRoutes as iamKeyRoutes } from "./iam/keys.ts";
import { organizationRoutes } from "./iam/organization.ts";
import { permissionSetRoutes } from "./iam/permission-sets.ts";
import { policyRoutes } from "./iam/policies.ts";
import { principalRoutes } from "./iam/principals.ts";
import { secondFactorRoutes } from "./iam/second-factor.ts";
import { sessionRoutes } from "./iam/sessions.ts";
import { singleSignOnRoutes } from "./iam/single-sign-on.ts";
import { userRoutes } from "./iam/users.ts";
import { imageRoutes } from "./instance/images.ts";
import { instanceIpRoutes } from "./instance/ips.ts";
import { placementGroupRoutes } from "./instance/placement-groups.ts";
import { PRIVATE_NIC, privateNicRoutes, settlePrivateNic } from "./instance/private-nics.ts";
import { securityGroupRuleRoutes } from "./instance/security-group-rules.ts";
import { securityGroupRoutes } from "./instance/security-groups.ts";
import { SERVER } from "./instance/server.ts";
import { serverActionRoutes, settleServer } from "./instance/server-actions.ts";
import { serverExtraRoutes } from "./instance/server-extras.ts";
import { SERVER_FILESYSTEMS, serverFilesystemRoutes, settleServerFilesystems } from "./instance/server-filesystems.ts";
import { serverTypeRoutes } from "./instance/server-types.ts";
import { serverRoutes } from "./instance/servers.ts";
import { LOCAL_SNAPSHOT, localSnapshotRoutes, settleLocalSnapshot } from "./instance/snapshots.ts";
import { userDataRoutes } from "./instance/user-data.ts";
import { localVolumeRoutes } from "./instance/volumes.ts";
import { ipamRoutes } from "./ipam/routes.ts";
import { clusterChangeRoutes } from "./k8s/cluster-changes.ts";
import { CLUSTER, clusterRoutes, settleCluster } from "./k8s/clusters.ts";
import { controlPlaneAclRoutes } from "./k8s/control-plane-acl.ts";
import { nodeRoutes } from "./k8s/node-routes.ts";
import { offerRoutes } from "./k8s/offers.ts";
import { POOL, poolRoutes, settlePool } from "./k8s/pools.ts";
import { algorithmRoutes } from "./key-manager/algorithms.ts";
import { KEY, keyRoutes } from "./key-manager/keys.ts";
import { keyOperationRoutes } from "./key-manager/operations.ts";
import { settleKey } from "./key-manager/rotation.ts";
import { marketplaceRoutes } from "./marketplace/routes.ts";
import { nextHopOf } from "./next-hops.ts";
import { quotaRoutes } from "./quota.ts";
import { registryRoutes } from "./registry.ts";
import { registryImageRoutes } from "./registry-images.ts";
import { secretBrowseRoutes } from "./secret-manager/browse.ts";
import { SECRET, secretRoutes, settleSecret } from "./secret-manager/secrets.ts";
import { VERSION as SECRET_VERSION, secretVersionRoutes, settleVersion } from "./secret-manager/versions.ts";
import { aclRoutes } from "./vpc/acl.ts";
import { connectorRoutes } from "./vpc/connectors.ts";
import { ingressRuleRoutes } from "./vpc/ingress-rules.ts";
import { privateNetworkRoutes } from "./vpc/private-networks.ts";
import { routeRoutes } from "./vpc/routes.ts";
import { vpcListRoutes } from "./vpc/vpcs.ts";
import { bastionRoutes } from "./vpcgw/bastion.ts";
import { GATEWAY, gatewayRoutes, settleGateway } from "./vpcgw/gateways.ts";
import { ipRoutes as gatewayIpRoutes } from "./vpcgw/ips.ts";
import { GATEWAY_NETWORK, gatewayNetworkRoutes, settleGatewayNetwork } from "./vpcgw/networks.ts";
import { patRuleRoutes } from "./vpcgw/pat-rules.ts";

/** Routes of every service that this Scaleway has; the others answer 501. */
export const ROUTES: readonly Route[] = [
  ...principalRoutes,
  ...userRoutes,
  ...singleSignOnRoutes,
  ...organizationRoutes,
  ...permissionSetRoutes,
  ...sessionRoutes,
  ...secondFactorRoutes,
  ...iamLogRoutes,
  ...policyRoutes,
  ...iamKeyRoutes,
  ...keyRoutes,
  ...keyOperationRoutes,
  ...algorithmRoutes,
  ...vpcListRoutes,
  ...privateNetworkRoutes,
  ...aclRoutes,
  ...routeRoutes(nextHopOf),
  ...connectorRoutes,
  ...ingressRuleRoutes,
  ...gatewayRoutes,
  ...bastionRoutes,
  ...gatewayIpRoutes,
  ...gatewayNetworkRoutes,
  ...patRuleRoutes,
  ...serverTypeRoutes,
  ...serverRoutes,
  ...serverActionRoutes,
  ...serverExtraRoutes,
  ...serverFilesystemRoutes,
  ...userDataRoutes,
  ...privateNicRoutes,
  ...instanceIpRoutes,
  ...securityGroupRuleRoutes,
  ...securityGroupRoutes,
  ...placementGroupRoutes,
  ...localVolumeRoutes,
  ...localSnapshotRoutes,
  ...imageRoutes,
  ...marketplaceRoutes,
  ...volumeRoutes,
  ...snapshotRoutes,
  ...fileRoutes,
  ...ipamRoutes,
  ...clusterRoutes,
  ...poolRoutes,
  ...nodeRoutes,
  ...controlPlaneAclRoutes,
  ...clusterChangeRoutes,
  ...offerRoutes,
  ...secretBrowseRoutes,
  ...secretRoutes,
  ...secretVersionRoutes,
  ...registryRoutes,
  ...registryImageRoutes,
  ...sourceRoutes,
  ...alertManagerRoutes,
  ...alertRoutes,
  ...exporterRoutes,
  ...grafanaRoutes,
  ...productRoutes,
  ...tokenRoutes,
  ...eventRoutes(() => ROUTES),
  ...exportJobRoutes,
  ...quotaRoutes,
];

/** How records of a kind go on by themselves, once what `later` noted is due. */
export const SETTLERS: ReadonlyMap<string, Settle> = new Map([
  [GATEWAY.kind, settleGateway],
  [GATEWAY_NETWORK.kind, settleGatewayNetwork],
  [SERVER.kind, settleServer],
  [SERVER_FILESYSTEMS.kind, settleServerFilesystems],
  [FILESYSTEM.kind, settleFilesystem],
  [PRIVATE_NIC.kind, settlePrivateNic],
  [LOCAL_SNAPSHOT.kind, settleLocalSnapshot],
  [VOLUME.kind, settleVolume],
  [SNAPSHOT.kind, settleSnapshot],
  [CLUSTER.kind, settleCluster],
  [POOL.kind, settlePool],
  [SECRET.kind, settleSecret],
  [SECRET_VERSION.kind, settleVersion],
  [KEY.kind, settleKey],
  [EXPORTER.kind, settleExporter],
  [EXPORT_JOB.kind, settleExportJob],
]);
