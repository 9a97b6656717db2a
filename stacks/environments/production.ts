import type { SettingsInput } from "../schema.ts";
import { EXAMPLE_ADMIN, EXAMPLE_ORGANIZATION, EXAMPLE_PIPELINE, exampleAddresses } from "./example-people.ts";
import { FR_SECOND } from "./fr-second.ts";

/** Full size: 200 research spaces, two French regions (the second is the declared example until the operator replaces it). */
const WORKSPACES = 200;

const pseudonymised = (
  name: string,
  owner: string,
  sizeTb: number,
  home?: string,
): NonNullable<SettingsInput["domains"]>[number] => ({
  name,
  dataClass: "health-pseudo",
  owner,
  sizeTb,
  retentionDays: 7300,
  buckets: ["landing", "tables"],
  replica: { rpoMinutes: 240, rtoMinutes: 480 },
  ...(home === undefined ? {} : { home }),
});

const COHORTS = [
  ["snds-base"],
  ["snds-base", "pmsi"],
  ["snds-base", "cancer-registry"],
  ["cohorts"],
  ["pmsi", "drug-claims"],
];

export const production: SettingsInput = {
  name: "production",
  profile: "fr-health",
  phase: "landing",
  organizationId: EXAMPLE_ORGANIZATION,
  slug: "bastide",
  owner: "platform-team",
  regions: ["fr-par", "fr-second"],
  declaredRegions: [FR_SECOND],
  addresses: exampleAddresses(3),
  admin: { ...EXAMPLE_ADMIN, serverType: "POP2-4C-16G", gatewayType: "VPC-GW-M" },
  cluster: {
    version: "1.35",
    type: "kapsule-dedicated-16",
    pools: [
      { name: "general", nodeType: "POP2-8C-32G", minSize: 2, maxSize: 6, rootVolumeGb: 100 },
      { name: "analytics", nodeType: "POP2-HM-16C-128G", minSize: 1, maxSize: 12, rootVolumeGb: 100 },
    ],
  },
  keys: { custody: "hsm" },
  credentials: { origin: "2025-01-06" },
  logs: { lockDays: 365, consent: { by: "risk-owner", until: "2029-12-31" } },
  locks: { landingDays: 90, backupDays: 90 },
  domains: [
    pseudonymised("snds-base", "snds-office", 2200),
    pseudonymised("pmsi", "hospital-office", 900, "fr-second"),
    pseudonymised("drug-claims", "snds-office", 1400),
    pseudonymised("cancer-registry", "registry-office", 60, "fr-second"),
    pseudonymised("cohorts", "cohort-office", 350),
    {
      name: "pseudo-vault",
      dataClass: "health-raw",
      owner: "trusted-third",
      sizeTb: 5,
      retentionDays: 7300,
      buckets: ["landing"],
      replica: { rpoMinutes: 60, rtoMinutes: 240 },
    },
    {
      name: "platform-files",
      dataClass: "technical",
      owner: "platform-team",
      sizeTb: 10,
      retentionDays: 365,
      buckets: ["artifacts"],
    },
  ],
  workspaces: Array.from({ length: WORKSPACES }, (_, index) => {
    const number = String(index + 1).padStart(4, "0");
    return {
      name: `project-${number}`,
      permit: `DR-2026-${number}`,
      owner: `research-team-${number}`,
      domains: COHORTS[index % COHORTS.length] ?? ["snds-base"],
      until: "2029-12-31",
    };
  }),
  platform: {
    trino: {
      workers: 20,
      worker: { cpu: 14, memoryGb: 110 },
      columnMasks: [
        {
          domain: "snds-base",
          table: "beneficiaries",
          column: "birth_month",
          mask: "date_trunc('year', birth_month)",
          reason: "Month of birth narrows small groups to single persons",
        },
      ],
    },
    spark: { maxExecutors: 8, executor: { cpu: 4, memoryGb: 32 } },
    copy: { linkMbps: 10_000, dailyChangePercent: 0.5 },
  },
  flows: [
    {
      name: "catalogue-standby",
      from: { region: "fr-second", tier: "compute" },
      to: { region: "fr-par", tier: "compute" },
      protocol: "TCP",
      ports: [5432, 5432],
      reason: "The standby of the table catalogue follows its primary by streaming replication",
      owner: "platform-team",
      until: "2027-10-31",
    },
  ],
  quotas: {
    "instances:POP2-8C-32G": 36,
    "instances:POP2-HM-16C-128G": 72,
    "block-storage-gb": 50_000,
  },
  state: {
    backend: "s3://bastide-production-bootstrap-state?region=fr-par&endpoint=https://s3.fr-par.scw.cloud",
    secretsProvider: "passphrase",
  },
  pipeline: EXAMPLE_PIPELINE,
};
