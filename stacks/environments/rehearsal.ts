import type { SettingsInput } from "../schema.ts";
import { EXAMPLE_ADMIN, EXAMPLE_ORGANIZATION, EXAMPLE_PIPELINE, exampleAddresses } from "./example-people.ts";
import { FR_SECOND } from "./fr-second.ts";

/**
 * The embedded default: a small `fr-health` environment in two French regions, the second of which exists only in the local
 * Scaleway. Same rules as production, synthetic data. Dates lie far away on purpose: a rehearsal must not lapse.
 */
export const rehearsal: SettingsInput = {
  name: "rehearsal",
  profile: "fr-health",
  phase: "landing",
  env: "prod",
  synthetic: true,
  organizationId: EXAMPLE_ORGANIZATION,
  slug: "bastide",
  owner: "platform-team",
  regions: ["fr-par", "fr-second"],
  declaredRegions: [FR_SECOND],
  addresses: exampleAddresses(0),
  admin: EXAMPLE_ADMIN,
  cluster: {
    version: "1.35",
    type: "kapsule-dedicated-4",
    pools: [{ name: "general", nodeType: "POP2-16C-64G", minSize: 1, maxSize: 2 }],
  },
  keys: { custody: "hsm" },
  credentials: { origin: "2025-01-06" },
  logs: {
    // One day is enough to show that nobody can shorten it, and lets `destroy` finish (decision 0003).
    lockDays: 1,
    consent: { by: "platform-team", until: "2036-12-31" },
  },
  locks: { mode: "GOVERNANCE", landingDays: 1, backupDays: 1 },
  domains: [
    {
      name: "snds-base",
      dataClass: "health-pseudo",
      owner: "snds-office",
      sizeTb: 2,
      retentionDays: 7300,
      buckets: ["landing", "tables"],
      replica: { rpoMinutes: 240, rtoMinutes: 480 },
    },
    {
      name: "pmsi",
      dataClass: "health-pseudo",
      owner: "hospital-office",
      sizeTb: 1,
      retentionDays: 7300,
      home: "fr-second",
      buckets: ["landing", "tables"],
    },
    {
      name: "cancer-registry",
      dataClass: "health-pseudo",
      owner: "registry-office",
      sizeTb: 0.5,
      retentionDays: 10950,
      buckets: ["tables"],
    },
    {
      name: "pseudo-vault",
      dataClass: "health-raw",
      owner: "trusted-third",
      sizeTb: 0.1,
      retentionDays: 7300,
      buckets: ["landing"],
    },
    {
      name: "platform-files",
      dataClass: "technical",
      owner: "platform-team",
      sizeTb: 0.1,
      retentionDays: 365,
      buckets: ["artifacts"],
    },
  ],
  workspaces: [
    {
      name: "diabetes-pathways",
      permit: "DR-2026-0001",
      owner: "univ-north",
      domains: ["snds-base", "pmsi"],
      until: "2036-12-31",
    },
    {
      name: "screening-effects",
      permit: "DR-2026-0002",
      owner: "cancer-institute",
      domains: ["snds-base", "cancer-registry"],
      until: "2036-12-31",
    },
  ],
  flows: [
    {
      name: "catalogue-standby",
      from: { region: "fr-second", tier: "compute" },
      to: { region: "fr-par", tier: "compute" },
      protocol: "TCP",
      ports: [5432, 5432],
      reason: "The standby of the table catalogue follows its primary by streaming replication",
      owner: "platform-team",
      until: "2036-12-31",
    },
  ],
  // Granted by the local Scaleway; a real account asks for them first.
  quotas: { "instances:POP2-16C-64G": 12 },
  state: { backend: "file://./.bastide/state", secretsProvider: "passphrase" },
  pipeline: EXAMPLE_PIPELINE,
};
