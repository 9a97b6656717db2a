import type { Estate } from "../../../../judge/facts/estate.ts";
import type { BucketEncryptionFact, EncryptionDefault } from "../../../../judge/facts/fact.ts";
import { regionOf } from "../../../../judge/facts/location.ts";
import type { Link } from "../../../../judge/facts/reference.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { fail, groundOf, notApplicable, pass, type Result, undecided, weakest } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { type Known, known, mapKnown, type Origin } from "../../../../kernel/known.ts";

const placeOf = (urn: string, estate: Estate): Known<string | undefined> => {
  const place = estate.resource(urn)?.location?.place;
  return place === undefined ? known(undefined) : mapKnown(place, regionOf);
};

/** Jurisdictions of a region, as the law lists them. */
const jurisdictionsOf = (region: string, law: Law): readonly string[] =>
  law.regions.find((r) => r.name === region)?.jurisdictions ?? [];

/** Where a reference that leads to nothing here comes from. */
const originOf = (link: Exclude<Link<unknown>, { readonly kind: "found" }>): Origin =>
  link.kind === "unknown" ? link.from : { property: link.property, suppliers: [] };

function judgeKey(fact: BucketEncryptionFact, { key }: EncryptionDefault, estate: Estate, law: Law): Result {
  const bucket = estate.link(fact.bucket, "bucket");
  const found = estate.link(key, "key");
  const about = { subject: fact.urn, property: key.property, want: "a key in the bucket's region" };
  if (found.kind === "absent") return notApplicable(fact.urn, key.property, "names no key");
  if (bucket.kind !== "found") return undecided(about, originOf(bucket));
  if (found.kind !== "found") return undecided(about, originOf(found));
  const path = [bucket.fact.urn, found.fact.urn];
  const here = placeOf(bucket.fact.urn, estate);
  const there = placeOf(found.fact.urn, estate);
  if (!here.known) return undecided({ ...about, path }, here.from);
  if (!there.known) return undecided({ ...about, path }, there.from);
  const got = { bucket: here.value ?? null, key: there.value ?? null };
  const proved = { ...about, path, proof: weakest(groundOf(bucket), groundOf(found)) };
  if (here.value !== undefined && here.value === there.value) return pass(proved, got);
  const jurisdictions = [...jurisdictionsOf(here.value ?? "", law)];
  return fail({ ...proved, want: { region: here.value ?? null, jurisdictions } }, got);
}

export const keysLiveWithTheirData = rule({
  id: "KEY-03",
  title: "a key lives in the region of the data that it protects",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:19.2.b", "HDS:28", "ISO:A.8.24"],
  rationale:
    "Whoever rules over the place of a key rules over the data. Key Manager keys are regional, and the bucket's API takes the id of " +
    "a key of another region without a word.",
  remedy: "Make a key in the bucket's region and name that one in `kmsMasterKeyId`.",
  judge: (estate, law) =>
    estate.facts("bucket-encryption").flatMap((fact) => {
      const about = { subject: fact.urn, property: "rules", want: "rules that are known" };
      if (!fact.defaults.known) return [undecided(about, fact.defaults.from)];
      return fact.defaults.value.map((d) => judgeKey(fact, d, estate, law));
    }),
});
