import { z } from "zod";
import { stableJson } from "../../../kernel/order.ts";
import { type ConditionContext, type Conditions, conditionsHold, isConditionOperator, wildcard } from "./condition.ts";
import { S3Error } from "./errors.ts";
import { isNameable, NAMEABLE_ACTIONS } from "./operations.data.ts";

/**
 * Bucket policies as Scaleway evaluates them (documentation, "Bucket policies overview"):
 *
 * - version `2023-04-17` is an allow-list: whatever no statement allows is refused, to everybody;
 * - version `2012-10-17` (deprecated) adds to what the project's own principals may do anyway, less what it denies;
 * - a principal is `application_id:<uuid>`, `user_id:<uuid>`, in the old version also `project_id:<uuid>`, or `*`.
 *
 * Laws (tested): adding an allow never removes access; a deny never adds any; evaluation does not depend on order.
 */
export interface BucketPolicy {
  readonly version: PolicyVersion;
  readonly statements: readonly Statement[];
}

export type PolicyVersion = "2023-04-17" | "2012-10-17";

export interface Statement {
  readonly effect: "Allow" | "Deny";
  /** `*`, or the strings under `SCW`. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Conditions;
}

/** One attempt to do something, in the words of a policy. */
export interface Attempt {
  /** Names that the caller answers to: `application_id:…` or `user_id:…`, and `project_id:…`; empty when anonymous. */
  readonly principals: readonly string[];
  /** E.g. `s3:GetObject`. */
  readonly action: string;
  /** `<bucket>` or `<bucket>/<key>`. */
  readonly resource: string;
  readonly context: ConditionContext;
}

/** `allowed` and `denied` are explicit; `silent` says that no statement speaks of the attempt. */
export type PolicyAnswer = "allowed" | "denied" | "silent";

const MAX_POLICY_BYTES = 20 * 1024;

const oneOrMore = z.union([
  z
    .string()
    .min(1)
    .transform((text) => [text]),
  z.array(z.string().min(1)).min(1),
]);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const values = z.union([scalar.transform((value) => [value]), z.array(scalar).min(1)]);
const principal = z.string().regex(/^(\*|(application_id|user_id|project_id):[0-9a-fA-F-]{36}|[0-9a-fA-F-]{36})$/);
const principals = z.union([
  z.literal("*").transform(() => ["*"]),
  z
    .strictObject({ SCW: z.union([principal.transform((text) => [text]), z.array(principal).min(1)]) })
    .transform(({ SCW }) => SCW),
]);

/** `*`, a documented action in its exact spelling, or a pattern that covers one: any other word refuses the whole policy. */
const isAction = (text: string): boolean =>
  text === "*" ||
  (/[*?]/.test(text) ? NAMEABLE_ACTIONS.some((action) => wildcard(text).test(action)) : isNameable(text));

const statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(["Allow", "Deny"]),
    Principal: principals,
    Action: oneOrMore.refine((actions) => actions.every(isAction)),
    Resource: oneOrMore,
    Condition: z
      .record(z.string(), z.record(z.string(), values))
      .refine((conditions) => Object.keys(conditions).every(isConditionOperator))
      .optional(),
  })
  .transform(
    (raw): Statement => ({
      effect: raw.Effect,
      principals: raw.Principal,
      actions: raw.Action,
      resources: raw.Resource,
      conditions: raw.Condition ?? {},
    }),
  );

const document = z
  .strictObject({
    Version: z.enum(["2023-04-17", "2012-10-17"]),
    Id: z.string().max(280).optional(),
    Statement: z.union([z.array(statement).min(1), statement.transform((one) => [one])]),
  })
  .transform((raw): BucketPolicy => ({ version: raw.Version, statements: raw.Statement }));

/** Reads the text of a policy for `bucket`. Anything it cannot mean, or that names another bucket, is MalformedPolicy. */
export function parsePolicy(text: string, bucket: string): BucketPolicy {
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES) {
    throw new S3Error("MalformedPolicy", { message: "Policy exceeds the maximum allowed document size." });
  }
  const parsed = document.safeParse(parseJson(text));
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new S3Error("MalformedPolicy", { message: `Policy has an invalid value at '${where}'.` });
  }
  const own = (resource: string): boolean => resource === bucket || resource.startsWith(`${bucket}/`);
  if (!parsed.data.statements.every(({ resources }) => resources.every(own))) {
    throw new S3Error("MalformedPolicy", { message: "Policy has invalid resource." });
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new S3Error("MalformedPolicy", { message: "Policies must be valid JSON and the first byte must be '{'." });
  }
}

/**
 * The text as the API gives it back: keys sorted; actions and resources sorted, a list of one written as its only item
 * (seen in the recordings `object-bucket-policy-*`).
 */
export function canonicalPolicy(text: string): string {
  const tidy = (key: string, value: unknown): unknown => {
    if ((key !== "Action" && key !== "Resource") || !Array.isArray(value)) return value;
    return value.length === 1 ? value[0] : value.map(String).sort();
  };
  return stableJson(JSON.parse(text, tidy));
}

/** What the policy says of an attempt: an explicit deny outweighs any allow. */
export function ask(policy: BucketPolicy, attempt: Attempt): PolicyAnswer {
  const speaking = policy.statements.filter((candidate) => speaksOf(candidate, attempt));
  if (speaking.some(({ effect }) => effect === "Deny")) return "denied";
  return speaking.length > 0 ? "allowed" : "silent";
}

function speaksOf(candidate: Statement, attempt: Attempt): boolean {
  return (
    candidate.principals.some((who) => who === "*" || attempt.principals.some((name) => isSame(who, name))) &&
    candidate.actions.some((pattern) => wildcard(pattern, "i").test(attempt.action)) &&
    candidate.resources.some((pattern) => wildcard(pattern).test(attempt.resource)) &&
    conditionsHold(candidate.conditions, attempt.context)
  );
}

/** A bare UUID names the principal with that id, whatever its kind. */
const isSame = (written: string, name: string): boolean =>
  written.toLowerCase() === name.toLowerCase() ||
  (!written.includes(":") && name.toLowerCase().endsWith(`:${written.toLowerCase()}`));
