import type { SettingsInput } from "../../stacks/schema.ts";
import { ONE_REGION, TWO_REGIONS } from "./plans.ts";

/** One broken setting each: where, and the code that must be told. */
export interface SettingsCase {
  readonly code: string;
  readonly path: string;
  readonly settings: unknown;
}

const two = (change: object): unknown => ({ ...TWO_REGIONS, ...change });
const one = (change: object): unknown => ({ ...ONE_REGION, ...change });

const first = <T>(items: readonly T[] | undefined): T => {
  const [item] = items ?? [];
  if (item === undefined) throw new Error("nothing to change");
  return item;
};

const domain = first(TWO_REGIONS.domains);
const vault = first(TWO_REGIONS.domains.filter((it) => it.dataClass === "health-raw"));
const space = first(TWO_REGIONS.workspaces);
const flow = first(TWO_REGIONS.flows);
const pool = first(TWO_REGIONS.cluster.pools);
const declared = first(TWO_REGIONS.declaredRegions);
const { admin, cluster, addresses, credentials, logs } = TWO_REGIONS;

const declaring = (change: object): unknown => two({ declaredRegions: [{ ...declared, ...change }] });
const withFlow = (change: object): unknown => two({ flows: [{ ...flow, ...change }] });
const withDomain = (change: object): unknown => two({ domains: [{ ...domain, ...change }], workspaces: [] });
const withPool = (change: object): unknown => two({ cluster: { ...cluster, pools: [{ ...pool, ...change }] } });
const window = {
  name: "old-cloud",
  hosts: ["blobs.old-cloud.example"],
  reason: "Copy of the last domain",
  owner: "data-office",
  phases: ["landing"],
  until: "2026-12-31",
};

const FORM: readonly SettingsCase[] = [
  { code: "settings.unknown-key", path: "colour", settings: two({ colour: "blue" }) },
  { code: "settings.unknown-key", path: "admin.port2", settings: two({ admin: { ...admin, port2: 1 } }) },
  { code: "settings.missing", path: "slug", settings: two({ slug: undefined }) },
  { code: "settings.malformed", path: "name", settings: two({ name: "Rehearsal" }) },
  {
    code: "settings.malformed",
    path: "credentials.lifetimeDays",
    settings: two({ credentials: { ...credentials, lifetimeDays: 91 } }),
  },
  { code: "settings.malformed", path: "keys.rotationDays", settings: two({ keys: { rotationDays: 91 } }) },
  { code: "settings.malformed", path: "logs.retentionDays", settings: two({ logs: { ...logs, retentionDays: 364 } }) },
  {
    code: "settings.malformed",
    path: "regionLoss.accepted.until",
    settings: one({ regionLoss: { accepted: { by: "risk-owner", until: "2027-02-30" } } }),
  },
  {
    code: "settings.malformed",
    path: "addresses.ipv4",
    settings: two({ addresses: { ...addresses, ipv4: "10.16.0.1/14" } }),
  },
  { code: "settings.unknown-word", path: "profile", settings: two({ profile: "us-health" }) },
  {
    code: "settings.unknown-word",
    path: "flows.0.to.tier",
    settings: withFlow({ to: { region: "fr-par", tier: "attic" } }),
  },
];

