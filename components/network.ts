import type { Output, Resource } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import type { Key } from "../blueprint/model/common.ts";
import type { AclSpec, NetworkSpec } from "../blueprint/model/network.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Named } from "./named.ts";
import type { Projects } from "./projects.ts";
import { tagList } from "./values.ts";

/** A private network to attach to, and what must exist before anything attaches. */
export interface Joinable {
  readonly id: Output<string>;
  /** The VPC's ACLs, so that nothing talks before they drop; booked addresses, so that nobody else is given them. */
  readonly after: readonly Resource[];
}

/**
 * A region's VPC, its private networks by tier, the ACLs that drop by default and the booked addresses.
 * @see blueprint/network.ts for how the spec is planned.
 */
export class Network extends SovereignComponent<NetworkSpec> {
  readonly vpcId: Output<string>;
  readonly addresses: Named<scaleway.ipam.Ip>;
  readonly #networks: Named<scaleway.network.PrivateNetwork>;
  readonly #acls: readonly scaleway.network.Acl[];
  readonly #planned: Named<string>;
  readonly #spec: NetworkSpec;

  constructor(spec: NetworkSpec, deps: { readonly projects: Projects }, site: Site) {
    super("Network", `network-${spec.region}`, spec, site);
    this.#spec = spec;
    const { region } = spec;
    const projectId = deps.projects.id(spec.project);

    const vpc = this.child(scaleway.network.Vpc, spec.vpc.key, {
      name: spec.vpc.name,
      // Routing cannot be off on Scaleway: what separates the networks is the ACLs.
      enableRouting: true,
      // A VPC is born with it and it cannot be taken back; a written false would differ for ever.
      enableCustomRoutesPropagation: true,
      enableTransitivity: false,
      tags: tagList(spec.vpc.tags),
      projectId,
      region,
    });
    this.vpcId = vpc.id;
    this.#acls = spec.acls.map((acl) => this.#acl(acl));
    this.#networks = Named.from("private network", spec.privateNetworks, (network) =>
      this.child(scaleway.network.PrivateNetwork, network.key, {
        name: network.name,
        vpcId: vpc.id,
        ipv4Subnet: { subnet: network.ipv4 },
        ipv6Subnets: [{ subnet: network.ipv6 }],
        enableDefaultRoutePropagation: false,
        tags: tagList(network.tags),
        projectId,
        region,
      }),
    );
    this.#planned = Named.from("address", spec.addresses, (address) => address.address);
    this.addresses = Named.from("address", spec.addresses, (address) =>
      this.child(
        scaleway.ipam.Ip,
        address.key,
        {
          address: address.address,
          isIpv6: false,
          sources: [{ privateNetworkId: this.#networks.get(address.privateNetwork).id }],
          tags: tagList(address.tags),
          projectId,
          region,
        },
        // The provider ignores a change of `sources`.
        { replaceOnChanges: ["sources"] },
      ),
    );
    this.publish({
      vpcId: vpc.id,
      privateNetworks: this.#networks.record((network) => network.id),
      addresses: this.addresses.record((address) => address.address),
    });
  }

  join(network: Key): Joinable {
    const booked = this.#spec.addresses.filter((address) => address.privateNetwork === network);
    return {
      id: this.#networks.get(network).id,
      after: [...this.#acls, ...booked.map((address) => this.addresses.get(address.key))],
    };
  }

  /** The booked address itself, e.g. `10.16.0.4`: planned, so known before it is made. */
  plannedAddress(key: Key): string {
    return this.#planned.get(key);
  }

  #acl(spec: AclSpec): scaleway.network.Acl {
    return this.child(
      scaleway.network.Acl,
      spec.key,
      {
        vpcId: this.vpcId,
        isIpv6: spec.family === 6,
        defaultPolicy: "drop",
        rules: spec.rules.map((rule) => ({
          action: rule.action,
          protocol: rule.protocol,
          source: rule.source,
          srcPortLow: rule.sourcePorts[0],
          srcPortHigh: rule.sourcePorts[1],
          destination: rule.destination,
          dstPortLow: rule.destinationPorts[0],
          dstPortHigh: rule.destinationPorts[1],
          description: rule.description,
        })),
        region: this.#spec.region,
      },
      // A changed VPC or family is written to the old one, and a delete opens the IPv4 list whatever the family: so
      // replace instead of update, and let the ACL go only with its VPC.
      { replaceOnChanges: ["vpcId", "isIpv6"], retainOnDelete: true, protect: true },
    );
  }
}
