import { mayHoldHealthData } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { placesOf, type Resting } from "../../../../judge/graph/places.ts";
import { tagValue } from "../../../../judge/graph/topology.ts";
import { isListedHost, isPlatformHost } from "../../../../judge/kit/hosts.ts";
import type { Law } from "../../../../judge/kit/law.ts";
import { fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { sortedUnique } from "../../../../kernel/order.ts";
import { pathOf } from "./way.ts";

type Answer = "inside" | "outside" | "unknown";

function answerFor(place: Resting, law: Law): Answer {
  if (place.host !== undefined) {
    if (place.host === "?") return "unknown";
    return isListedHost(place.host, law) || isPlatformHost(place.host, law) ? "inside" : "outside";
  }
  if (place.region === undefined) return "unknown";
  const listed = law.regions.some(({ name }) => name === place.region);
  return listed ? "inside" : "outside";
}

const told = ({ as, at, region, host, path }: Resting) => ({
  as,
  at,
  ...(host === undefined ? { region: region ?? null } : { host }),
  way: path.map(({ from, to, by, property }) => ({ from, to, by, property })),
});

function judgeDatum(datum: string, estate: Estate, law: Law, now: string): Result {
  const places = placesOf(datum, estate, { ...law, now });
  const about = { subject: datum, property: "places", want: `places in ${law.regions.map((r) => r.name).join(", ")}` };
  const out = places.filter((place) => answerFor(place, law) === "outside");
  const known = out.find((place) => place.ground !== "unresolved");
  if (known !== undefined) return fail({ ...about, path: pathOf(known.path) }, told(known));
  const [unclear] = [...out, ...places.filter((place) => answerFor(place, law) === "unknown")];
  if (unclear !== undefined) {
    const lost = unclear.path.find((grip) => grip.ground === "unresolved");
    const from = { property: lost?.property ?? "region", suppliers: [lost?.by ?? unclear.at] };
    return undecided({ ...about, path: pathOf(unclear.path) }, from);
  }
  const ground = places.some((place) => place.ground === "assumed") ? ({ proof: "assumed" } as const) : {};
  return pass({ ...about, ...ground }, sortedUnique(places.flatMap((place) => place.region ?? place.host ?? [])));
}

const holders = (estate: Estate): readonly string[] =>
  sortedUnique(
    [...estate.facts("bucket"), ...estate.facts("managed-service"), ...estate.facts("disk")]
      .map(({ urn }) => urn)
      .filter((urn) => mayHoldHealthData(tagValue(estate, urn, "data-class"))),
  );

export const dataRestInTheJurisdictions = rule({
  id: "G4",
  title:
    "wherever health data, their copies, snapshots, logs and keys can come to rest, it is in the profile's jurisdictions",
  severity: "critical",
  enforcement: "mandatory",
  waivable: false,
  controls: ["SNC:19.2.a", "SNC:19.2.b", "HDS:28", "GDPR:44", "EHDS:87.1", "CSF:SOV-3"],
  rationale:
    "A bucket in Paris says little when an application that reads it writes to another country, its key stands elsewhere, or the telemetry of " +
    "its project is exported: each resource is in order by itself, and the data have left.",
  remedy:
    "Take away the write, exporter, replica or key that the way names, or move it into a region of the profile; hosts outside must be listed in the " +
    "settings, with a reason.",
  judge: (estate, law, now) => holders(estate).map((datum) => judgeDatum(datum, estate, law, now)),
});
