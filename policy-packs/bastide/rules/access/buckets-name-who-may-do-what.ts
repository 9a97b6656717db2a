import { type PolicyStatement, parsePolicy } from "../../../../judge/facts/bucket-policy.ts";
import { mayHoldHealthData, tagAt } from "../../../../judge/facts/classification.ts";
import { declaredStatements, dependenciesAgree } from "../../../../judge/facts/declared.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { BucketFact, BucketPolicyFact } from "../../../../judge/facts/fact.ts";
import { SECRET } from "../../../../judge/facts/raw.ts";
import { tailOf } from "../../../../judge/facts/reference.ts";
import {
  type About,
  fail,
  groundOf,
  notApplicable,
  pass,
  type Result,
  undecided,
} from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import type { DeclaredStatement } from "../../../../kernel/declaration.ts";
import { type Known, known } from "../../../../kernel/known.ts";
import { byText, stableJson } from "../../../../kernel/order.ts";

/** The version of policies that deny whatever they don't list. */
const ALLOW_LIST = "2023-04-17";

const WANT = "named applications or users, and single actions";

/** One application or user; a project or `*` is whoever joins. */
const isNamed = (principal: string): boolean => /^(application_id|user_id):[^*]+$/.test(principal);

/** What is too wide in a statement that allows; nothing when it is narrow. */
const tooWide = ({ principals, actions }: Pick<PolicyStatement, "principals" | "actions">): readonly string[] => [
  ...principals.filter((p) => !isNamed(p)),
  ...actions.filter((a) => a.includes("*")),
];

function judgeStatements(about: About, statements: readonly PolicyStatement[]): readonly Result[] {
  const open = statements.filter((s) => s.allows && (s.inverted || tooWide(s).length > 0));
  return open.length === 0
    ? [pass(about, `${statements.length} statements`)]
    : open.map((s) =>
        fail(
          { ...about, property: `${about.property}.Statement[${s.index}]` },
          s.inverted ? "everybody or everything but what it names" : tooWide(s),
        ),
      );
}

const symbolic = (statements: readonly DeclaredStatement[]): readonly PolicyStatement[] =>
  statements.map(({ principals, actions }, index) => ({
    index,
    allows: true,
    principals: principals.map((ref) => (ref.startsWith("scaleway:iam/application:") ? `application_id:${ref}` : ref)),
    actions,
    inverted: false,
  }));

/** True when the real statement is the declared one, as far as the ids of its principals are known. */
function isSame(real: PolicyStatement, told: DeclaredStatement, near: string, estate: Estate): boolean {
  const ids = told.principals.map((ref) => {
    const id = estate.named(ref, near)?.raw.id;
    return typeof id === "string" ? `application_id:${tailOf(id)}` : undefined;
  });
  const sorted = (list: readonly string[]): string => stableJson([...list].sort(byText));
  const known = ids.flatMap((id) => id ?? []);
  return (
    real.allows &&
    !real.inverted &&
    sorted(real.actions) === sorted(told.actions) &&
    real.principals.length === told.principals.length &&
    known.every((id) => real.principals.includes(id))
  );
}

function judgePolicy(fact: BucketPolicyFact, estate: Estate): readonly Result[] {
  const { property, value } = fact.document;
  const about: About = { subject: fact.urn, property, want: WANT };
  const resource = estate.resource(fact.urn);
  const told = resource === undefined ? undefined : declaredStatements(resource, estate);
  if (!value.known) {
    const bucket = estate.link(fact.bucket, "bucket");
    const also = bucket.kind === "found" ? [bucket.fact.urn] : [];
    const refs = told?.flatMap((s) => s.principals) ?? [];
    const agreed =
      told !== undefined &&
      resource !== undefined &&
      // A secret is known to the engine and kept from us: nobody's word stands for it.
      resource.raw.inputs[property] !== SECRET &&
      dependenciesAgree(resource, property, refs, estate, also);
    return agreed ? judgeStatements({ ...about, proof: "declared" }, symbolic(told)) : [undecided(about, value.from)];
  }
  const document = parsePolicy(value.value ?? "");
  if (document === undefined) return [fail(about, "not a policy document")];
  const { version, statements } = document;
  const dated = { ...about, property: `${property}.Version`, want: ALLOW_LIST };
  const old = version === ALLOW_LIST ? [] : [fail(dated, version ?? null)];
  const results = [...old, ...judgeStatements(about, statements)];
  const differs =
    told !== undefined &&
    !(
      told.length === statements.length &&
      statements.every((s, i) => {
        const other = told[i];
        return other !== undefined && isSame(s, other, fact.urn, estate);
      })
    );
  return differs ? [...results, fail({ ...about, want: "what its component declares" }, "another policy")] : results;
}

function judgeBucket(bucket: BucketFact, policies: Policies, estate: Estate): Result {
  const subject = bucket.urn;
  const dataClass = tagAt(subject, estate, "data-class");
  if (dataClass.known && !mayHoldHealthData(dataClass.value)) {
    return notApplicable(subject, "policy", `data-class ${dataClass.value}`);
  }
  return judgeHasPolicy(subject, policies, dataClass);
}

/** Whether a bucket has a policy. @param matters whether it has to; where that is not known, the lack of one is undecided. */
export function judgeHasPolicy(
  subject: string,
  { of, unclear }: Policies,
  matters: Known<unknown> = known(true),
): Result {
  const about = { subject, property: "policy", want: "an object.BucketPolicy" };
  const own = of.get(subject);
  if (own !== undefined) return pass({ ...about, path: [own.urn], proof: own.proof }, own.urn);
  if (!matters.known) return undecided(about, matters.from);
  return unclear === undefined ? fail(about, "none") : undecided(about, { property: "bucket", suppliers: unclear });
}

/** The policy of each bucket, by URN, and where it can't be told whose one is. */
export function policiesByBucket(estate: Estate): Policies {
  const of = new Map<string, Bound>();
  let unclear: readonly string[] | undefined;
  for (const policy of estate.facts("bucket-policy")) {
    const link = estate.link(policy.bucket, "bucket");
    if (link.kind === "found") of.set(link.fact.urn, { urn: policy.urn, proof: groundOf(link) });
    else if (link.kind === "unknown") unclear ??= link.from.suppliers;
  }
  return { of, unclear };
}

interface Policies {
  readonly of: ReadonlyMap<string, Bound>;
  readonly unclear: readonly string[] | undefined;
}

interface Bound {
  readonly urn: string;
  readonly proof: "declared" | "assumed" | undefined;
}

export const bucketsNameWhoMayDoWhat = rule({
  id: "IAM-05",
  title: "each health bucket has a policy that names principals and single actions",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:9.7.a", "RCF:10.C.3", "EHDS:73.1.a", "ISO:A.8.3", "GDPR:32.1.b", "SRM:S"],
  rationale:
    "A bucket's endpoint is public, so identity is the wall. Storage rights in IAM can't be narrowed to one bucket; only its policy " +
    "can, and a wildcard principal or action gives that away.",
  remedy:
    "Add a policy of version 2023-04-17 with `application_id:` principals and the S3 actions that each needs, the deployer's too.",
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => (fact.kind === "bucket-policy" ? judgePolicy(fact, estate) : [])),
  judge: (estate) => {
    const policies = policiesByBucket(estate);
    return [
      ...estate.facts("bucket").map((bucket) => judgeBucket(bucket, policies, estate)),
      ...estate.facts("bucket-policy").flatMap((policy) => judgePolicy(policy, estate)),
    ];
  },
});
