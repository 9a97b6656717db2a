import { isRaw, type PlanContext } from "./context.ts";
import type { Key, ProjectKey } from "./model/common.ts";
import { keyOf, type TagWish } from "./naming.ts";

/**
 * Who acts in the environment. Each has one job; what it may do follows from the buckets that name it (`access.ts`), never
 * from a list kept beside them. Directly identifying data have principals of their own, which nothing else names.
 */
export interface Principal {
  readonly name: PrincipalName;
  readonly description: string;
  /** Project that its API keys sign for. */
  readonly project: ProjectKey;
  readonly tier: TagWish["tier"];
  /** Whether a machine signs as it, so that it gets API keys; the others get one by hand, when a restore or audit needs it. */
  readonly machine: boolean;
  readonly raw: boolean;
}

export const PRINCIPAL_NAMES = [
  "ingest",
  "vault",
  "broker",
  "airlock",
  "copier",
  "copier-raw",
  "restorer",
  "restorer-raw",
  "session-writer",
  "auditor",
  "image-puller",
  "secrets-reader",
] as const;
export type PrincipalName = (typeof PRINCIPAL_NAMES)[number];

const PRINCIPALS: Readonly<Record<PrincipalName, Omit<Principal, "name">>> = {
  ingest: entry("Lands data sets in the domains", "data", "data", "machine"),
  vault: entry("Keeps the correspondence tables of the pseudonyms", "data-raw", "data", "machine raw"),
  broker: entry(
    "Serves queries and objects to every research space, in the space's own prefix",
    "data",
    "compute",
    "machine",
  ),
  airlock: entry("Hands reviewed results out of the export bucket", "data", "export", "machine"),
  copier: entry("Copies the domains to their replicas, as they are encrypted", "backup", "backup", "machine"),
  "copier-raw": entry("Copies the vault to its replica, as it is encrypted", "backup-raw", "backup", "machine raw"),
  restorer: entry("Reads replicas when a restore needs them", "backup", "backup", "by hand"),
  "restorer-raw": entry("Reads the vault's replica when a restore needs it", "backup-raw", "backup", "by hand raw"),
  "session-writer": entry("Writes the records of administrators' sessions", "log", "log", "machine"),
  auditor: entry("Reads audit logs and session records", "log", "log", "by hand"),
  "image-puller": entry("Pulls images for the nodes", "network", "compute", "machine"),
  "secrets-reader": entry("Hands secrets to the workloads that name them", "network", "compute", "machine"),
};

function entry(
  description: string,
  project: ProjectKey,
  tier: Principal["tier"],
  kind: "machine" | "by hand" | "machine raw" | "by hand raw",
): Omit<Principal, "name"> {
  return { description, project, tier, machine: kind.startsWith("machine"), raw: kind.endsWith("raw") };
}

/** The principals of an environment: those of the vault only where there is one. */
export function principals(context: PlanContext): readonly Principal[] {
  const hasRaw = context.domains.some((domain) => isRaw(domain.dataClass));
  const hasSpaces = context.settings.workspaces.length > 0;
  return PRINCIPAL_NAMES.map((name) => ({ name, ...PRINCIPALS[name] })).filter(
    (principal) => (hasRaw || !principal.raw) && (hasSpaces || principal.name !== "airlock"),
  );
}

export const applicationKey = (name: PrincipalName): Key => keyOf("identity", "app", name);

/** The application of the bootstrap layer that deploys the others. */
export const DEPLOYER_KEY: Key = "bootstrap-deployer";

/** How declarations name an application. */
export const applicationRef = (key: Key) => `scaleway:iam/application:Application::${key}` as const;
