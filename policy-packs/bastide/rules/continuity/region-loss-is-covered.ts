import { tagAt } from "../../../../judge/facts/classification.ts";
import { type Copies, copiesIn, needsOf } from "../../../../judge/facts/copies.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { whereHealth } from "../../../../judge/kit/health.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { allKnown, known, mapKnown } from "../../../../kernel/known.ts";

const NOT_COVERED = "region loss not covered";

/** A jurisdiction that both regions are under; a copy elsewhere is a transfer, not a copy. */
function share(a: string | undefined, b: string | undefined, { regions }: Law): boolean {
  const of = (name: string | undefined) => regions.find((r) => r.name === name)?.jurisdictions ?? [];
  return of(a).some((jurisdiction) => of(b).includes(jurisdiction));
}

function judgeStore(urn: string, copies: Copies, estate: Estate, law: Law): readonly Result[] {
  const about = { subject: urn, property: "region", want: "an independent copy in another region of the jurisdiction" };
  const resource = estate.resource(urn);
  const tier = tagAt(urn, estate, "tier");
  if (tier.known && tier.value === "backup") return [notApplicable(urn, about.property, "a copy itself")];
  return whereHealth(urn, about.property, estate, () => {
    const found = copies.of(urn);
    if (!found.known) return [undecided(about, found.from)];
    const home = resource?.location?.place ?? known(undefined);
    const verdicts = found.value.map((copy) => {
      const far = mapKnown(allKnown([home, copy.region]), ([here, there]) => share(here, there, law));
      return { copy, met: allKnown([...needsOf(copy).map(([, met]) => met), copy.otherRegion, far]) };
    });
    const good = verdicts.find(({ met }) => met.known && met.value.every(Boolean));
    if (good !== undefined) {
      return [pass({ ...about, path: [good.copy.bucket], proof: good.copy.ground }, good.copy.bucket)];
    }
    const open = verdicts.find(({ met }) => !met.known)?.met;
    if (open?.known === false) return [undecided(about, open.from)];
    const independent = verdicts.find(({ copy }) => needsOf(copy).every(([, met]) => met.known && met.value));
    // Never a pass where the profile has nowhere to go: what is not covered is said.
    const got = {
      verdict: NOT_COVERED,
      copy: independent === undefined ? "none" : "in the same region",
      satisfiable: law.regions.length > 1,
    };
    return [fail({ ...about, path: independent === undefined ? [] : [independent.copy.bucket] }, got)];
  });
}

export const regionLossIsCovered = rule({
  id: "G3",
  title: "each store of health data outlives its region, inside its jurisdiction",
  severity: "high",
  enforcement: "advisory",
  waivable: false,
  controls: ["SNC:17.6.a", "SNC:19.2.b", "HDS:28", "GDPR:32.1.c", "IR:4.2.2.b", "ISO:A.8.14"],
  rationale:
    "Scaleway knows one French region. Where the profile has no second one, no program can cover the region's loss, and no rule may " +
    "pass as if it did: each store is told here, for whoever accepts the risk by name. Advisory, because there is nothing to change in " +
    "the program; that the copy is independent at all is DR-02's.",
  remedy:
    "Declare a second region of the jurisdiction with its contract, and put the copies there; or accept the loss by name, until a day.",
  judge: (estate, law) => {
    const copies = copiesIn(estate);
    return estate.facts("bucket").flatMap(({ urn }) => judgeStore(urn, copies, estate, law));
  },
});
