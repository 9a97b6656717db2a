import { PRODUCTION_TYPES } from "../node-types.data.ts";
import type { SettingsInput } from "../schema.ts";

/**
 * EXAMPLE of a region that an operator declares: a second French one. It exists only in the local Scaleway; `preflight`
 * refuses it on a real account until the operator replaces it by the facts of a contract of their own.
 */
export const FR_SECOND = {
  name: "fr-second",
  country: "FR",
  jurisdictions: ["FR", "EU"],
  operator: "Example operator (local Scaleway only)",
  zones: ["fr-second-1", "fr-second-2", "fr-second-3"],
  gatewayZones: ["fr-second-1", "fr-second-2", "fr-second-3"],
  products: {
    vpc: "yes",
    "public-gateway": "yes",
    instance: "yes",
    kapsule: "yes",
    "object-storage": "yes",
    "key-manager": "yes",
    "secret-manager": "yes",
    registry: "yes",
    cockpit: "yes",
    "audit-trail": "yes",
  },
  hsmKeys: "yes",
  nodeTypes: [...PRODUCTION_TYPES],
  source: { title: "Example of this repository; stands for a contract that does not exist", date: "2026-11-23" },
} satisfies NonNullable<SettingsInput["declaredRegions"]>[number];
