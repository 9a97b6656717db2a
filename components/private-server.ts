import type { Output } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import type { SecurityGroupSpec, ServerSpec } from "../blueprint/model/network.ts";
import { type Site, SovereignComponent } from "./component.ts";
import type { Network } from "./network.ts";
import type { Projects } from "./projects.ts";
import { tagList } from "./values.ts";

/** Disk of a server whose content can be made again from its cloud-init; the old local type is not for health workloads. */
const ROOT_VOLUME = { volumeType: "sbs_volume", sizeInGb: 20, deleteOnTermination: true };

export interface PrivateServerDeps {
  readonly projects: Projects;
  readonly network: Network;
  /**
   * Who looks at a changed cloud-init: nobody after the first boot, so the server is made anew, or the server itself, which
   * then must not be.
   */
  readonly init: "first-boot" | "polled";
}

/** A server without public address, on one booked address of one private network, behind its own security group. */
export class PrivateServer extends SovereignComponent<ServerSpec> {
  /** Card in the private network: next hop of routes. */
  readonly nicId: Output<string>;

  constructor(spec: ServerSpec, deps: PrivateServerDeps, site: Site) {
    super("PrivateServer", spec.key, spec, site);
    const { zone } = spec;
    const projectId = deps.projects.id(spec.project);
    const network = deps.network.join(spec.privateNetwork);

    const group = this.child(
      scaleway.instance.SecurityGroup,
      spec.securityGroup.key,
      securityGroupArgs(spec.securityGroup, projectId),
    );
    const server = this.child(
      scaleway.instance.Server,
      spec.key,
      {
        name: spec.name,
        type: spec.type,
        image: spec.image,
        // Without one it would join the project's default group, which accepts everything.
        securityGroupId: group.id,
        enableDynamicIp: false,
        rootVolume: ROOT_VOLUME,
        cloudInit: spec.cloudInit,
        tags: tagList(spec.tags),
        projectId,
        zone,
      },
      {
        dependsOn: [...network.after],
        replaceOnChanges: deps.init === "first-boot" ? ["cloudInit"] : [],
        // Its address can be on one card only.
        deleteBeforeReplace: true,
      },
    );
    // A server's own `privateNetworks` cannot say which booked address it takes; a card can.
    const nic = this.child(
      scaleway.instance.PrivateNic,
      `${spec.key}-nic`,
      {
        serverId: server.id,
        privateNetworkId: network.id,
        ipamIpIds: [deps.network.addresses.get(spec.address).id],
        tags: tagList(spec.tags),
        zone,
      },
      { dependsOn: [...network.after], deleteBeforeReplace: true },
    );
    this.nicId = nic.id;
    this.publish({ serverId: server.id, nicId: nic.id, securityGroupId: group.id });
  }
}

/** Drops both ways by default; the provider's defaults accept. Filters public traffic only, never that of private networks. */
export function securityGroupArgs(
  spec: SecurityGroupSpec,
  projectId: Output<string>,
): scaleway.instance.SecurityGroupArgs {
  const accept = (rules: SecurityGroupSpec["inbound"]) =>
    rules.map((rule) => ({
      action: "accept",
      protocol: rule.protocol,
      ipRange: rule.range,
      ...(rule.port === undefined ? {} : { port: rule.port }),
    }));
  return {
    name: spec.name,
    stateful: true,
    enableDefaultSecurity: true,
    inboundDefaultPolicy: "drop",
    outboundDefaultPolicy: "drop",
    inboundRules: accept(spec.inbound),
    outboundRules: accept(spec.outbound),
    tags: tagList(spec.tags),
    projectId,
    zone: spec.zone,
  };
}
