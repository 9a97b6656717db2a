import type { Base, Reading } from "./fact-base.ts";

/** What a judge may know of how people come to their rights. */

/** An account of one person that a program makes. */
export interface PersonFact extends Base<"person"> {
  /** What kind of account, in the words of a finding. */
  readonly how: string;
}

/** How people sign in to a cluster, beside IAM. */
export interface SignInFact extends Base<"sign-in"> {
  /** Issuer of the cluster's own OpenID Connect; absent when it has none. */
  readonly issuer: Reading<string | undefined>;
}
