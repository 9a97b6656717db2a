import { REGIONS } from "./regions.data.ts";
import type { Profile } from "./vocabulary.ts";

/**
 * What exists where, as data: Scaleway's public regions come from here, a dedicated region is declared by the operator in
 * the settings, never invented. Every fact names its source and the date on which it was read.
 */
export interface Source {
  readonly title: string;
  /** ISO date on which the fact was read. */
  readonly date: string;
}

/** Products of the blueprint whose presence differs from region to region. */
export const PRODUCTS = [
  "vpc",
  "public-gateway",
  "instance",
  "kapsule",
  "object-storage",
  "key-manager",
  "secret-manager",
  "registry",
  "cockpit",
  "audit-trail",
] as const;
export type Product = (typeof PRODUCTS)[number];

/** A fact that sources contradict or do not state is `unverified`: planned with an advisory, asked for by `preflight`. */
export type Presence = "yes" | "no" | "unverified";

export interface RegionFact {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Legal orders that can reach the operator or the ground it stands on, e.g. `["FR", "EU"]`. */
  readonly jurisdictions: readonly string[];
  readonly operator: string;
  readonly zones: readonly string[];
  /** Zones in which a public gateway can stand. */
  readonly gatewayZones: readonly string[];
  readonly products: Readonly<Record<Product, Presence>>;
  /** Keys held in a hardware security module. */
  readonly hsmKeys: Presence;
  /** Instance types eligible for health workloads that nodes and servers may use here. */
  readonly nodeTypes: readonly string[];
  /** `declared` regions come from the settings of an environment; `preflight` refuses them on a public account. */
  readonly origin: "catalogue" | "declared";
  readonly sources: readonly Source[];
}

/** Scaleway's public regions. */
export const publicRegions: readonly RegionFact[] = REGIONS;

export const findRegion = (name: string, declared: readonly RegionFact[] = []): RegionFact | undefined =>
  [...publicRegions, ...declared].find((region) => region.name === name);

/** Member states of the European Union (ISO 3166-1 alpha-2), for the profile `eu`. */
export const EU_COUNTRIES: readonly string[] =
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");

/**
 * Whether a region may hold what the profile allows, and under whose wish: that health data stay in France is a condition
 * of Scaleway's health contract and of this project, not of the law, which asks for the EEA (docs/controls §0).
 */
export const regionFitsProfile = (region: RegionFact, profile: Profile): boolean =>
  profile === "fr-health"
    ? region.country === "FR" && region.jurisdictions.every((j) => j === "FR" || j === "EU")
    : EU_COUNTRIES.includes(region.country) &&
      region.jurisdictions.every((j) => j === "EU" || EU_COUNTRIES.includes(j));

/** Instance ranges that Scaleway's shared-responsibility pages exclude from health workloads. */
export const EXCLUDED_RANGES = ["DEV1", "GP1", "PLAY2", "PRO2", "COPARM1", "ENT1"] as const;
