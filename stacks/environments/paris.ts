import type { SettingsInput } from "../schema.ts";
import { EXAMPLE_ADMIN, EXAMPLE_ORGANIZATION, EXAMPLE_PIPELINE, exampleAddresses } from "./example-people.ts";

/**
 * `fr-health` on the one French region that Scaleway's public API knows: what a real account can apply today, once its own
 * Organization, administrators and granted quotas stand here. The loss of the region is accepted by name until a day.
 */
export const paris: SettingsInput = {
  name: "paris",
  profile: "fr-health",
  phase: "landing",
  organizationId: EXAMPLE_ORGANIZATION,
  slug: "bastide",
  owner: "platform-team",
  regions: ["fr-par"],
  regionLoss: { accepted: { by: "risk-owner", until: "2027-10-31" } },
  addresses: exampleAddresses(1),
  admin: EXAMPLE_ADMIN,
  cluster: {
    version: "1.35",
    type: "kapsule-dedicated-4",
    pools: [{ name: "general", nodeType: "POP2-4C-16G", minSize: 1, maxSize: 2 }],
  },
  keys: { custody: "hsm" },
  credentials: { origin: "2025-01-06" },
  logs: { lockDays: 365, consent: { by: "risk-owner", until: "2029-12-31" } },
  domains: [
    {
      name: "snds-base",
      dataClass: "health-pseudo",
      owner: "snds-office",
      sizeTb: 40,
      retentionDays: 7300,
      buckets: ["landing", "tables"],
    },
    {
      name: "pseudo-vault",
      dataClass: "health-raw",
      owner: "trusted-third",
      sizeTb: 1,
      retentionDays: 7300,
      buckets: ["landing"],
    },
    {
      name: "platform-files",
      dataClass: "technical",
      owner: "platform-team",
      sizeTb: 1,
      retentionDays: 365,
      buckets: ["artifacts"],
    },
  ],
  quotas: { "instances:POP2-4C-16G": 6 },
  state: {
    backend: "s3://bastide-paris-bootstrap-state?region=fr-par&endpoint=https://s3.fr-par.scw.cloud",
    secretsProvider: "passphrase",
  },
  pipeline: EXAMPLE_PIPELINE,
};
