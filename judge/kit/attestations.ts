import { z } from "zod";

/**
 * What no resource shows, and a person vouches for with a document and a date. An attestation is an axis of its own: it never
 * makes a claim `checked`.
 */
export const ATTESTATION_KINDS = {
  "hds-contract": "hosting contract for health data, with the list of products that it covers",
  "secnumcloud-scope": "entry of the qualified-services catalogue for the services in use",
  "hsm-certificate": "certificate of the hardware module that holds the root of the keys",
  "organization-mfa": "second factor enforced for every member of the Organization",
  "audit-trail-export": "audit trail switched on and exported to a locked bucket",
  "kubernetes-audit": "audit log of the control planes switched on and collected",
  "object-private-access": "access to buckets from inside only, as far as the platform offers it",
  "state-copy": "offline, encrypted copy of state, stack settings and policy pack in the perimeter",
} as const;
export type AttestationKind = keyof typeof ATTESTATION_KINDS;
const KINDS = Object.keys(ATTESTATION_KINDS).filter((k): k is AttestationKind => k in ATTESTATION_KINDS);

/** Longest life of an attestation, in days (own parameter): certificates are renewed every three years. */
export const ATTESTATION_DAYS = 1100;

const text = z.string().trim().min(1);
const day = z.iso.date();

export const attestationSchema = z.strictObject({
  schema: z.literal("bastide.attestation/1"),
  kind: z.enum(KINDS),
  /** Environments that it is for. */
  environments: z.array(text).min(1),
  /** What exactly is vouched for: contract number, services, sites. */
  scope: text,
  document: z.strictObject({ title: text, sha256: z.string().regex(/^[0-9a-f]{64}$/, { error: "a SHA-256 in hex" }) }),
  owner: text,
  issued: day,
  /** Last day (UTC) on which it holds. */
  expires: day,
  /** Products that a contract covers, by Scaleway's names. */
  products: z.array(text).min(1).optional(),
  /** Made up, so that a rehearsal or a shipped example can be judged. `preflight` refuses it on a real account. */
  example: z.literal(true).optional(),
});
export type Attestation = z.infer<typeof attestationSchema>;

export interface AttestationFault {
  readonly index: number;
  readonly got: string;
  readonly want: string;
}

export interface Attestations {
  /** The one that lives longest of its kind, among those in force. */
  live(kind: AttestationKind): Attestation | undefined;
  readonly inForce: readonly Attestation[];
  /** Malformed, expired, from the future, or too long. */
  readonly faults: readonly AttestationFault[];
}

const DAY_MS = 86_400_000;
const startOf = (isoDay: string): number => Date.parse(`${isoDay}T00:00:00.000Z`);
export const endOf = (isoDay: string): number => Date.parse(`${isoDay}T23:59:59.999Z`);

/** A day later than tomorrow: tomorrow itself may be today where it was written. */
export const isFromTheFuture = (issued: string, now: string): boolean => startOf(issued) > Date.parse(now) + DAY_MS;

function faultOf(a: Attestation, now: string): Omit<AttestationFault, "index"> | undefined {
  if (isFromTheFuture(a.issued, now)) return { got: `issued on ${a.issued}`, want: `a day up to ${now.slice(0, 10)}` };
  if (!(endOf(a.expires) >= Date.parse(now)))
    return { got: `expired on ${a.expires}`, want: "a day that has not passed" };
  if (a.example !== true && startOf(a.expires) - startOf(a.issued) > ATTESTATION_DAYS * DAY_MS) {
    return { got: `from ${a.issued} until ${a.expires}`, want: `at most ${ATTESTATION_DAYS} days` };
  }
  if (a.kind === "hds-contract" && a.products === undefined) {
    return { got: "no list of products", want: "the products that the contract covers" };
  }
  return undefined;
}

/** The attestations of the law at the instant `now`. */
export function attestationsOf(entries: readonly unknown[], now: string): Attestations {
  const faults: AttestationFault[] = [];
  const inForce: Attestation[] = [];
  entries.forEach((entry, index) => {
    const parsed = attestationSchema.safeParse(entry);
    if (!parsed.success) {
      const got = parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; ");
      faults.push({ index, got, want: "bastide.attestation/1" });
      return;
    }
    const fault = faultOf(parsed.data, now);
    if (fault === undefined) inForce.push(parsed.data);
    else faults.push({ index, ...fault });
  });
  return {
    inForce,
    faults,
    live: (kind) =>
      inForce
        .filter((a) => a.kind === kind)
        .reduce<Attestation | undefined>(
          (best, a) => (best === undefined || a.expires > best.expires ? a : best),
          undefined,
        ),
  };
}

/** One line for a verdict: until when, by whom, of what, and that an example is one. */
export const attestedText = (a: Attestation): string =>
  `attested until ${a.expires} by ${a.owner}: ${a.kind}${a.example === true ? " (example, synthetic: nobody vouches for it)" : ""}`;
