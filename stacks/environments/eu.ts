import type { SettingsInput } from "../schema.ts";
import { EXAMPLE_ADMIN, EXAMPLE_ORGANIZATION, EXAMPLE_PIPELINE, exampleAddresses } from "./example-people.ts";

/** Two public regions of the EU, for data that are not health data. Keys are Scaleway's software ones, and verdicts say so. */
export const eu: SettingsInput = {
  name: "eu",
  profile: "eu",
  phase: "landing",
  organizationId: EXAMPLE_ORGANIZATION,
  slug: "bastide",
  owner: "platform-team",
  regions: ["fr-par", "nl-ams"],
  addresses: exampleAddresses(2),
  admin: EXAMPLE_ADMIN,
  cluster: {
    version: "1.35",
    type: "kapsule-dedicated-4",
    pools: [{ name: "general", nodeType: "POP2-4C-16G", minSize: 1, maxSize: 2 }],
  },
  keys: { custody: "software" },
  credentials: { origin: "2025-01-06" },
  logs: { lockDays: 365, consent: { by: "risk-owner", until: "2029-12-31" } },
  domains: [
    {
      name: "nomenclatures",
      dataClass: "public",
      owner: "reference-office",
      sizeTb: 1,
      retentionDays: 3650,
      buckets: ["artifacts"],
      replica: {},
    },
    {
      name: "synthetic-sets",
      dataClass: "technical",
      owner: "reference-office",
      sizeTb: 10,
      retentionDays: 1825,
      buckets: ["landing", "tables"],
      replica: { rpoMinutes: 1440, rtoMinutes: 2880 },
    },
  ],
  quotas: { "instances:POP2-4C-16G": 12 },
  state: {
    backend: "s3://bastide-eu-bootstrap-state?region=fr-par&endpoint=https://s3.fr-par.scw.cloud",
    secretsProvider: "passphrase",
  },
  pipeline: EXAMPLE_PIPELINE,
};
