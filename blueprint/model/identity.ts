import type { Key, Planned, ProjectKey, ProjectSpec } from "./common.ts";
import type { SshKeySpec } from "./network.ts";

/** Projects, applications, groups, policies and keys: global resources, made before every region. */
export interface IdentitySpec {
  readonly projects: readonly ProjectSpec[];
  readonly applications: readonly ApplicationSpec[];
  readonly groups: readonly GroupSpec[];
  /**
   * The first one, `identity-policy-deployer`, gives the deployer (an application of the bootstrap layer) its rights in the
   * projects that this layer makes: whatever is made inside those projects must come after it.
   */
  readonly policies: readonly PolicySpec[];
  readonly apiKeys: readonly ApiKeySpec[];
  /** SSH keys of the bastion project, made once: every bastion gateway of the project copies all of them. */
  readonly sshKeys: readonly SshKeySpec[];
}

export interface ApplicationSpec extends Planned {
  readonly description: string;
}

export interface GroupSpec extends Planned {
  readonly description: string;
  readonly applications: readonly Key[];
  /** Members are people, joined by the identity provider: the program neither lists nor removes them. */
  readonly people: boolean;
}

/**
 * Bound to a group or to an application, never to a user. An application may be `bootstrap-deployer`, which the foundation
 * reads from the bootstrap stack.
 */
export interface PolicySpec extends Planned {
  readonly description: string;
  readonly principal: { readonly kind: "application" | "group"; readonly key: Key };
  readonly rules: readonly PolicyRuleSpec[];
}

export interface PolicyRuleSpec {
  readonly permissionSets: readonly string[];
  /** Empty when the rule is of organisation scope. */
  readonly projects: readonly ProjectKey[];
  /** Organisation scope, for the sets that have no other (IAM, projects, Audit Trail): the deployer's alone. */
  readonly organization?: true;
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
