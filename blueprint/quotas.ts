import type { Fault } from "../kernel/errors.ts";
import { byKey, byText } from "../kernel/order.ts";
import { DEFAULT_QUOTAS, QUOTA_SOURCE } from "../stacks/quotas.data.ts";
import type { Settings } from "../stacks/schema.ts";
import type { Blueprint, RegionSpec } from "./model/blueprint.ts";
import type { GatewaySpec, ServerSpec } from "./model/network.ts";

/** What the plan needs of each quota of the account, counted on the plan itself, pools at their largest. */
export function countQuotas(plan: Omit<Blueprint, "environment">): Readonly<Record<string, number>> {
  const { identity, regions, dataDomains, links } = plan.foundation;
  const ends = links.flatMap((link) => link.ends);
  const gateways: readonly GatewaySpec[] = [
    ...regions.flatMap((region) => [region.egress.gateway, region.bastion.gateway]),
    ...ends.map((end) => end.gateway),
  ];
  const servers: readonly ServerSpec[] = [
    ...regions.map((region) => region.bastion.adminHost),
    ...ends.map((end) => end.router),
  ];
  const pools = regions.flatMap((region) => region.cluster.pools);
  const nodes = sum(pools.map((pool) => pool.maxSize));
  const clusters = regions.map((region) => region.cluster);
  return {
    projects: identity.projects.length + 1,
    applications: identity.applications.length + 1,
    groups: identity.groups.length,
    policies: identity.policies.length + 1,
    "api-keys": identity.apiKeys.length + plan.bootstrap.deployerKeys.length,
    "ssh-keys": identity.sshKeys.length,
    buckets:
      1 +
      2 * regions.length +
      sum(dataDomains.map((domain) => domain.buckets.length + (domain.replica === undefined ? 0 : 1))),
    secrets: sum(regions.map((region) => region.secrets.secrets.length)),
    "private-networks": sum(regions.map((region) => region.network.privateNetworks.length)),
    "private-nics": servers.length + nodes,
    "public-gateways": gateways.length,
    "public-gateway-ips": gateways.length,
    "gateway-attachments": sum(gateways.map((gateway) => gateway.attachments.length)),
    "pat-rules": ends.length,
    "security-rules": securityRules(regions, servers),
    clusters: clusters.filter((cluster) => cluster.type === "kapsule").length,
    "dedicated-control-planes": clusters.filter((cluster) => cluster.type !== "kapsule").length,
    "block-storage-gb": sum(pools.map((pool) => pool.maxSize * pool.rootVolumeGb)) + servers.length * SERVER_DISK_GB,
    "acl-rules-per-vpc": Math.max(...regions.map((region) => sum(region.network.acls.map((acl) => acl.rules.length)))),
    ...instances(regions, servers),
  };
}

/** Root volume that components give to admin hosts and routers. */
const SERVER_DISK_GB = 20;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

const securityRules = (regions: readonly RegionSpec[], servers: readonly ServerSpec[]): number =>
  sum(
    [
      ...regions.flatMap((region) => region.cluster.securityGroups),
      ...servers.map((server) => server.securityGroup),
    ].map((group) => group.inbound.length + group.outbound.length),
  );

function instances(regions: readonly RegionSpec[], servers: readonly ServerSpec[]): Readonly<Record<string, number>> {
  const wanted = [
    ...regions.flatMap((region) => region.cluster.pools.map((pool) => ({ type: pool.nodeType, count: pool.maxSize }))),
    ...servers.map((server) => ({ type: server.type, count: 1 })),
  ];
  const types = [...new Set(wanted.map(({ type }) => type))].sort(byText);
  return Object.fromEntries(
    types.map((type) => [`instances:${type}`, sum(wanted.filter((it) => it.type === type).map((it) => it.count))]),
  );
}

/**
 * One fault for each quota that the plan exceeds; together they are the list to ask Scaleway for. A quota that nobody
 * documents counts as zero until the settings state what was granted.
 */
export function quotaFaults(needed: Readonly<Record<string, number>>, granted: Settings["quotas"]): readonly Fault[] {
  return Object.entries(needed)
    .map(([name, count]) => ({ name, count, limit: granted[name] ?? DEFAULT_QUOTAS[name] ?? 0 }))
    .filter(({ count, limit }) => count > limit)
    .sort(byKey(({ name }) => name))
    .map(({ name, count, limit }) => ({
      code: "plan.quota-exceeded",
      path: `quotas.${name}`,
      got: `${count} needed, ${limit} ${granted[name] === undefined ? `by default (${QUOTA_SOURCE.title})` : "granted"}`,
      want: `at most ${limit}`,
      fix: `ask Scaleway to raise ${name} to ${count}, then write the granted limit under quotas; or plan smaller`,
    }));
}
