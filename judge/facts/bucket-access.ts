import type { DeclaredStatement } from "../../kernel/declaration.ts";
import { type Known, known } from "../../kernel/known.ts";
import { type PolicyStatement, parsePolicy } from "./bucket-policy.ts";
import { declaredStatements, dependenciesAgree } from "./declared.ts";
import type { Estate } from "./estate.ts";
import type { BucketPolicyFact } from "./fact.ts";
import { perEstate } from "./per-estate.ts";
import { SECRET } from "./raw.ts";

/** What a bucket's policy lets somebody do. Principals are URNs where the estate has them, else the text as written. */
export interface AccessStatement {
  readonly principals: readonly string[];
  /** As written; `*` and `s3:Put*` stand for many. */
  readonly actions: readonly string[];
  /** Everybody or everything but what it names. */
  readonly inverted: boolean;
}

export interface BucketAccess {
  readonly policies: readonly string[];
  readonly allows: readonly AccessStatement[];
  readonly ground?: "declared" | "assumed";
}

export interface BucketAccesses {
  /** Access to a bucket by its URN; `undefined` when surely no policy is set. */
  readonly to: (bucket: string) => Known<BucketAccess | undefined>;
}

/** Everybody, as a principal. */
export const ANYBODY = "*";

/** The policies of all buckets, each read once: from the document where it is known, else from what its component declares. */
export const bucketAccesses = perEstate((estate): BucketAccesses => {
  const of = new Map<string, Known<BucketAccess>>();
  let unclear: Known<undefined> = known(undefined);
  for (const policy of estate.facts("bucket-policy")) {
    const link = estate.link(policy.bucket, "bucket");
    if (link.kind === "unknown") unclear = { known: false, from: link.from };
    if (link.kind !== "found") continue;
    const access = accessOf(policy, estate, [link.fact.urn]);
    const grounded: Known<BucketAccess> =
      access.known && link.assumed && access.value.ground === undefined
        ? known({ ...access.value, ground: "assumed" })
        : access;
    of.set(link.fact.urn, both(of.get(link.fact.urn), grounded));
  }
  return { to: (bucket) => of.get(bucket) ?? unclear };
});

/** Two policies of one bucket: the last one applied counts, and nobody knows which that is. */
function both(a: Known<BucketAccess> | undefined, b: Known<BucketAccess>): Known<BucketAccess> {
  if (a === undefined || !a.known) return a ?? b;
  if (!b.known) return b;
  const ground = a.value.ground ?? b.value.ground;
  return known({
    policies: [...a.value.policies, ...b.value.policies],
    allows: [...a.value.allows, ...b.value.allows],
    ...(ground === undefined ? {} : { ground }),
  });
}

function accessOf(fact: BucketPolicyFact, estate: Estate, bucket: readonly string[]): Known<BucketAccess> {
  const { property, value } = fact.document;
  if (value.known) {
    const document = parsePolicy(value.value ?? "");
    // What can't be read is refused by another rule; here it lets anybody do anything.
    const statements = document?.statements ?? [
      { index: 0, allows: true, principals: [ANYBODY], actions: ["*"], inverted: false },
    ];
    return known({ policies: [fact.urn], allows: statements.filter((s) => s.allows).map((s) => written(s, estate)) });
  }
  const resource = estate.resource(fact.urn);
  const told = resource === undefined ? undefined : declaredStatements(resource, estate);
  const refs = told?.flatMap((s) => s.principals) ?? [];
  const agreed =
    told !== undefined &&
    resource !== undefined &&
    resource.raw.inputs[property] !== SECRET &&
    dependenciesAgree(resource, property, refs, estate, bucket);
  if (!agreed) return value;
  return known({ policies: [fact.urn], allows: told.map((s) => declared(s, fact.urn, estate)), ground: "declared" });
}

const PRINCIPAL = /^(?:application_id|user_id):(.+)$/;

const written = ({ principals, actions, inverted }: PolicyStatement, estate: Estate): AccessStatement => ({
  principals: principals.map((text) => {
    const id = PRINCIPAL.exec(text)?.[1];
    if (id === undefined) return text;
    const link = estate.link({ kind: "id", property: "policy", id, suppliers: [] }, "principal");
    return link.kind === "found" ? link.fact.urn : text;
  }),
  actions,
  inverted,
});

const declared = ({ principals, actions }: DeclaredStatement, near: string, estate: Estate): AccessStatement => ({
  principals: principals.map((ref) => estate.named(ref, near)?.urn ?? ref),
  actions,
  inverted: false,
});

/** Whether a statement lets its principals do this, e.g. `s3:PutObject`. */
export const lets = ({ actions, inverted }: AccessStatement, action: string): boolean =>
  inverted || actions.some((pattern) => matches(pattern, action));

const matches = (pattern: string, action: string): boolean => {
  const [start = "", ...rest] = pattern.split("*");
  return rest.length === 0 ? pattern === action : pattern === "*" || action.startsWith(start);
};

/** Principals that may do this; `*` stands for everybody. */
export const whoMay = (access: BucketAccess, action: string): readonly string[] => [
  ...new Set(access.allows.filter((s) => lets(s, action)).flatMap((s) => (s.inverted ? [ANYBODY] : s.principals))),
];
