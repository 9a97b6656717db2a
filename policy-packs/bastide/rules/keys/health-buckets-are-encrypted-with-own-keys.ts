import { mayHoldHealthData, tagAt } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import type { BucketFact } from "../../../../judge/facts/fact.ts";
import { notApplicable, type Result } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { encryptionsByBucket, judgeOwnEncryption } from "./own-encryption.ts";

function judgeBucket(
  { urn }: BucketFact,
  configs: ReturnType<typeof encryptionsByBucket>,
  estate: Estate,
): readonly Result[] {
  const found = tagAt(urn, estate, "data-class");
  if (found.known && !mayHoldHealthData(found.value)) {
    return [notApplicable(urn, "serverSideEncryption", `data-class ${found.value}`)];
  }
  return judgeOwnEncryption(urn, configs, estate, found);
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
    const configs = encryptionsByBucket(estate);
    return estate.facts("bucket").flatMap((bucket) => judgeBucket(bucket, configs, estate));
  },
});
