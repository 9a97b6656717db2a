import type { Blueprint } from "../blueprint/model/blueprint.ts";
import type { BucketSpec } from "../blueprint/model/storage.ts";
import { countQuotas } from "../blueprint/quotas.ts";
import { attestationsOf } from "../judge/kit/attestations.ts";
import { filesFor } from "../judge/kit/law.ts";
import { EXAMPLE_ADMIN } from "../stacks/environments/example-people.ts";
import { readLawFiles } from "../stacks/law-files.ts";
import type { Environment } from "../stacks/load.ts";
import type { PreflightInput } from "./cloud/preflight.ts";

/** Quotas of the planner that the API tells, by the API's own names. */
const API_NAMES: Readonly<Record<string, string>> = {
  projects: "projects",
  applications: "iam_applications",
  groups: "iam_groups",
  policies: "iam_policies",
  "api-keys": "iam_api_keys",
  buckets: "buckets",
  secrets: "secrets",
};

/** Type and material: a comment behind them makes no other key. */
const bareKey = (key: string): string => key.trim().split(/\s+/).slice(0, 2).join(" ");
const EXAMPLE_KEYS: ReadonlySet<string> = new Set(EXAMPLE_ADMIN.sshKeys.map(({ publicKey }) => bareKey(publicKey)));

/** Every bucket of a plan. */
const bucketsOf = ({ bootstrap, foundation }: Blueprint): readonly BucketSpec[] => [
  bootstrap.stateBucket,
  ...foundation.regions.flatMap(({ observability: o }) => [o.auditLog, o.sessions]),
  ...foundation.dataDomains.flatMap((d) => [...d.buckets, ...(d.replica === undefined ? [] : [d.replica.bucket])]),
];

/** What a plan will ask of an account, as the read-only questions of `preflight` need it. */
export function preflightRequest(environment: Environment, blueprint: Blueprint, local: boolean): PreflightInput {
  const { regions, identity } = blueprint.foundation;
  const needed = countQuotas(blueprint);
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
    })),
    nodeTypes: [...new Map(types.map((t) => [`${t.zone}/${t.type}`, t])).values()],
    projects: [
      { name: blueprint.bootstrap.project.name, layer: "bootstrap" },
      ...identity.projects.map(({ name }) => ({ name, layer: "foundation" })),
    ],
    gatewayZones: [
      ...new Set(
        [
          ...regions.flatMap((r) => [r.bastion.gateway.zone, r.egress.gateway.zone]),
          ...blueprint.foundation.links.flatMap((l) => l.ends.map((e) => e.gateway.zone)),
        ].sort(),
      ),
    ],
    buckets: bucketsOf(blueprint).map((b) => ({
      name: b.name,
      region: b.region,
      layer: b === blueprint.bootstrap.stateBucket ? "bootstrap" : "foundation",
    })),
    vpcs: regions.map((r) => ({ region: r.region, name: r.network.vpc.name })),
    quotas: Object.fromEntries(Object.entries(API_NAMES).map(([planned, name]) => [name, needed[planned] ?? 0])),
    exampleAttestations: attestationsOf(
      filesFor(environment.name, readLawFiles()).attestations,
      new Date().toISOString(),
    ).inForce.flatMap((a) => (a.example === true ? [a.kind] : [])),
    imageLock: environment.images.origin,
    exampleSshKeys: environment.settings.admin.sshKeys
      .filter(({ publicKey }) => EXAMPLE_KEYS.has(bareKey(publicKey)))
      .map(({ owner }) => owner),
    local,
  };
}
