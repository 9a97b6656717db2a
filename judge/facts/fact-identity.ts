import type { Known } from "../../kernel/known.ts";
import type { Base, Reading } from "./fact-base.ts";
import type { Ref } from "./reference.ts";

/** Who belongs to whom, and what a grant reaches. */

/** A group with the members that its own resource lists. */
export interface GroupFact extends Base<"group"> {
  readonly members: readonly Reading<readonly Ref[]>[];
  /** Members are also joined outside of the program. */
  readonly external: Reading<boolean | undefined>;
}

/** One member, joined by a resource of its own. */
export interface MembershipFact extends Base<"membership"> {
  readonly group: Ref;
  readonly members: readonly Ref[];
}

/** How far the rules of a policy reach, in the order of its `grants`. */
export interface GrantScopesFact extends Base<"grant-scopes"> {
  readonly scopes: Known<readonly GrantScope[]>;
}

export interface GrantScope {
  readonly property: string;
  readonly projects: Known<readonly Ref[]>;
  /** Present: every project of the organisation. */
  readonly organization: Known<string | undefined>;
  readonly condition: Known<string | undefined>;
}

/** A credential of a principal; who holds it acts as that principal. */
export interface CredentialFact extends Base<"credential"> {
  readonly principals: readonly Ref[];
}

export type ProjectFact = Base<"project">;

/** A secret of the Secret Manager. */
export type SecretFact = Base<"secret">;

/** A content of a secret, and the resources that it is made of. */
export interface SecretVersionFact extends Base<"secret-version"> {
  readonly secret: Ref;
  readonly madeOf: readonly string[];
}

/** A namespace of container images. */
export type RegistryFact = Base<"registry">;

export type IdentityFact =
  | GroupFact
  | MembershipFact
  | GrantScopesFact
  | CredentialFact
  | ProjectFact
  | SecretFact
  | SecretVersionFact
  | RegistryFact;
