import type { BastionSpec } from "../blueprint/model/network.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Gateway } from "./gateway.ts";
import type { Identity } from "./identity.ts";
import type { Network } from "./network.ts";
import { PrivateServer } from "./private-server.ts";
import type { Projects } from "./projects.ts";

export interface BastionDeps {
  readonly projects: Projects;
  readonly network: Network;
  readonly identity: Identity;
}

/** The one way in for administrators: a gateway with SSH bastion in a project of its own, and the recording host behind it. */
export class Bastion extends SovereignComponent<BastionSpec> {
  readonly gateway: Gateway;

  constructor(spec: BastionSpec, deps: BastionDeps, site: Site) {
    super("Bastion", `bastion-${spec.gateway.region}`, spec, site);
    this.gateway = new Gateway(
      spec.gateway,
      {
        ...deps,
        entrance: {
          port: spec.port,
          allowedSources: spec.allowedSources,
          keys: spec.sshKeys.map((key) => deps.identity.sshKeys.get(key)),
          keysDigest: deps.identity.sshKeysDigest,
        },
      },
      this.inside,
    );
    const adminHost = new PrivateServer(spec.adminHost, { ...deps, init: "first-boot" }, this.inside);
    this.publish({ address: this.gateway.address, adminHostNic: adminHost.nicId });
  }
}
