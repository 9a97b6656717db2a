import type { RegionFact } from "../stacks/catalogue.ts";
import { isRaw, type PlanContext, type PlannedDomain } from "./context.ts";
import type { Key, ProjectKey } from "./model/common.ts";
import type { KeySpec, KeysSpec } from "./model/storage.ts";
import { keyOf, type TagWish } from "./naming.ts";

/** One key for each purpose, in the region and project of what it protects: data and backups never share one. */
export const keyKey = (region: string, purpose: string): Key => keyOf("keys", region, purpose);
export const dataPurpose = (domain: string): string => `${domain}-data`;
/** Purpose of the key that the clusters' volumes are encrypted under. */
export const VOLUMES = "volumes";
export const backupPurpose = (domain: string): string => `${domain}-backup`;

export const dataProject = (domain: Pick<PlannedDomain, "dataClass">): ProjectKey =>
  isRaw(domain.dataClass) ? "data-raw" : "data";
export const backupProject = (domain: Pick<PlannedDomain, "dataClass">): ProjectKey =>
  isRaw(domain.dataClass) ? "backup-raw" : "backup";

export interface KeyWish extends TagWish {
  readonly key: Key;
  readonly region: string;
  readonly purpose: string;
  readonly project: ProjectKey;
  readonly description: string;
}

export function planKey(context: PlanContext, wish: KeyWish): KeySpec {
  const { custody, rotationDays } = context.settings.keys;
  return {
    ...context.planned(wish.key, wish),
    region: wish.region,
    project: wish.project,
    purpose: wish.purpose,
    usage: "symmetric_encryption",
    algorithm: "aes_256_gcm",
    custody,
    description: wish.description,
    // Imported material rotates by a new import.
    ...(custody === "external" ? {} : { rotationPeriod: `${rotationDays * 24}h` }),
  };
}

/** All keys of one region. */
export function planKeys(context: PlanContext, region: RegionFact): KeysSpec {
  const { name } = region;
  const make = (purpose: string, project: ProjectKey, description: string, tags: TagWish): KeySpec =>
    planKey(context, { key: keyKey(name, purpose), region: name, purpose, project, description, ...tags });
  return {
    region: name,
    volumes: keyKey(name, VOLUMES),
    keys: [
      ...context.domains
        .filter((domain) => domain.home === region)
        .map((domain) =>
          make(dataPurpose(domain.name), dataProject(domain), `Data of ${domain.name}`, {
            tier: "data",
            dataClass: domain.dataClass,
            owner: domain.owner,
          }),
        ),
      ...context.domains
        .filter((domain) => domain.replica?.region === region)
        .map((domain) =>
          make(backupPurpose(domain.name), backupProject(domain), `Backups of ${domain.name}`, {
            tier: "backup",
            dataClass: domain.dataClass,
            owner: domain.owner,
          }),
        ),
      make("audit-log", "log", "Exported audit trail", { tier: "log" }),
      make("sessions", "log", "Records of administrators' sessions", { tier: "log" }),
      make(VOLUMES, "network", "Volumes of the cluster's workloads", { tier: "data", dataClass: context.computeClass }),
    ],
  };
}
