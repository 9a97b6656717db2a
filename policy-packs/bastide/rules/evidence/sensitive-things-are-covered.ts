import { type BucketAccesses, bucketAccesses } from "../../../../judge/facts/bucket-access.ts";
import { type BucketKeys, bucketKeys } from "../../../../judge/facts/bucket-keys.ts";
import { tagOf } from "../../../../judge/facts/classification.ts";
import { type Copies, copiesIn } from "../../../../judge/facts/copies.ts";
import type { Estate } from "../../../../judge/facts/estate.ts";
import { regionOf } from "../../../../judge/facts/location.ts";
import type { Resource } from "../../../../judge/facts/observed.ts";
import { whereHealth } from "../../../../judge/kit/health.ts";
import { type About, fail, pass, type Result, undecided } from "../../../../judge/kit/result.ts";
import { rule } from "../../../../judge/kit/rule.ts";
import { allKnown, type Known, known, mapKnown } from "../../../../kernel/known.ts";

/** Edges that each store of health data must have; one without is an orphan. */
const EDGES = ["owner", "log source", "encryption", "policy", "backup"] as const;
type Edges = Readonly<Record<(typeof EDGES)[number], Known<boolean>>>;

interface Around {
  readonly logs: Known<ReadonlySet<string>>;
  readonly keys: BucketKeys;
  readonly accesses: BucketAccesses;
  readonly copies: Copies;
}

const YES = known(true);

/** Regions with a source of logs. */
function loggedRegions(estate: Estate): Known<ReadonlySet<string>> {
  const places = estate.facts("telemetry-source").map(({ urn, signal }): Known<string | undefined> => {
    const place = estate.resource(urn)?.location?.place;
    if (!signal.value.known) return signal.value;
    if (signal.value.value !== "logs" || place === undefined) return known(undefined);
    return mapKnown(place, regionOf);
  });
  return mapKnown(allKnown(places), (found) => new Set(found.flatMap((region) => region ?? [])));
}

function common(resource: Resource, { logs }: Around, estate: Estate): Pick<Edges, "owner" | "log source"> {
  const place = resource.location?.place ?? known("");
  return {
    owner: mapKnown(tagOf(resource, estate, "owner"), (owner) => owner !== undefined && owner !== ""),
    "log source": mapKnown(allKnown<ReadonlySet<string> | string>([logs, place]), ([regions, at]) =>
      typeof regions === "object" && typeof at === "string" ? regions.has(regionOf(at)) : false,
    ),
  };
}

function ofBucket(resource: Resource, around: Around, estate: Estate): Edges {
  const { urn } = resource;
  const copies = around.copies.of(urn);
  const carried = copies.known
    ? mapKnown(allKnown(copies.value.map((copy) => copy.carriers)), (all) => all.some((who) => who.length > 0))
    : copies;
  const backup = mapKnown(
    allKnown<string | undefined | boolean>([tagOf(resource, estate, "tier"), carried]),
    ([tier, is]) => (tier === "backup" ? true : is === true),
  );
  return {
    ...common(resource, around, estate),
    encryption: mapKnown(around.keys.of(urn), (keys) => keys.some(({ key }) => key !== undefined)),
    policy: mapKnown(around.accesses.to(urn), (access) => access !== undefined),
    backup,
  };
}

/** A database's network is its policy: whoever has no private endpoint to it has no way in (NET-02). */
function ofDatabase(resource: Resource, around: Around, estate: Estate): Edges {
  const care = estate.factOf("database-care", resource.urn);
  const service = estate.factOf("managed-service", resource.urn);
  return {
    ...common(resource, around, estate),
    encryption: care?.encrypted?.value ?? YES,
    policy: service?.privateEndpoint.value ?? YES,
    backup: mapKnown(tagOf(resource, estate, "backup-bucket"), (name) => name !== undefined && name !== ""),
  };
}

function judgeEdges(about: About, edges: Edges): Result {
  const missing = EDGES.filter((edge) => {
    const has = edges[edge];
    return has.known && !has.value;
  });
  if (missing.length > 0) return fail(about, { without: missing });
  const open = EDGES.map((edge) => edges[edge]).find((has) => !has.known);
  return open?.known === false ? undecided(about, open.from) : pass(about, EDGES);
}

export const sensitiveThingsAreCovered = rule({
  id: "G6",
  title: "each store of health data has an owner, a log source, encryption, a policy and a backup",
  severity: "high",
  enforcement: "mandatory",
  waivable: true,
  controls: [
    "SNC:8.1.b",
    "SNC:12.5.a",
    "IR:12.4.1",
    "ISO:A.5.9",
    "ISO:A.8.13",
    "ISO:A.8.15",
    "GDPR:32.1.b",
    "RCF:5.A.1",
  ],
  rationale:
    "Rules on single edges pass over what has none to look at. Here every store is asked for all of them at once, so that one which was " +
    "added beside the components, and which nobody owns, stands in the verdict by name. How good each edge is, other rules say " +
    "(KEY-01, IAM-05, OBS-02, DR-02).",
  remedy: "Make the store by the component that brings its key, policy, copy and tags along, or add what is missing.",
  judge: (estate) => {
    const around: Around = {
      logs: loggedRegions(estate),
      keys: bucketKeys(estate),
      accesses: bucketAccesses(estate),
      copies: copiesIn(estate),
    };
    return estate.resources.flatMap((resource) => {
      const kinds = new Set(resource.facts.map((fact) => fact.kind));
      if (!kinds.has("bucket") && !kinds.has("database-care")) return [];
      const about = { subject: resource.urn, property: "coverage", want: EDGES };
      return whereHealth(resource.urn, about.property, estate, () => [
        judgeEdges(
          about,
          kinds.has("bucket") ? ofBucket(resource, around, estate) : ofDatabase(resource, around, estate),
        ),
      ]);
    });
  },
});
