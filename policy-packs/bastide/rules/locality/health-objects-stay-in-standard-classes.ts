import { mayHoldHealthData, tagOf } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { BucketFact, StoredObjectFact } from "../../../../judge/facts/fact.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { decide, fail, groundOf, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** Classes that stay in the bucket's region; the archive class is kept in one fixed site, wherever the bucket is. */
const CLASSES: readonly (string | undefined)[] = ["STANDARD", "ONEZONE_IA"];

function judgeBucket(bucket: BucketFact, resource: Resource, estate: Estate): readonly Result[] {
  const property = "lifecycleRules";
  const dataClass = tagOf(resource, estate, "data-class");
  if (dataClass.known && !mayHoldHealthData(dataClass.value)) {
    return [notApplicable(bucket.urn, property, `data-class ${dataClass.value}`)];
  }
  const about = { subject: bucket.urn, property, want: "no lifecycle rule" };
  if (!bucket.lifecycle.known) return [undecided(about, bucket.lifecycle.from)];
  if (bucket.lifecycle.value.length === 0) return [pass(about, [])];
  if (!dataClass.known) return [undecided(about, dataClass.from)];
  return bucket.lifecycle.value.map((r) => fail({ ...about, property: r.property }, "a lifecycle rule"));
}

function judgeObject(object: StoredObjectFact, estate: Estate): Result {
  const { property, value } = object.storageClass;
  const about = { subject: object.urn, property, want: CLASSES };
  if (value.known && CLASSES.includes(value.value)) return pass(about, value.value);
  const link = estate.link(object.bucket, "bucket");
  if (link.kind === "unknown") return undecided(about, link.from);
  const owner = link.kind === "found" ? estate.resource(link.fact.urn) : undefined;
  if (owner === undefined) return undecided(about, { property: link.property, suppliers: [] });
  const dataClass = tagOf(owner, estate, "data-class");
  const proved = { ...about, path: [owner.urn], proof: groundOf(link) };
  if (!dataClass.known) return undecided(proved, dataClass.from);
  return mayHoldHealthData(dataClass.value)
    ? decide(proved, value, (name) => CLASSES.includes(name))
    : notApplicable(object.urn, property, `data-class ${dataClass.value}`);
}

export const healthObjectsStayInStandardClasses = resourceRule({
  id: "LOC-03",
  title: "health buckets have no lifecycle rule, their objects no archive class",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SRM:S", "HDS:28", "SNC:19.2.a"],
  rationale:
    "The archive class is kept in one fixed site outside the scope of Scaleway's health contract, whatever the bucket's region, and " +
    "that contract excludes lifecycle rules.",
  remedy: "Remove `lifecycleRules` from the bucket, and store objects as STANDARD or ONEZONE_IA.",
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind === "bucket") return judgeBucket(fact, resource, estate);
      return fact.kind === "stored-object" ? [judgeObject(fact, estate)] : [];
    }),
});
