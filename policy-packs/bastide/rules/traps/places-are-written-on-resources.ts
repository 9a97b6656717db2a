import { isWritten, wasOnlyRead, wasTakenAway } from "../../../../judge/facts/written.ts";
import { fail, pass } from "../../../../judge/kit/result.ts";
import { resourceRule } from "../../../../judge/kit/rule.ts";

export const placesAreWrittenOnResources = resourceRule({
  id: "TRP-01",
  title: "each resource writes its own place, which no environment variable overrules",
  severity: "medium",
  enforcement: "mandatory",
  waivable: true,
  controls: ["IR:6.3.2.a", "ISO:A.8.9"],
  rationale:
    "For Scaleway's provider the environment comes last and wins: with SCW_DEFAULT_REGION set, a bucket of a provider that says " +
    "`nl-ams` was made in `fr-par`, with a warning. Only what stands on the resource itself is above it.",
  remedy: "Write `region`, or `zone` on a zonal resource, on the resource itself.",
  judgeOne: ({ urn, raw, location }) => {
    if (location === undefined || !raw.custom || wasOnlyRead(raw)) return [];
    const about = { subject: urn, property: location.property, want: "written on the resource" };
    if (wasTakenAway(raw, location.property)) return [pass({ ...about, proof: "assumed" }, "written before a refresh")];
    // Whether what is written is allowed, or known, others ask.
    return [isWritten(raw.inputs[location.property]) ? pass(about, "written") : fail(about, `by the ${location.by}`)];
  },
});
