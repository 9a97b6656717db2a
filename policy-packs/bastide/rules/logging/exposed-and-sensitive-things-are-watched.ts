import { mayHoldHealthData, tagOf } from "../../../../judge/facts/classification.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { regionOf } from "../../../../judge/facts/location.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { unlessKnown } from "../../../../judge/kit/health.ts";
import { decide, fail, notApplicable, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import type { Known, Origin } from "../../../../kernel/known.ts";

/** Watchers of one kind: by region, and where it can't be told in which region or whether one is such a watcher. */
interface Watchers {
  readonly in: ReadonlyMap<string, string>;
  readonly unclear: Origin | undefined;
}

const WATCHED_BY = {
  "log source": "an observability.Source of logs in the same region",
  alert: "an observability.AlertManager with a contact in the same region",
  "audit trail": "an export of the audit trail from the same region",
} as const;
type Watch = keyof typeof WATCHED_BY;

function watchers(estate: Estate, found: readonly (readonly [urn: string, counts: Known<boolean>])[]): Watchers {
  const regions = new Map<string, string>();
  let unclear: Origin | undefined;
  for (const [urn, counts] of found) {
    const place = estate.resource(urn)?.location?.place;
    if (!counts.known) unclear ??= counts.from;
    else if (counts.value && place?.known) regions.set(regionOf(place.value), urn);
    else if (counts.value && place !== undefined && !place.known) unclear ??= place.from;
  }
  return { in: regions, unclear };
}

const is = <T>(value: Known<T>, yes: (value: T) => boolean): Known<boolean> =>
  value.known ? { known: true, value: yes(value.value) } : value;

const watchersOf = (estate: Estate): Readonly<Record<Watch, Watchers>> => ({
  "log source": watchers(
    estate,
    estate.facts("telemetry-source").map((s) => [s.urn, is(s.signal.value, (signal) => signal === "logs")]),
  ),
  alert: watchers(
    estate,
    estate.facts("alerting").map((a) => [a.urn, is(a.contacts.value, (contacts) => contacts > 0)]),
  ),
  "audit trail": watchers(
    estate,
    estate.facts("trail-export").map(({ urn }) => [urn, { known: true, value: true }]),
  ),
});

/** What a resource is watched for, when it is: entrances and stores of health data, never what only serves them. */
function needs(
  resource: Resource,
  estate: Estate,
): { readonly watches: readonly Watch[]; readonly unlessClass?: Known<unknown> } {
  const kinds = new Set(resource.facts.map((fact) => fact.kind));
  const entrance = resource.facts.some(
    (fact) => fact.kind === "gateway-entrance" && !(fact.bastion.value.known && fact.bastion.value.value !== true),
  );
  if (kinds.has("cluster") || kinds.has("access-logged") || entrance) return { watches: ["log source", "alert"] };
  const store = kinds.has("bucket") || kinds.has("managed-service");
  if (!store) return { watches: [] };
  const dataClass = tagOf(resource, estate, "data-class");
  if (dataClass.known && !mayHoldHealthData(dataClass.value)) return { watches: [] };
  return { watches: ["log source", "alert", "audit trail"], ...(dataClass.known ? {} : { unlessClass: dataClass }) };
}

function judgeWatch(urn: string, watch: Watch, place: Known<string>, { in: regions, unclear }: Watchers): Result {
  const about = { subject: urn, property: watch, want: WATCHED_BY[watch] };
  if (!place.known) return undecided(about, place.from);
  const by = regions.get(regionOf(place.value));
  if (by !== undefined) return pass({ ...about, path: [by] }, by);
  return unclear === undefined ? fail(about, `none in ${regionOf(place.value)}`) : undecided(about, unclear);
}

function judgeResource(resource: Resource, all: Readonly<Record<Watch, Watchers>>, estate: Estate): readonly Result[] {
  const { urn, location, facts } = resource;
  const own = facts.flatMap((fact) =>
    fact.kind === "access-logged"
      ? [decide({ subject: urn, property: fact.on.property, want: true }, fact.on.value, (on) => on === true)]
      : [],
  );
  const { watches, unlessClass } = needs(resource, estate);
  if (watches.length === 0 && facts.some((f) => f.kind === "bucket" || f.kind === "managed-service")) {
    return [...own, notApplicable(urn, "log source", "neither exposed nor of health data")];
  }
  // A part of something located (a frontend) stands where that stands; where that is not seen, any watcher will do.
  if (location === undefined) return own;
  const results = watches.map((watch) => judgeWatch(urn, watch, location.place, all[watch]));
  return [...own, ...(unlessClass?.known === false ? unlessKnown(results, unlessClass) : results)];
}

export const exposedAndSensitiveThingsAreWatched = rule({
  id: "OBS-02",
  title: "entrances and stores of health data have a log source, an alert that reaches somebody, and an audit trail",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "JRN:R2",
    "JRN:R9",
    "JRN:R12",
    "RCF:20.4",
    "IR:3.2.3.a",
    "IR:3.2.3.c",
    "IR:3.2.3.e",
    "NIS2:21.2.b",
    "ISO:A.8.15",
    "ISO:A.8.16",
    "EHDS:73.1.f",
    "SNDS24:7.1?",
  ],
  rationale:
    "What nobody writes down did not happen, and what nobody is told of is found months later. Cockpit is regional, a load " +
    "balancer's access logs are off unless asked for, an alert manager without contact is silent, and the audit trail leaves " +
    "Scaleway only by an export job. That logs arrive, and from which collector, is for a look at the running system.",
  remedy:
    "In each region: an `observability.Source` of type logs, an `observability.AlertManager` with a contact, and an export job of " +
    "the audit trail into a locked bucket; `enableAccessLogs: true` on frontends.",
  judge: (estate) => {
    const all = watchersOf(estate);
    return estate.resources.flatMap((resource) => judgeResource(resource, all, estate));
  },
});
