import { ATTESTATION_KINDS, type AttestationKind, type Attestations } from "../../../../judge/kit/attestations.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { type About, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";

/**
 * A result on one kind of attestation: it is there and in force, or it is not. What is an example says so. Of an estate whose
 * law is not its own nobody was asked: not known, rather than missing.
 */
export function judgeAttested(
  law: Law,
  attestations: Attestations,
  kind: AttestationKind,
  about: Partial<About> = {},
): Result {
  const found = attestations.live(kind);
  const property = `attestations.${kind}`;
  const whole: About = { subject: "stack", property, want: ATTESTATION_KINDS[kind], ...about };
  if (found !== undefined) {
    const made = found.example === true ? ", an example" : "";
    return pass({ ...whole, proof: "declared" }, `attested by ${found.owner} until ${found.expires}${made}`);
  }
  return law.environment === null
    ? undecided(whole, { property, suppliers: [] })
    : fail(whole, "no attestation in force");
}
