import type { Key, Planned, ProjectKey, ProjectSpec } from "./common.ts";

/** Projects, applications, groups, policies and keys: global resources, made before every region. */
export interface IdentitySpec {
  readonly projects: readonly ProjectSpec[];
  readonly applications: readonly ApplicationSpec[];
  readonly groups: readonly GroupSpec[];
  readonly policies: readonly PolicySpec[];
  readonly apiKeys: readonly ApiKeySpec[];
}

export interface ApplicationSpec extends Planned {
  readonly description: string;
}

export interface GroupSpec extends Planned {
  readonly description: string;
  readonly applications: readonly Key[];
}

/** Bound to a group or to an application, never to a user. */
export interface PolicySpec extends Planned {
  readonly description: string;
  readonly principal: { readonly kind: "application" | "group"; readonly key: Key };
  readonly rules: readonly PolicyRuleSpec[];
}

export interface PolicyRuleSpec {
  readonly permissionSets: readonly string[];
  readonly projects: readonly ProjectKey[];
  /** Narrows key rights to these keys: `resource.id == "…" || …` (supported for Key Manager since July 2026). */
  readonly onlyKeys?: readonly Key[];
  /** Source ranges the request must come from. */
  readonly onlyFrom?: readonly string[];
}

/** One of two overlapping keys; they are rotated alternately, so that a client always holds a live one. */
export interface ApiKeySpec {
  readonly key: Key;
  readonly application: Key;
  readonly slot: "a" | "b";
  readonly description: string;
  /** ISO instant; at most 90 days after it was made. Changing it replaces the key. */
  readonly expiresAt: string;
  readonly defaultProject: ProjectKey;
}
