import type { Blueprint } from "../blueprint/model/blueprint.ts";
import type { Environment } from "../stacks/load.ts";
import type { PreflightInput } from "./cloud/preflight.ts";

/** What a plan will ask of an account, as the read-only questions of `preflight` need it. */
export function preflightRequest(environment: Environment, blueprint: Blueprint, local: boolean): PreflightInput {
  const { regions, identity } = blueprint.foundation;
  const servers = [
    ...regions.map((r) => r.bastion.adminHost),
    ...blueprint.foundation.links.flatMap((l) => l.ends.map((e) => e.router)),
  ];
  const types = [
    ...regions.flatMap((r) => r.cluster.pools.map((p) => ({ zone: p.zone, type: p.nodeType }))),
    ...servers.map((s) => ({ zone: s.zone, type: s.type })),
  ];
  return {
    organizationId: environment.settings.organizationId,
    regions: regions.map((r) => ({
      name: r.region,
      declaredOnly: environment.regions.find((fact) => fact.name === r.region)?.origin === "declared",
      hsm: r.keys.keys.some((k) => k.custody === "hsm"),
      kubernetesVersion: r.cluster.version,
      auditTrail: r.observability.exportJob !== undefined,
    })),
    nodeTypes: [...new Map(types.map((t) => [`${t.zone}/${t.type}`, t])).values()],
    projects: [blueprint.bootstrap.project.name, ...identity.projects.map((p) => p.name)],
    vpcs: regions.map((r) => ({ region: r.region, name: r.network.vpc.name })),
    quotas: {
      projects: identity.projects.length + 1,
      iam_applications: identity.applications.length + 1,
      iam_groups: identity.groups.length,
      iam_policies: identity.policies.length + 1,
      iam_api_keys: identity.apiKeys.length + blueprint.bootstrap.deployerKeys.length,
      buckets: blueprint.foundation.dataDomains.reduce(
        (n, d) => n + d.buckets.length + (d.replica === undefined ? 0 : 1),
        1 + 2 * regions.length,
      ),
      secrets: regions.reduce((n, r) => n + r.secrets.secrets.length, 0),
    },
    local,
  };
}
