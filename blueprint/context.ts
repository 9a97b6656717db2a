import type { RegionFact } from "../stacks/catalogue.ts";
import { type Flow, flowsInForce } from "../stacks/flows.ts";
import type { ImageLock } from "../stacks/images.ts";
import type { Environment } from "../stacks/load.ts";
import type { DomainSettings, Settings } from "../stacks/schema.ts";
import { type DataClass, HEALTH_CLASSES } from "../stacks/vocabulary.ts";
import { type AddressPlan, planAddresses } from "./address-plan.ts";
import type { Key, Planned, Tags } from "./model/common.ts";
import { nameOf, type TagWish, tagsOf } from "./naming.ts";

/** What every planner reads: the settings, the facts of the regions, the ranges, the flows in force, and the naming law. */
export interface PlanContext {
  readonly settings: Settings;
  readonly regions: readonly RegionFact[];
  readonly home: RegionFact;
  readonly addresses: AddressPlan;
  readonly flows: readonly Flow[];
  /** Domains of the settings, and the shared one of the research spaces when there are any. */
  readonly domains: readonly PlannedDomain[];
  /** Most sensitive class that the clusters process; directly identifying data never reach them. */
  readonly computeClass: DataClass;
  /** ISO instant that credentials are computed for. */
  readonly now: string;
  readonly images: ImageLock;
  readonly tags: (wish: TagWish) => Tags;
  readonly name: (key: Key) => string;
  readonly planned: (key: Key, wish: TagWish) => Planned;
}

/** A data domain with its defaults decided. */
export interface PlannedDomain {
  readonly name: string;
  readonly dataClass: DataClass;
  readonly owner: string;
  readonly retentionDays: number;
  readonly home: RegionFact;
  /** Where the copy goes: the other region, or the same one when there is no other. Absent: not copied. */
  readonly replica?: { readonly region: RegionFact; readonly rpoMinutes: number; readonly rtoMinutes: number };
  readonly uses: readonly ("landing" | "tables" | "artifacts" | "workspaces" | "export")[];
  readonly customerEncryption?: "client-side" | "sse-c";
}

const DAILY = { rpoMinutes: 1440, rtoMinutes: 1440 };

export const isHealth = (dataClass: DataClass): boolean => HEALTH_CLASSES.some((health) => health === dataClass);
export const isRaw = (dataClass: DataClass): boolean => dataClass === "health-raw";

export function planContext(environment: Environment, now: string): PlanContext {
  const { settings, regions } = environment;
  const [home] = regions;
  if (home === undefined) throw new RangeError("an environment has at least one region");
  const scope = { slug: settings.slug, environment: settings.name };
  const tags = (wish: TagWish): Tags => tagsOf(settings, wish);
  const name = (key: Key): string => nameOf(scope, key);
  const domains = [
    ...settings.domains.map((domain) => plannedDomain(domain, regions, home)),
    ...(settings.workspaces.length > 0 ? [workspaceDomain(settings, regions, home)] : []),
  ];
  return {
    settings,
    regions,
    home,
    addresses: planAddresses(settings.addresses, settings.regions),
    flows: flowsInForce(settings.regions, settings.flows, settings.phase),
    domains,
    computeClass: mostSensitive(domains.map((domain) => domain.dataClass).filter((it) => !isRaw(it))),
    now,
    images: environment.images,
    tags,
    name,
    planned: (key, wish) => ({ key, name: name(key), tags: tags(wish) }),
  };
}

/**
 * The platform's engines and gateways add the customer key to each request (SSE-C), which every S3 client can; directly
 * identifying data are encrypted before they are sent, by the one application that keeps them.
 */
const customerEncryptionOf = (dataClass: DataClass): "client-side" | "sse-c" | undefined =>
  isRaw(dataClass) ? "client-side" : isHealth(dataClass) ? "sse-c" : undefined;

function plannedDomain(domain: DomainSettings, regions: readonly RegionFact[], first: RegionFact): PlannedDomain {
  const home = regions.find((region) => region.name === domain.home) ?? first;
  const health = isHealth(domain.dataClass);
  const objectives = domain.replica ?? (health ? DAILY : undefined);
  const encryption = domain.customerEncryption ?? customerEncryptionOf(domain.dataClass);
  return {
    name: domain.name,
    dataClass: domain.dataClass,
    owner: domain.owner,
    retentionDays: domain.retentionDays,
    home,
    uses: domain.buckets,
    ...(objectives === undefined ? {} : { replica: { region: otherThan(home, regions), ...objectives } }),
    ...(encryption === undefined ? {} : { customerEncryption: encryption }),
  };
}

/**
 * The shared buckets of the research spaces: one prefix for each, because Scaleway's default quotas hold no bucket, group,
 * policy and key for each of 200 (decision 0002).
 */
function workspaceDomain(settings: Settings, regions: readonly RegionFact[], home: RegionFact): PlannedDomain {
  const dataClass = mostSensitive(settings.domains.map((domain) => domain.dataClass).filter((it) => !isRaw(it)));
  return {
    name: "workspaces",
    dataClass,
    owner: settings.owner,
    retentionDays: Math.max(...settings.domains.map((domain) => domain.retentionDays)),
    home,
    uses: ["workspaces", "export"],
    replica: { region: otherThan(home, regions), ...DAILY },
    ...(isHealth(dataClass) ? { customerEncryption: "sse-c" } : {}),
  };
}

const otherThan = (home: RegionFact, regions: readonly RegionFact[]): RegionFact =>
  regions.find((region) => region !== home) ?? home;

/** From the most sensitive down. */
const BY_SENSITIVITY: readonly DataClass[] = ["health-raw", "health-pseudo", "health-derived", "technical", "public"];

const mostSensitive = (classes: readonly DataClass[]): DataClass =>
  BY_SENSITIVITY.find((candidate) => classes.includes(candidate)) ?? "technical";
