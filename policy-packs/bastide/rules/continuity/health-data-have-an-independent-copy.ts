import { tagAt } from "../../../../judge/facts/classification.ts";
import { type Copies, type Copy, copiesIn, needsOf } from "../../../../judge/facts/copies.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { whereHealth } from "../../../../judge/kit/health.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { type About, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { type Known, known, mapKnown } from "../../../../kernel/known.ts";

/** Every need of a copy; another region only where the profile has one to go to (what it has not, G3 says). */
const allNeeds = (copy: Copy, law: Law): readonly (readonly [string, Known<boolean>])[] => [
  ...needsOf(copy),
  ...(law.regions.length > 1 ? [["another region", copy.otherRegion] as const] : []),
  ["a region of the profile", mapKnown(copy.region, (region) => law.regions.some((r) => r.name === region))],
  ["tags rpo-minutes and rto-minutes", copy.objectives],
];

function judgeCopies(about: About, copies: readonly Copy[], law: Law): Result {
  const judged = copies.map((copy) => {
    const needs = allNeeds(copy, law);
    const missing = needs.flatMap(([need, met]) => (met.known && !met.value ? [need] : []));
    const open = needs.find(([, met]) => !met.known)?.[1];
    return { copy, missing, open: open?.known === false ? open.from : undefined };
  });
  const best = judged.find(({ missing, open }) => missing.length === 0 && open === undefined);
  if (best !== undefined)
    return pass({ ...about, path: [best.copy.bucket], proof: best.copy.ground }, best.copy.bucket);
  const maybe = judged.find(({ missing }) => missing.length === 0);
  if (maybe?.open !== undefined) return undecided({ ...about, path: [maybe.copy.bucket] }, maybe.open);
  const [first] = judged;
  return first === undefined
    ? fail(about, "no bucket of tier backup for this domain")
    : fail({ ...about, path: [first.copy.bucket] }, { lacks: first.missing });
}

function judgeBucket(urn: string, copies: Copies, estate: Estate, law: Law): readonly Result[] {
  const about = { subject: urn, property: "copy", want: "a copy in another failure domain, project and key" };
  const tier = tagAt(urn, estate, "tier");
  if (tier.known && tier.value === "backup") return [notApplicable(urn, about.property, "a copy itself")];
  return whereHealth(urn, about.property, estate, () => {
    const found = copies.of(urn);
    return [found.known ? judgeCopies(about, found.value, law) : undecided(about, found.from)];
  });
}

/** A database is copied by a dump into a backup bucket, which its tag names: a declaration, and no more than that. */
function judgeDatabase(urn: string, estate: Estate): readonly Result[] {
  const about = { subject: urn, property: "tags.backup-bucket", want: "the name of a backup bucket of this estate" };
  return whereHealth(urn, about.property, estate, () => {
    const name = tagAt(urn, estate, "backup-bucket");
    if (!name.known) return [undecided(about, name.from)];
    if (name.value === undefined) return [fail(about, null)];
    const link = estate.link({ kind: "id", property: about.property, id: name.value, suppliers: [] }, "bucket");
    if (link.kind === "unknown") return [undecided(about, link.from)];
    const tier = link.kind === "found" ? tagAt(link.fact.urn, estate, "tier") : known(undefined);
    if (!tier.known) return [undecided(about, tier.from)];
    return [tier.value === "backup" ? pass({ ...about, proof: "declared" }, name.value) : fail(about, name.value)];
  });
}

/** Caches, queues and models: what they hold is made from what is stored elsewhere. */
const HOLDS_NO_COPY = /^scaleway:(redis|kafka|inference)\//;

export const healthDataHaveAnIndependentCopy = rule({
  id: "DR-02",
  title: "health data have a copy in another failure domain, project and key, with objectives",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "SNC:12.5.a",
    "SNC:12.5.d",
    "SNC:17.6.a",
    "IR:4.2.2.b",
    "IR:4.2.2.c",
    "IR:4.1.2.f",
    "RCF:13.1",
    "RCF:13.3",
    "RCF:13.4",
    "GDPR:32.1.c",
    "ISO:A.8.13",
    "NIS2:21.2.c",
  ],
  rationale:
    "Scaleway replicates no bucket. A copy in the same project falls with the same administrator, one under the same key is " +
    "unreadable with it. So the edge is judged by rights: an application that may read here and write to a bucket of tier backup there. " +
    "That a job runs, and keeps the objectives that the tags name, only the running system shows.",
  remedy:
    "Make a bucket of tier backup with the same `domain` tag in another region of the profile, another project and under another key, " +
    "with tags `rpo-minutes` and `rto-minutes`; let one application read the source and write the copy.",
  judge: (estate, law) => {
    const copies = copiesIn(estate);
    return [
      ...estate.facts("bucket").flatMap(({ urn }) => judgeBucket(urn, copies, estate, law)),
      ...estate
        .facts("managed-service")
        .filter(({ urn }) => !HOLDS_NO_COPY.test(estate.resource(urn)?.canonicalType ?? ""))
        .flatMap(({ urn }) => judgeDatabase(urn, estate)),
    ];
  },
});
