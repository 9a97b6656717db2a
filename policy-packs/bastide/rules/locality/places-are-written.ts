import type { Estate } from "../../../../judge/facts/estate.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { isDefaultProvider } from "../../../../judge/facts/type-name.ts";
import { isWritten, wasOnlyRead, wasTakenAway } from "../../../../judge/facts/written.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

const WANT = "written on the resource, or on the provider that it names";

/** What an explicit provider says. Environment variables overrule it, so it is never more than assumed (TRP-01). */
function byProvider(resource: Resource, property: "region" | "zone", estate: Estate): Result {
  const about = { subject: resource.urn, property, want: WANT };
  const urn = resource.raw.provider;
  if (urn === undefined || isDefaultProvider(urn)) return fail(about, "whatever the environment says");
  const provider = estate.factOf("provider", urn);
  if (provider === undefined) return undecided({ ...about, path: [urn] }, { property: "provider", suppliers: [urn] });
  const place = provider[property];
  if (!place.known) return undecided({ ...about, path: [urn] }, place.from);
  return place.value === undefined || place.value === ""
    ? fail({ ...about, path: [urn] }, "whatever the environment says")
    : pass({ ...about, path: [urn], proof: "assumed" }, place.value);
}

export const placesAreWritten = resourceRule({
  id: "LOC-02",
  title: "region and zone are written in the program, never taken from the environment",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:6.3.2.a", "RCF:18.3", "ISO:A.8.9"],
  rationale:
    "A resource without place goes where a variable, a profile file or the provider's built-in default says: the same program rests in " +
    "Paris on one machine and in Amsterdam on the next, and nobody reviewed either.",
  remedy: "Write `region` (or `zone`) on the resource, or give it a provider instance that has both.",
  judgeOne: (resource, estate) => {
    const { location, raw, urn } = resource;
    if (location === undefined || !raw.custom) return [];
    const { property } = location;
    const written = raw.inputs[property];
    if (typeof written === "string" && written !== "") return [pass({ subject: urn, property, want: WANT }, written)];
    if (isWritten(written)) {
      return [
        undecided(
          { subject: urn, property, want: WANT },
          { property, suppliers: raw.propertyDependencies[property] ?? [] },
        ),
      ];
    }
    if (wasOnlyRead(raw)) {
      const about = { subject: urn, property, want: WANT };
      return [location.by === "id" ? pass(about, "read where it is") : undecided(about, { property, suppliers: [] })];
    }
    if (wasTakenAway(raw, property) && location.by === "id") {
      return [pass({ subject: urn, property, want: WANT, proof: "assumed" }, "written before a refresh")];
    }
    return [byProvider(resource, property, estate)];
  },
});
