import type { Estate } from "../../../../judge/facts/estate.ts";
import type { BucketEncryptionFact, EncryptionDefault } from "../../../../judge/facts/fact.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function judgeKey({ urn }: BucketEncryptionFact, { key }: EncryptionDefault, estate: Estate): readonly Result[] {
  const about = { subject: urn, property: key.property, want: "a key's bare UUID" };
  if (key.kind === "absent") return [];
  if (key.kind === "id") return [UUID.test(key.id) ? pass(about, key.id) : fail(about, key.id)];
  const link = estate.link(key, "key");
  return [
    link.kind === "found"
      ? pass({ ...about, path: [link.fact.urn], proof: "assumed" }, link.fact.urn)
      : undecided(about, { property: key.property, suppliers: key.suppliers }),
  ];
}

export const bucketKeysAreNamedByBareIds = resourceRule({
  id: "TRP-14",
  title: "a bucket's encryption names its key by the bare UUID",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:10.1.a", "IR:9.2.a", "ISO:A.8.24"],
  rationale:
    "The API takes any text for a key id: one with its region before it, a key's name, a key of another region, one that never was. " +
    "Nothing fails until an object is written or, worse, is to be read.",
  remedy: 'Strip the region off the key\'s id: `key.id.apply((id) => id.split("/").at(-1))`.',
  judgeOne: (resource, estate) =>
    resource.facts.flatMap((fact) => {
      if (fact.kind !== "bucket-encryption") return [];
      const about = { subject: resource.urn, property: "rules", want: "rules that are known" };
      if (!fact.defaults.known) return [undecided(about, fact.defaults.from)];
      return fact.defaults.value.flatMap((each) => judgeKey(fact, each, estate));
    }),
});
