import type { Output } from "@pulumi/pulumi";
import type { FoundationSpec, RegionSpec } from "../blueprint/model/blueprint.ts";
import type { EnvironmentSummary } from "../blueprint/model/common.ts";
import { toolError } from "../kernel/errors.ts";
import { type Site, SovereignComponent } from "./component.ts";
import { DataDomain } from "./data-domain.ts";
import { DEPLOYER } from "./deployer.ts";
import { Identity } from "./identity.ts";
import { InterRegionLink } from "./inter-region-link.ts";
import { Keys } from "./keys.ts";
import { Named } from "./named.ts";
import { Projects } from "./projects.ts";
import type { Providers } from "./providers.ts";
import { Region, type RegionDeps } from "./region.ts";

export interface FoundationDeps {
  readonly environment: EnvironmentSummary;
  readonly providers: Providers;
  /** Application of the bootstrap layer. */
  readonly deployerId: Output<string>;
}

/** The regions, and what spans them: projects, keys and identities before, data domains and links after. */
export class Foundation extends SovereignComponent<EnvironmentSummary> {
  readonly regions: Named<Region>;
  /** Keys of the clusters' volumes, by region. */
  readonly volumeKeys: Readonly<Record<string, Output<string>>>;
  /** Public halves of the applications' API keys. */
  readonly accessKeys: Readonly<Record<string, Output<string>>>;

  constructor(spec: FoundationSpec, deps: FoundationDeps) {
    const { environment, providers } = deps;
    const [first] = spec.regions;
    if (first === undefined) throw toolError(`the plan of ${environment.name} has no region`);
    const home = providers.of(first.region);
    super("Foundation", "foundation", environment, { providers: home });

    const { organizationId } = environment;
    const { projects: projectSpecs, policies, ...workloads } = spec.identity;
    const [grant, ...ownPolicies] = policies;
    if (grant === undefined) throw toolError("the plan gives the deployer no right in the projects that it makes");
    const deployer = new Named("application", [[DEPLOYER, deps.deployerId]]);

    const projects = new Projects({ projects: projectSpecs, grant }, { organizationId, deployer }, this.inside);
    const once: Pick<Site, "parent" | "after"> = { parent: this, after: [projects.granted] };
    const keys = Named.merge(
      "key",
      spec.regions.map(
        (it) => new Keys(it.keys, { projects }, { ...once, providers: providers.of(it.region) }).bareIds,
      ),
    );
    const identity = new Identity(
      { ...workloads, policies: ownPolicies },
      { organizationId, projects, keys, deployer },
      { ...once, providers: home },
    );
    this.regions = regionsOf(spec.regions, { organizationId, projects, identity, keys }, (it) => ({
      ...once,
      providers: providers.of(it.region),
    }));
    this.volumeKeys = Object.fromEntries(
      spec.regions.map(({ region, keys: { volumes } }) => [region, keys.get(volumes)]),
    );
    this.accessKeys = identity.apiKeys.record((key) => key.accessKey);
    for (const domain of spec.dataDomains) {
      new DataDomain(
        domain,
        { projects, providers, keys, applications: identity.applicationIds },
        { ...once, providers: providers.of(domain.home) },
      );
    }
    for (const link of spec.links) {
      new InterRegionLink(
        link,
        { projects, providers, network: (region) => this.regions.get(region).network },
        { ...once, providers: home },
      );
    }
    this.publish({ vpcs: this.regions.record((region) => region.network.vpcId) });
  }
}

/** Regions in the order of the plan: a later one may repeat secrets of an earlier one. */
function regionsOf(
  specs: readonly RegionSpec[],
  deps: Omit<RegionDeps, "earlierSecrets">,
  site: (spec: RegionSpec) => Site,
): Named<Region> {
  const made: Region[] = [];
  return Named.from(
    "region",
    specs.map((spec) => ({ ...spec, key: spec.region })),
    ({ key: _, ...spec }) => {
      const earlierSecrets = Named.merge(
        "secret value",
        made.map((region) => region.secrets.values),
      );
      const region = new Region(spec, { ...deps, earlierSecrets }, site(spec));
      made.push(region);
      return region;
    },
  );
}