const PLACE: readonly SettingsCase[] = [
  { code: "settings.region-repeated", path: "regions.1", settings: two({ regions: ["fr-par", "fr-par"] }) },
  { code: "settings.region-unknown", path: "regions.1", settings: two({ regions: ["fr-par", "fr-third"] }) },
  { code: "settings.region-shadowed", path: "declaredRegions.0.name", settings: declaring({ name: "fr-par" }) },
  {
    code: "settings.zone-foreign",
    path: "declaredRegions.0.zones",
    settings: declaring({ zones: ["fr-par-1", "fr-second-2"] }),
  },
  {
    code: "settings.zone-foreign",
    path: "declaredRegions.0.gatewayZones",
    settings: declaring({ gatewayZones: ["fr-second-9"] }),
  },
  { code: "settings.region-profile", path: "regions", settings: two({ regions: ["fr-par", "nl-ams"] }) },
  { code: "settings.region-profile", path: "regions", settings: declaring({ jurisdictions: ["FR", "EU", "US"] }) },
  { code: "settings.region-profile", path: "regions", settings: declaring({ country: "DE" }) },
  { code: "settings.jurisdictions-mixed", path: "regions", settings: two({ regions: ["fr-par", "pl-waw"] }) },
  {
    code: "settings.zones-too-few",
    path: "regions",
    settings: declaring({ zones: ["fr-second-1"], gatewayZones: ["fr-second-1"] }),
  },
  { code: "settings.product-absent", path: "regions", settings: two({ profile: "eu", regions: ["fr-par", "it-mil"] }) },
  { code: "settings.region-loss-unaccepted", path: "regionLoss", settings: one({ regionLoss: undefined }) },
  { code: "settings.region-loss-needless", path: "regionLoss", settings: two({ regionLoss: ONE_REGION.regionLoss }) },
  {
    code: "settings.region-loss-expired",
    path: "regionLoss.accepted.until",
    settings: one({ regionLoss: { accepted: { by: "risk-owner", until: "2026-11-22" } } }),
  },
  {
    code: "settings.region-loss-too-long",
    path: "regionLoss.accepted.until",
    settings: one({ regionLoss: { accepted: { by: "risk-owner", until: "2028-11-23" } } }),
  },
  {
    code: "settings.range-overlap",
    path: "addresses.services",
    settings: two({ addresses: { ...addresses, services: "10.19.0.0/16" } }),
  },
  {
    code: "settings.range-exhausted",
    path: "addresses.ipv4",
    settings: two({ addresses: { ...addresses, ipv4: "10.16.0.0/16" } }),
  },
  {
    code: "settings.range-exhausted",
    path: "addresses.ipv6",
    settings: two({ addresses: { ...addresses, ipv6: "fd5b:1e0c:7a00::/56" } }),
  },
  {
    code: "settings.range-public",
    path: "addresses.ipv4",
    settings: two({ addresses: { ...addresses, ipv4: "11.16.0.0/14" } }),
  },
];

const OPERATIONS: readonly SettingsCase[] = [
  { code: "settings.sources-empty", path: "admin.sources", settings: two({ admin: { ...admin, sources: [] } }) },
  {
    code: "settings.sources-too-wide",
    path: "admin.sources.0",
    settings: two({ admin: { ...admin, sources: ["0.0.0.0/0"] } }),
  },
  {
    code: "settings.sources-too-wide",
    path: "admin.sources.1",
    settings: two({ admin: { ...admin, sources: ["192.0.2.0/27", "128.0.0.0/1"] } }),
  },
  {
    code: "settings.sources-inside",
    path: "admin.sources.0",
    settings: two({ admin: { ...admin, sources: ["10.16.16.0/24"] } }),
  },
  {
    code: "settings.ssh-key-shared",
    path: "admin.sshKeys.1.publicKey",
    settings: two({
      admin: { ...admin, sshKeys: [first(admin.sshKeys), { ...first(admin.sshKeys), owner: "somebody-else" }] },
    }),
  },
  { code: "settings.node-type-excluded", path: "cluster.pools.0.nodeType", settings: withPool({ nodeType: "DEV1-M" }) },
  {
    code: "settings.node-type-absent",
    path: "admin.serverType",
    settings: two({ admin: { ...admin, serverType: "POP9-2C" } }),
  },
  { code: "settings.pool-size", path: "cluster.pools.0", settings: withPool({ minSize: 3, maxSize: 2 }) },
  {
    code: "settings.name-repeated",
    path: "cluster.pools.1.name",
    settings: two({ cluster: { ...cluster, pools: [pool, pool] } }),
  },
  {
    code: "settings.control-plane-shared",
    path: "cluster.type",
    settings: two({ cluster: { ...cluster, type: "kapsule" } }),
  },
  { code: "settings.custody-software", path: "keys.custody", settings: two({ keys: { custody: "software" } }) },
  { code: "settings.hsm-absent", path: "keys.custody", settings: declaring({ hsmKeys: "no" }) },
  {
    code: "settings.credentials-gap",
    path: "credentials.lifetimeDays",
    settings: two({ credentials: { ...credentials, everyDays: 45, lifetimeDays: 89 } }),
  },
  {
    code: "settings.credentials-future",
    path: "credentials.origin",
    settings: two({ credentials: { origin: "2026-11-24" } }),
  },
  {
    code: "settings.credentials-future",
    path: "credentials.asOf",
    settings: two({ credentials: { ...credentials, asOf: "2026-11-24" } }),
  },
  {
    code: "settings.credentials-overdue",
    path: "credentials.asOf",
    settings: two({ credentials: { origin: "2026-08-02", asOf: "2026-10-24" } }),
  },
  {
    code: "settings.consent-too-short",
    path: "logs.consent.until",
    settings: one({ logs: { lockDays: 365, consent: { by: "risk-owner", until: "2027-11-22" } } }),
  },
  {
    code: "settings.lock-beyond-retention",
    path: "logs.lockDays",
    settings: one({ logs: { lockDays: 366, consent: { by: "risk-owner", until: "2029-12-31" } } }),
  },
  {
    code: "settings.lock-short",
    path: "logs.lockDays",
    settings: one({ logs: { lockDays: 30, consent: { by: "risk-owner", until: "2029-12-31" } } }),
  },
  { code: "settings.lock-trial", path: "locks.mode", settings: two({ locks: { mode: "COMPLIANCE" } }) },
  { code: "settings.quota-unknown", path: "quotas.unicorns", settings: two({ quotas: { unicorns: 3 } }) },
];

