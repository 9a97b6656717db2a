import { regionOf } from "../../../../judge/facts/location.ts";
import { decide, notApplicable, type Result } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";
import { allKnown, mapKnown } from "../../../../kernel/known.ts";

export const providersNameRegionAndZone = resourceRule({
  id: "TRP-02",
  title: "a provider instance names a region and a zone of it",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:6.3.2.a", "SNC:19.2.a", "ISO:A.8.9"],
  rationale:
    "A zonal resource without zone goes to `fr-par-1` even where the provider says `region: nl-ams`: half of what was meant for one " +
    "region stands in another, and private networks there can't be reached.",
  remedy: "Give the provider both, e.g. `region: fr-par` and `zone: fr-par-1`.",
  judgeOne: ({ facts, urn }): readonly Result[] =>
    facts.flatMap((fact) => {
      if (fact.kind !== "provider") return [];
      if (fact.package !== "scaleway") return [notApplicable(urn, "zone", `provider of ${fact.package}`)];
      const both = allKnown([fact.region, fact.zone]);
      const about = { subject: urn, property: "zone", want: "a zone of the region that it names" };
      const got = mapKnown(both, ([region, zone]) => ({ region: region ?? null, zone: zone ?? null }));
      return [
        decide(
          about,
          both,
          ([region, zone]) => !!region && !!zone && zone !== region && regionOf(zone) === region,
          got,
        ),
      ];
    }),
});
