import type { Estate } from "../../../../judge/facts/estate.ts";
import type { ArchiveFact } from "../../../../judge/facts/fact-space.ts";
import { regionOfUrn } from "../../../../judge/facts/networks.ts";
import { fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";

/** The one region that keeps archived objects, whichever the bucket's is. */
const ARCHIVE = "fr-par";

function judgeArchive({ urn, bucket, classes }: ArchiveFact, estate: Estate): Result {
  const { property, value } = classes;
  const about = { subject: urn, property, want: `a bucket of ${ARCHIVE}, or no archive class` };
  if (!value.known) return undecided(about, value.from);
  if (!value.value.some((name) => name.toUpperCase() === "GLACIER"))
    return notApplicable(urn, property, "no archive class");
  const link = bucket === "self" ? undefined : estate.link(bucket, "bucket");
  if (link?.kind === "unknown") return undecided(about, link.from);
  const owner = link === undefined ? urn : link.kind === "found" ? link.fact.urn : undefined;
  const region = owner === undefined ? undefined : regionOfUrn(owner, estate);
  if (region === undefined) return undecided(about, { property: "region", suppliers: [] });
  return region === ARCHIVE ? pass(about, region) : fail(about, { bucket: region, archive: ARCHIVE });
}

export const archivesRestInParis = rule({
  id: "TRP-16",
  title: "only buckets of Paris use the archive class, which rests there",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["SNC:19.2.a", "GDPR:44", "ISO:A.5.23"],
  rationale:
    "Archived objects are always kept in Paris, whatever the bucket's region: data that were placed in one region come to rest in " +
    "another, and its loss takes them along. Health data may not be archived at all (LOC-03).",
  remedy: "Take the transition or the class away, or keep the archive in a bucket of `fr-par` and say so.",
  judge: (estate) => estate.facts("archive").map((fact) => judgeArchive(fact, estate)),
});
