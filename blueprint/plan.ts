import { inputError } from "../kernel/errors.ts";
import type { RegionFact } from "../stacks/catalogue.ts";
import type { Environment } from "../stacks/load.ts";
import { LAYERS } from "../stacks/vocabulary.ts";
import { planAdvisories } from "./advisories.ts";
import { planBastion } from "./bastion.ts";
import { planBootstrap } from "./bootstrap.ts";
import { planCluster } from "./cluster.ts";
import { type PlanContext, planContext } from "./context.ts";
import { planEgress } from "./egress.ts";
import { STATE_FORMAT } from "./format.ts";
import { planIdentity } from "./identity.ts";
import { planLinks } from "./inter-region-link.ts";
import { planKeys } from "./keys.ts";
import type { Blueprint, RegionSpec } from "./model/blueprint.ts";
import type { EnvironmentSummary } from "./model/common.ts";
import type { IdentitySpec } from "./model/identity.ts";
import type { ObservabilitySpec } from "./model/observability.ts";
import type { PlatformSpec } from "./model/platform.ts";
import { planNetwork } from "./network.ts";
import { planObservability } from "./observability.ts";
import { planPlatform } from "./platform/plan.ts";
import { countQuotas, quotaFaults } from "./quotas.ts";
import { planRegistry } from "./registry.ts";
import { planSecrets } from "./secrets.ts";
import { planStorage } from "./storage.ts";
import { planWorkspaces } from "./workspaces.ts";

/** The plan of the platform layer alone: large where there are many research spaces, and no business of the other layers. */
export const planPlatformLayer = (environment: Environment, options: { readonly now?: string } = {}): PlatformSpec =>
  planPlatform(planContext(environment, options.now ?? environment.now));

/**
 * The plan of an environment's foundations: a pure function of its settings, the catalogue and `now`. Equal input gives equal bytes.
 *
 * @param options.now ISO instant that credentials are computed for. Absent: the one that the settings were checked at.
 * @throws an input error that lists every quota exceeded, which is the list to ask Scaleway for.
 */
export function plan(environment: Environment, options: { readonly now?: string } = {}): Blueprint {
  const context = planContext(environment, options.now ?? environment.now);
  const storage = planStorage(context);
  const observability = context.regions.map((region) => ({ region, ...planObservability(context, region) }));
  const identity = planIdentity(context, [...storage.granted, ...observability.flatMap((it) => it.granted)]);
  const planned: Omit<Blueprint, "environment"> = {
    bootstrap: planBootstrap(context),
    foundation: {
      identity,
      regions: observability.map((it) => planRegion(context, it.region, it.spec, identity)),
      dataDomains: storage.dataDomains,
      links: planLinks(context),
    },
    workspaces: planWorkspaces(context),
  };
  const faults = quotaFaults(countQuotas(planned), context.settings.quotas);
  if (faults.length > 0) throw inputError(`the plan of ${environment.name} exceeds quotas of the account`, faults);
  return { environment: summary(context), ...planned };
}

function planRegion(
  context: PlanContext,
  region: RegionFact,
  observability: ObservabilitySpec,
  identity: IdentitySpec,
): RegionSpec {
  const egress = planEgress(context, region);
  const bastion = planBastion(context, region);
  return {
    region: region.name,
    network: planNetwork(context, region),
    egress,
    bastion,
    cluster: planCluster(context, region, { egress: egress.gateway, bastion: bastion.gateway }),
    keys: planKeys(context, region),
    secrets: planSecrets(context, region, identity.apiKeys),
    registry: planRegistry(context, region),
    observability,
  };
}

function summary(context: PlanContext): EnvironmentSummary {
  const { settings } = context;
  return {
    format: STATE_FORMAT,
    name: settings.name,
    profile: settings.profile,
    phase: settings.phase,
    env: settings.env,
    synthetic: settings.synthetic,
    organizationId: settings.organizationId,
    regions: settings.regions,
    layers: LAYERS,
    advisories: planAdvisories(context),
  };
}
