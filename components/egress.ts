import type { EgressSpec } from "../blueprint/model/network.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Gateway } from "./gateway.ts";
import type { Network } from "./network.ts";
import type { Projects } from "./projects.ts";

/** The NAT that private Kapsule nodes cannot do without. It reaches every IPv4 address: no Scaleway control narrows it. */
export class Egress extends SovereignComponent<EgressSpec> {
  readonly gateway: Gateway;

  constructor(spec: EgressSpec, deps: { readonly projects: Projects; readonly network: Network }, site: Site) {
    super("Egress", `egress-${spec.gateway.region}`, spec, site);
    this.gateway = new Gateway(spec.gateway, deps, this.inside);
    this.publish({ address: this.gateway.address });
  }
}
