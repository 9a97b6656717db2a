import type { Base, Reading } from "./fact-base.ts";
import type { Ref } from "./reference.ts";

/** What a judge may know of keys and credentials, and of what keeps things from being deleted. */

export interface KeyFact extends Base<"key"> {
  readonly usage: Reading<string | undefined>;
  readonly algorithm: Reading<string | undefined>;
  /** `scaleway_kms` or `external`, whose material is imported. */
  readonly origin: Reading<string | undefined>;
  /** `hsm` or `software`; the official type can ask for nothing else than software. */
  readonly protectionLevel: Reading<string | undefined>;
  /** A Go duration, e.g. `2160h`; absent is no rotation. */
  readonly rotationPeriod: Reading<string | undefined>;
}

/** A public key that opens servers or bastions. */
export interface SshKeyFact extends Base<"ssh-key"> {
  /** `<type> <base64> [comment]`. */
  readonly publicKey: Reading<string | undefined>;
  readonly project: Ref;
}

/** A password or key that the engine draws and keeps in its state. */
export interface MadeSecretFact extends Base<"made-secret"> {
  /** Bits that somebody who guesses must get right. */
  readonly bits: Reading<number | undefined>;
}

/** A key pair of the API. */
export interface ApiKeyFact extends Base<"api-key"> {
  readonly application: Ref;
  readonly user: Ref;
  /** ISO instant; absent is for ever. */
  readonly expiresAt: Reading<string | undefined>;
}

/** Something that nobody can make again once it is deleted. */
export interface KeepsakeFact extends Base<"keepsake"> {
  /** Whether everything of the type counts, or only what may hold health data. */
  readonly counts: "always" | "health-data";
  /** Properties that let it, or what it holds, be deleted without asking. */
  readonly lets: readonly (Reading<boolean> & { readonly want: unknown })[];
}
