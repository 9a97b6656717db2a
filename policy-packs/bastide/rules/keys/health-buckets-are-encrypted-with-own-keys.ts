import { mayHoldHealthData, tagAt } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { BucketEncryptionFact, BucketFact, EncryptionDefault } from "../../../../judge/facts/fact.ts";
import {
  decide,
  fail,
  groundOf,
  notApplicable,
  pass,
  type Result,
  undecided,
  type Weaker,
  weakest,
} from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import type { Origin } from "../../../../kernel/known.ts";
import { push } from "../../../../kernel/multimap.ts";

interface Bound {
  readonly config: BucketEncryptionFact;
  readonly ground: Weaker;
}

/** The encryption settings of each bucket, by URN, and those of which it can't be told whose they are. */
function configsByBucket(estate: Estate): {
  readonly of: ReadonlyMap<string, readonly Bound[]>;
  readonly unclear: Origin | undefined;
} {
  const of = new Map<string, Bound[]>();
  let unclear: Origin | undefined;
  for (const config of estate.facts("bucket-encryption")) {
    const link = estate.link(config.bucket, "bucket");
    if (link.kind === "found") {
      const bound = { config, ground: groundOf(link) };
      push(of, link.fact.urn, bound);
    } else if (link.kind === "unknown") unclear ??= link.from;
  }
  return { of, unclear };
}

function judgeDefault(subject: string, bound: Bound, { algorithm, key }: EncryptionDefault, estate: Estate): Result {
  const path = [bound.config.urn];
  const method = decide(
    { subject, property: algorithm.property, want: "aws:kms", path, proof: bound.ground },
    algorithm.value,
    (name) => name === "aws:kms",
  );
  if (method.outcome !== "pass") return method;
  const about = { subject, property: key.property, want: "a Key Manager key of this estate", path };
  const link = estate.link(key, "key");
  switch (link.kind) {
    case "found": {
      const proof = weakest(bound.ground, groundOf(link));
      return pass({ ...about, path: [...path, link.fact.urn], proof }, link.fact.urn);
    }
    case "unknown":
      return undecided(about, link.from);
    case "outside":
      return fail(about, link.id);
    case "absent":
      return fail(about, null);
  }
}

/** One setting of a bucket. The last one applied counts, whichever that is: a setting without default takes the others away. */
function judgeConfig(subject: string, bound: Bound, estate: Estate): readonly Result[] {
  const { urn, defaults } = bound.config;
  const about = { subject, property: "rules", want: "a default by aws:kms", path: [urn] };
  if (!defaults.known) return [undecided(about, defaults.from)];
  return defaults.value.length === 0
    ? [fail(about, "none")]
    : defaults.value.map((d) => judgeDefault(subject, bound, d, estate));
}

function judgeBucket(
  bucket: BucketFact,
  configs: ReturnType<typeof configsByBucket>,
  estate: Estate,
): readonly Result[] {
  const subject = bucket.urn;
  const about = { subject, property: "serverSideEncryption", want: "aws:kms with a key of this estate" };
  const found = tagAt(subject, estate, "data-class");
  if (found.known && !mayHoldHealthData(found.value)) {
    return [notApplicable(subject, about.property, `data-class ${found.value}`)];
  }
  const results = (configs.of.get(subject) ?? []).flatMap((b) => judgeConfig(subject, b, estate));
  if (results.length > 0) return results;
  // Only what is surely health data surely fails for the lack of it.
  if (!found.known) return [undecided(about, found.from)];
  return [configs.unclear === undefined ? fail(about, "none") : undecided(about, configs.unclear)];
}

export const healthBucketsAreEncryptedWithOwnKeys = rule({
  id: "KEY-01",
  title: "each health bucket is encrypted by default with a Key Manager key of this estate",
  severity: "critical",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:10.1.a", "SNC:10.1.b", "GDPR:32.1.a", "ISO:A.8.24", "IR:9.2.a", "NIS2:21.2.h"],
  rationale:
    "Without a default, objects lie unencrypted or under the provider's own key (`AES256`), and nothing that the customer holds " +
    "can end access to them. The API takes any text as key id, even the name of a key elsewhere, so the key must be one we see.",
  remedy:
    'Add `object.BucketServerSideEncryptionConfiguration` with `sseAlgorithm: "aws:kms"`, the bare id of a key of the same ' +
    "region, and the bucket's name.",
  judge: (estate) => {
    const configs = configsByBucket(estate);
    return estate.facts("bucket").flatMap((bucket) => judgeBucket(bucket, configs, estate));
  },
});
