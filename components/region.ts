import type { Output } from "@pulumi/pulumi";
import type { RegionSpec } from "../blueprint/model/blueprint.ts";
import type { RegionName } from "../blueprint/model/common.ts";
import { Bastion } from "./bastion.ts";
import { Cluster } from "./cluster.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { Egress } from "./egress.ts";
import type { Identity } from "./identity.ts";
import type { Named } from "./named.ts";
import { Network } from "./network.ts";
import { Observability } from "./observability.ts";
import type { Projects } from "./projects.ts";
import { Registry } from "./registry.ts";
import { Secrets } from "./secrets.ts";

export interface RegionDeps {
  readonly organizationId: string;
  readonly projects: Projects;
  readonly identity: Identity;
  readonly keys: Named<Output<string>>;
  readonly earlierSecrets: Named<Output<string>>;
}

/** One region, in dependency order. Its keys are made before it, because identities are narrowed to them. */
export class Region extends SovereignComponent<{ readonly region: RegionName }> {
  readonly network: Network;
  readonly cluster: Cluster;
  readonly bastion: Bastion;
  readonly secrets: Secrets;
  readonly observability: Observability;

  constructor(spec: RegionSpec, deps: RegionDeps, site: Site) {
    super("Region", `region-${spec.region}`, { region: spec.region }, site);
    const { projects, identity } = deps;
    const applications = identity.applicationIds;

    this.network = new Network(spec.network, deps, this.inside);
    this.observability = new Observability(spec.observability, { ...deps, applications }, this.inside);
    this.secrets = new Secrets(
      spec.secrets,
      { projects, apiKeys: identity.apiKeys, earlier: deps.earlierSecrets },
      this.inside,
    );
    new Registry(spec.registry, deps, this.inside);
    const onNetwork = { projects, identity, network: this.network };
    const egress = new Egress(spec.egress, onNetwork, this.inside);
    this.bastion = new Bastion(spec.bastion, onNetwork, this.inside);
    this.cluster = new Cluster(
      spec.cluster,
      { ...onNetwork, gateways: [egress.gateway, this.bastion.gateway] },
      this.inside,
    );
    this.publish({
      vpcId: this.network.vpcId,
      clusterId: this.cluster.id,
      bastionAddress: this.bastion.gateway.address,
    });
  }
}
