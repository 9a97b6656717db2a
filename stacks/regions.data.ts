import type { RegionFact, Source } from "./catalogue.ts";
import { PRODUCTION_TYPES } from "./node-types.data.ts";

const sdk: Source = { title: "scaleway-sdk-go v1.39.0: Regions() and Zones() of each API", date: "2026-11-23" };
const availability: Source = {
  title: "Scaleway docs: Product availability guide (validated 2025-12-04)",
  date: "2026-11-23",
};
const hsm: Source = {
  title: "scaleway-sdk-go v1.39.0: key_manager.protection_level; docs-content #6705 announces HSM keys in Paris",
  date: "2026-11-23",
};
const auditTrailConflict: Source = {
  title: "Audit Trail in Warsaw: availability guide says yes, SDK and Audit Trail FAQ say no",
  date: "2026-11-23",
};

const zones = (region: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${region}-${i + 1}`);

/** The four public regions that Scaleway's API knows. */
export const REGIONS: readonly RegionFact[] = [
  {
    name: "fr-par",
    country: "FR",
    jurisdictions: ["FR", "EU"],
    operator: "Scaleway",
    zones: zones("fr-par", 3),
    // Public Gateway API v2 lists two of the three zones.
    gatewayZones: zones("fr-par", 2),
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
    hsmKeys: "unverified",
    nodeTypes: PRODUCTION_TYPES,
    origin: "catalogue",
    sources: [sdk, availability, hsm],
  },
  {
    name: "nl-ams",
    country: "NL",
    jurisdictions: ["NL", "EU"],
    operator: "Scaleway",
    zones: zones("nl-ams", 3),
    gatewayZones: zones("nl-ams", 3),
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
    hsmKeys: "no",
    nodeTypes: PRODUCTION_TYPES,
    origin: "catalogue",
    sources: [sdk, availability, hsm],
  },
  {
    name: "pl-waw",
    country: "PL",
    jurisdictions: ["PL", "EU"],
    operator: "Scaleway",
    zones: zones("pl-waw", 3),
    gatewayZones: zones("pl-waw", 3),
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
      "audit-trail": "unverified",
    },
    hsmKeys: "no",
    nodeTypes: PRODUCTION_TYPES,
    origin: "catalogue",
    sources: [sdk, availability, hsm, auditTrailConflict],
  },
  {
    name: "it-mil",
    country: "IT",
    jurisdictions: ["IT", "EU"],
    operator: "Scaleway",
    zones: zones("it-mil", 1),
    gatewayZones: zones("it-mil", 1),
    products: {
      vpc: "yes",
      "public-gateway": "yes",
      instance: "yes",
      kapsule: "yes",
      "object-storage": "unverified",
      "key-manager": "no",
      "secret-manager": "no",
      registry: "no",
      cockpit: "no",
      "audit-trail": "no",
    },
    hsmKeys: "no",
    nodeTypes: [],
    origin: "catalogue",
    sources: [
      sdk,
      { title: "Absent from the product availability guide: general availability unverified", date: "2026-11-23" },
    ],
  },
];
