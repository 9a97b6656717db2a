import type { Attestation, AttestationKind } from "../../judge/kit/attestations.ts";
import { type Law, lawForForeign } from "../../judge/kit/law.ts";

export const NOW = "2026-11-23T12:00:00.000Z";

/** An attestation in force on the day of the tests. */
export const attested = (kind: AttestationKind, changes: Partial<Attestation> = {}): Attestation => ({
  schema: "bastide.attestation/1",
  kind,
  environments: ["rehearsal"],
  scope: "everything",
  document: { title: "a document", sha256: "a".repeat(64) },
  owner: "assurance",
  issued: "2026-01-05",
  expires: "2027-06-30",
  ...(kind === "hds-contract" ? { products: ["Kapsule", "Object Storage"] } : {}),
  ...changes,
});

/** Everything that no resource shows, vouched for. */
export const ATTESTED: readonly Attestation[] = (
  [
    "hds-contract",
    "audit-trail-export",
    "kubernetes-audit",
    "object-private-access",
    "hsm-certificate",
    "organization-mfa",
    "state-copy",
  ] as const
).map((kind) => attested(kind));

const part = { host: "forge.example", country: "FR", operator: "us" };

/** A law for tests: the built-in one of a profile, an operator who declared the rest, and what the test sets. */
export const testLaw = (changes: Partial<Law> = {}): Law => ({
  ...lawForForeign("fr-health"),
  state: { backend: "file:///state", secretsProvider: "passphrase" },
  pipeline: { runner: part, logs: part },
  attestations: [...ATTESTED],
  ...changes,
});