const DATA: readonly SettingsCase[] = [
  {
    code: "settings.name-repeated",
    path: "domains.1.name",
    settings: two({ domains: [domain, domain], workspaces: [] }),
  },
  { code: "settings.name-reserved", path: "domains.0.name", settings: withDomain({ name: "workspaces" }) },
  {
    code: "settings.class-not-allowed",
    path: "domains.0.dataClass",
    settings: two({ profile: "eu", regions: ["fr-par", "nl-ams"] }),
  },
  { code: "settings.class-not-allowed", path: "domains.0.dataClass", settings: two({ env: "dev" }) },
  { code: "settings.region-outside", path: "domains.0.home", settings: withDomain({ home: "pl-waw" }) },
  {
    code: "settings.name-repeated",
    path: "workspaces.1.permit",
    settings: two({ workspaces: [space, { ...space, name: "another" }] }),
  },
  {
    code: "settings.expired",
    path: "workspaces.0.until",
    settings: two({ workspaces: [{ ...space, until: "2026-11-22" }] }),
  },
  {
    code: "settings.domain-unknown",
    path: "workspaces.0.domains.0",
    settings: two({ workspaces: [{ ...space, domains: ["genomes"] }] }),
  },
  {
    code: "settings.workspace-raw",
    path: "workspaces.0.domains.0",
    settings: two({ workspaces: [{ ...space, domains: [vault.name] }] }),
  },
  { code: "settings.name-repeated", path: "flows.1.name", settings: two({ flows: [flow, flow] }) },
  { code: "settings.name-reserved", path: "flows.0.name", settings: withFlow({ name: "admin-to-proxy-fr-par" }) },
  {
    code: "settings.region-outside",
    path: "flows.0.from.region",
    settings: withFlow({ from: { region: "nl-ams", tier: "compute" } }),
  },
  { code: "settings.flow-within-network", path: "flows.0", settings: withFlow({ from: flow.to }) },
  {
    code: "settings.flow-inward",
    path: "flows.0.from.tier",
    settings: withFlow({ from: { region: "fr-par", tier: "dmz" } }),
  },
  { code: "settings.flow-ports", path: "flows.0.ports", settings: withFlow({ ports: [5433, 5432] }) },
  { code: "settings.flow-undated", path: "flows.0.until", settings: withFlow({ until: undefined }) },
  { code: "settings.expired", path: "flows.0.until", settings: withFlow({ until: "2026-11-22" }) },
  {
    code: "settings.flow-too-long",
    path: "flows.0.until",
    settings: two({ synthetic: false, logs: { ...logs, lockDays: 365 } }),
  },
  {
    code: "settings.expired",
    path: "windows.0.until",
    settings: two({ windows: [{ ...window, until: "2026-11-22" }] }),
  },
  {
    code: "settings.window-too-long",
    path: "windows.0.until",
    settings: two({ windows: [{ ...window, until: "2027-02-22" }] }),
  },
  {
    code: "settings.region-outside",
    path: "link.routers.nl-ams",
    settings: two({ link: { routers: { "nl-ams": { publicKey: `${"A".repeat(43)}=`, address: "192.0.2.9" } } } }),
  },
];

const PLATFORM: readonly SettingsCase[] = [
  {
    code: "settings.rpo-unreachable",
    path: "platform.copy.linkMbps",
    settings: two({ platform: { copy: { linkMbps: 1 } } }),
  },
  {
    code: "settings.domain-unknown",
    path: "platform.trino.rowFilters.0.domain",
    settings: two({
      platform: {
        trino: { rowFilters: [{ domain: "nowhere", table: "t", filter: "true", reason: "None at all, a test" }] },
      },
    }),
  },
];

export const CASES: readonly SettingsCase[] = [...FORM, ...PLACE, ...OPERATIONS, ...DATA, ...PLATFORM];

/** Sound settings with one thing changed, for tests that plan. */
export const changed = (change: Partial<SettingsInput>): SettingsInput => ({ ...TWO_REGIONS, ...change });
