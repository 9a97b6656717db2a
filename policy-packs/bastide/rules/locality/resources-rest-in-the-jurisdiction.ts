import type { Location } from "../../../../judge/facts/location.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { decide, type Result } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

/** A zone is allowed with its region, a region by name. */
interface Allowed {
  readonly region: readonly string[];
  readonly zone: readonly string[];
  readonly all: ReadonlySet<string>;
}

const allowedBy = new WeakMap<Law, Allowed>();

/** The places that a law allows, gathered once for all resources. */
function allowedIn(law: Law): Allowed {
  const before = allowedBy.get(law);
  if (before !== undefined) return before;
  const region = law.regions.map(({ name }) => name).sort();
  const zone = law.regions.flatMap(({ zones }) => zones).sort();
  const found: Allowed = { region, zone, all: new Set([...region, ...zone]) };
  allowedBy.set(law, found);
  return found;
}

function judgePlace(subject: string, law: Law, { property, place, by }: Location): Result {
  const allowed = allowedIn(law);
  // A place that is not written can be overruled by the environment, which no door shows.
  const proof = by === "provider" || by === "default" ? "assumed" : undefined;
  return decide({ subject, property, want: allowed[property], proof }, place, (name) => allowed.all.has(name));
}

export const resourcesRestInTheJurisdiction = resourceRule({
  id: "LOC-01",
  title: "every located resource stands in a region of the profile",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: [
    "SNC:19.2.a",
    "SNC:19.2.b",
    "HDS:28",
    "GDPR:44",
    "EHDS:87.1",
    "SRM:S",
    "SRM:K",
    "SNDS24:3.2?",
    "CSF:SOV-3",
  ],
  rationale:
    "Scaleway's provider takes any region with a warning at most, and a zonal resource without zone goes to fr-par-1 whatever " +
    "region the provider names. Only a rule can make the place an error.",
  remedy: "Write `region` (or `zone`) on the resource, with one of the profile's.",
  judgeOne: (resource, _estate, law) => [
    ...(resource.location === undefined ? [] : [resource.location, ...resource.furtherPlaces]).map((place) =>
      judgePlace(resource.urn, law, place),
    ),
    ...resource.facts.flatMap((fact) => {
      if (fact.kind !== "place") return [];
      const want = allowedIn(law).region;
      const about = { subject: resource.urn, property: fact.region.property, want };
      return [decide(about, fact.region.value, (name) => name !== undefined && want.includes(name))];
    }),
  ],
});
