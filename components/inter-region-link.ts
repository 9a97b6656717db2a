import type { Output } from "@pulumi/pulumi";
import * as scaleway from "@pulumiverse/scaleway";
import type { RegionName } from "../blueprint/model/common.ts";
import type { InterRegionLinkSpec, LinkEndSpec } from "../blueprint/model/network.ts";
import { toolError } from "../kernel/errors.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Gateway } from "./gateway.ts";
import { Named } from "./named.ts";
import type { Network } from "./network.ts";
import { PrivateServer } from "./private-server.ts";
import type { Projects } from "./projects.ts";
import type { Providers } from "./providers.ts";
import { tagList } from "./values.ts";

/** One end: a router without public address, and a gateway of its own that maps the one UDP port to it. */
class LinkEnd extends SovereignComponent<LinkEndSpec> {
  readonly address: Output<string>;

  constructor(spec: LinkEndSpec, deps: { readonly projects: Projects; readonly network: Network }, site: Site) {
    super("LinkEnd", `${spec.router.key}-end`, spec, site);
    const router = new PrivateServer(spec.router, { ...deps, init: "polled" }, this.inside);
    const gateway = new Gateway(
      spec.gateway,
      {
        ...deps,
        pat: { ...spec.patRule, privateIp: deps.network.plannedAddress(spec.router.address), protocol: "udp" },
      },
      this.inside,
    );
    this.address = gateway.address;
    for (const route of spec.routes) {
      this.child(scaleway.network.Route, route.key, {
        vpcId: deps.network.vpcId,
        description: route.name,
        destination: route.destination,
        nexthopResourceId: router.nicId,
        tags: tagList(route.tags),
        region: spec.region,
      });
    }
    this.publish({ address: gateway.address, nicId: router.nicId });
  }
}

export interface InterRegionLinkDeps {
  readonly projects: Projects;
  readonly providers: Providers;
  readonly network: (region: RegionName) => Network;
}

/** A pair of WireGuard routers for a declared flow: Scaleway joins no private networks of two regions by itself. */
export class InterRegionLink extends SovereignComponent<InterRegionLinkSpec> {
  constructor(spec: InterRegionLinkSpec, deps: InterRegionLinkDeps, site: Site) {
    super("InterRegionLink", spec.key, spec, site);
    const [a, b] = spec.ends;
    if (a.region === b.region) throw toolError(`both ends of ${spec.key} are in ${a.region}`);
    const ends = new Named(
      "end of a link",
      spec.ends.map((end) => [
        end.region,
        new LinkEnd(
          end,
          { projects: deps.projects, network: deps.network(end.region) },
          { parent: this, providers: deps.providers.of(end.region) },
        ),
      ]),
    );
    this.publish({ addresses: ends.record((end) => end.address) });
  }
}
