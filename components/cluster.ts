import { type Input, interpolate, type Output, unsecret } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import type { ClusterSpec, PoolSpec } from "../blueprint/model/cluster.ts";
import type { DeclaredSource } from "../kernel/declaration.ts";
import { toolError } from "../kernel/errors.ts";
import { type Site, SovereignComponent } from "./component.ts";
import type { Gateway } from "./gateway.ts";
import { Named } from "./named.ts";
import type { Network } from "./network.ts";
import { securityGroupArgs } from "./private-server.ts";
import type { Projects } from "./projects.ts";
import { tagList } from "./values.ts";

export interface ClusterDeps {
  readonly projects: Projects;
  readonly network: Network;
  /** The region's gateways: what nodes leave by, and whose addresses the control plane lets in. */
  readonly gateways: readonly Gateway[];
}

/** A private Kapsule cluster: nodes without public address, and a control plane that admits named sources only. */
export class Cluster extends SovereignComponent<ClusterSpec> {
  readonly id: Output<string>;
  readonly apiserverUrl: Output<string>;
  /** PEM in base64, as a kubeconfig takes it. */
  readonly certificateAuthority: Output<string>;

  constructor(spec: ClusterSpec, deps: ClusterDeps, site: Site) {
    super("Cluster", spec.key, spec, site, [
      {
        kind: "allowed-sources",
        subject: `scaleway:kubernetes/acl:Acl::${spec.acl.key}`,
        property: "aclRules",
        sources: spec.acl.sources,
      },
    ]);
    const { region } = spec;
    const projectId = deps.projects.id(spec.project);
    const network = deps.network.join(spec.privateNetwork);
    const attachments = Named.merge(
      "gateway attachment",
      deps.gateways.map((gateway) => gateway.attachments),
    );
    // Private nodes reach their control plane by the default route that the attachments push, and by nothing else; and a
    // cluster that goes first leaves its private network empty, so that the network can go after it.
    const routes = spec.needsAttachments.map((key) => attachments.get(key));

    const groups = Named.from("security group", spec.securityGroups, (group) =>
      this.child(scaleway.instance.SecurityGroup, group.key, securityGroupArgs(group, projectId)),
    );
    const cluster = this.child(
      scaleway.kubernetes.Cluster,
      spec.key,
      {
        name: spec.name,
        type: spec.type,
        version: spec.version,
        cni: spec.cni,
        privateNetworkId: network.id,
        podCidr: spec.podCidr,
        serviceCidr: spec.serviceCidr,
        // True would take the private network and volumes along with the cluster.
        deleteAdditionalResources: false,
        autoUpgrade: {
          enable: true,
          maintenanceWindowDay: spec.maintenance.day,
          maintenanceWindowStartHour: spec.maintenance.startHour,
        },
        tags: tagList(spec.tags),
        projectId,
        region,
      },
      { protect: true, dependsOn: [...network.after, ...routes] },
    );
    this.id = cluster.id;
    this.apiserverUrl = cluster.apiserverUrl;
    // Of the kubeconfig that the API hands out only the certificate leaves this component: its token stays a secret of the state.
    this.certificateAuthority = unsecret(cluster.kubeconfigs.apply(authorityOf));

    const acl = this.child(
      scaleway.kubernetes.Acl,
      spec.acl.key,
      {
        clusterId: cluster.id,
        aclRules: spec.acl.sources.map((source) => ({
          ip: sourceRange(source, deps.gateways),
          description: source.description,
        })),
        region,
      },
      // A cluster is born open and deleting its ACL opens it again: the ACL goes only with its cluster.
      { protect: true, retainOnDelete: true },
    );
    const pools = Named.from("pool", spec.pools, (pool) =>
      this.child(
        scaleway.kubernetes.Pool,
        pool.key,
        { ...poolArgs(pool), clusterId: cluster.id, securityGroupId: groups.get(pool.securityGroup).id, region },
        { dependsOn: [acl, ...routes] },
      ),
    );
    this.publish({
      clusterId: cluster.id,
      apiserverUrl: cluster.apiserverUrl,
      pools: pools.record((pool) => pool.id),
    });
  }
}

/** A cluster that was never made (an offline run) has no kubeconfig at all. */
const authorityOf = (kubeconfigs: readonly { readonly clusterCaCertificate?: string }[] | undefined): string =>
  kubeconfigs?.[0]?.clusterCaCertificate ?? "";

/** Taints are left to the platform: set together with start-up taints at creation they would be lost. */
const poolArgs = (pool: PoolSpec): Omit<scaleway.kubernetes.PoolArgs, "clusterId"> => ({
  name: pool.name,
  nodeType: pool.nodeType,
  size: pool.size,
  minSize: pool.minSize,
  maxSize: pool.maxSize,
  autoscaling: true,
  autohealing: true,
  containerRuntime: "containerd",
  publicIpDisabled: true,
  rootVolumeType: pool.rootVolumeType,
  rootVolumeSizeInGb: pool.rootVolumeGb,
  waitForPoolReady: true,
  tags: tagList(pool.tags),
  zone: pool.zone,
});

function sourceRange(source: DeclaredSource, gateways: readonly Gateway[]): Input<string> {
  if (source.kind === "cidr") return source.cidr;
  const gateway = gateways.find((candidate) => candidate.addressRef === source.of);
  if (gateway === undefined) throw toolError(`the plan admits ${source.of}, which is no gateway of the region`);
  return interpolate`${gateway.address}/32`;
}
