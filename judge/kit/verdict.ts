import type { Door } from "../facts/raw.ts";

/** `bastide.verdict/1` (design §6): facts only, sorted, no clock; wording lives in the renderers. */
export interface Verdict {
  readonly schema: "bastide.verdict/1";
  readonly subject: string;
  readonly door: Door;
  readonly profile: string;
  readonly outcome: Outcome;
  /** Digest (sha256, hex) of each part of the law. */
  readonly law: Readonly<Record<string, string>>;
  readonly now: string;
  readonly counts: Counts;
  readonly notSeen: readonly string[];
  /** What somebody vouches for, with until when: an axis of its own, never a pass. */
  readonly attested?: readonly AttestedClaim[];
  /** Things the verdict must say that are not findings, e.g. "node egress unfiltered". */
  readonly advisories: readonly string[];
  /** What is not a pass; with `--all`, every rule × resource. */
  readonly findings: readonly Finding[];
}

export interface AttestedClaim {
  readonly kind: string;
  readonly scope: string;
  readonly owner: string;
  /** Last day (UTC). */
  readonly expires: string;
  /** SHA-256 of the document. */
  readonly document: string;
  /** Made up: nobody vouches for it. */
  readonly example: boolean;
}

export type Outcome = "pass" | "fail" | "undecided";
export type FindingOutcome = Outcome | "notApplicable" | "waived";
export type Severity = "critical" | "high" | "medium" | "low";
export type Enforcement = "mandatory" | "advisory";
/** How well a claim is founded (design law 9), weakest first. */
export type Proof = "emulated" | "declared" | "assumed" | "checked" | "observed";

export interface Counts {
  readonly rules: number;
  readonly pass: number;
  readonly fail: number;
  readonly undecided: number;
  readonly assumed: number;
  readonly waived: number;
  readonly notApplicable: number;
  readonly resources: number;
  readonly notJudged: number;
}

/** JSON value, or an unknown with the URN of the resource that will supply it. */
export type Got = unknown | { readonly unknown: true; readonly from: string };

export interface Finding {
  readonly rule: string;
  readonly outcome: FindingOutcome;
  readonly severity: Severity;
  readonly enforcement: Enforcement;
  /** URN, or `stack`. */
  readonly subject: string;
  readonly type: string;
  /** Dotted path. */
  readonly property: string;
  readonly got: Got;
  readonly want: unknown;
  readonly proof: Proof;
  /** Witness: URNs or properties, in order. */
  readonly path: readonly string[];
  /** `framework:id` with the relation word allowed by the controls page. */
  readonly controls: readonly string[];
  readonly waiver?: string;
}
