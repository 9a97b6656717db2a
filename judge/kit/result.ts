import type { Known, Origin } from "../../kernel/known.ts";
import type { Link } from "../facts/reference.ts";

/** What a rule says about one subject, before it becomes a finding. */
export interface Result {
  readonly outcome: "pass" | "fail" | "undecided" | "notApplicable";
  /** URN, or `stack`. */
  readonly subject: string;
  readonly property: string;
  readonly got: unknown;
  readonly want: unknown;
  /** Weaker than the door's own proof: the judgement rests on a component's declaration, or on a mere dependency. */
  readonly proof?: "declared" | "assumed";
  readonly path: readonly string[];
}

export type Weaker = "declared" | "assumed" | undefined;

/** Subject and wish that every result of one judgement shares. */
export interface About {
  readonly subject: string;
  readonly property: string;
  readonly want: unknown;
  /** URNs that led here, in order. */
  readonly path?: readonly string[];
  readonly proof?: Weaker;
}

const NO_PATH: readonly string[] = [];

/** Made in one piece: a large estate gets hundreds of thousands of them. */
function made(
  outcome: Result["outcome"],
  { subject, property, want, path = NO_PATH, proof }: About,
  got: unknown,
  way: readonly string[] = path,
): Result {
  return proof === undefined
    ? { outcome, subject, property, want, path: way, got }
    : { outcome, subject, property, want, path: way, proof, got };
}

export const pass = (about: About, got: unknown): Result => made("pass", about, got);
export const fail = (about: About, got: unknown): Result => made("fail", about, got);

/** Cannot know: the value, and which resource will supply it. */
export const undecided = (about: About, from: Origin): Result =>
  made("undecided", about, { unknown: true, from: from.suppliers[0] ?? about.subject }, [
    ...(about.path ?? NO_PATH),
    ...from.suppliers,
  ]);

/** The rule has nothing to say here; `why` is told in the place of a value. */
export const notApplicable = (subject: string, property: string, why: string): Result => ({
  outcome: "notApplicable",
  subject,
  property,
  got: why,
  want: null,
  path: NO_PATH,
});

/** Decides on a value that may not be known: pass or fail by `ok`, undecided when it is not known. */
export function decide<T>(
  about: About,
  value: Known<T>,
  ok: (value: T) => boolean,
  got: Known<unknown> = value,
): Result {
  if (!value.known) return undecided(about, value.from);
  const shown = got.known ? (got.value ?? null) : { unknown: true, from: got.from.suppliers[0] ?? about.subject };
  return ok(value.value) ? pass(about, shown) : fail(about, shown);
}

/** The weakest of two grounds: `declared` < `assumed` < what the door proves. */
export const weakest = (a: Weaker, b: Weaker): Weaker =>
  a === "declared" || b === "declared" ? "declared" : a === "assumed" || b === "assumed" ? "assumed" : undefined;

/** How well a reference that was found is known. */
export const groundOf = (link: Link<unknown>): Weaker =>
  link.kind === "found" && link.assumed ? "assumed" : undefined;
