import { bucketKeys } from "../facts/bucket-keys.ts";
import { refAt } from "../facts/classification.ts";
import type { Estate } from "../facts/estate.ts";
import { projectOf } from "../facts/project.ts";
import { stateBuckets } from "./credentials.ts";
import { diskFlows } from "./disk-flows.ts";
import type { Grip } from "./members.ts";
import { type Ground, weaker } from "./model.ts";
import { ARCHIVE, HOST, type RestsAs } from "./places.ts";
import { rightsOf } from "./rights.ts";

/** Somewhere that this estate does not show. */
const nowhereKnown = (): string => `${HOST}?`;

/**
 * Where data go next. A reference that can't be told, or that leads out of the file, keeps its way open, unresolved: from whatever it may name, or
 * to a place that nobody here knows.
 *
 * Modelled: whoever may read a bucket and write to another one carries data there; a database to its replicas; disks and databases to what is made of them (`disk-flows.ts`); objects to the
 * archive; a bucket to the keys that open it; whatever stands in a project to the telemetry of that project, and from there to where an exporter sends it;
 * every call of the API to the audit trail's bucket; what opens the data to the engine's state; names to what they answer with. Not modelled: what a
 * program copies by other credentials than the estate's, caches of edge services.
 */
export interface DataFlow {
  readonly grip: Grip;
  /** `undefined`: on its way, as before. */
  readonly as: RestsAs | undefined;
}

const memo = new WeakMap<Estate, Map<string | undefined, ReadonlyMap<string, readonly DataFlow[]>>>();

/** Single steps of data, by where they start. `now` as of `rightsOf`. */
export function flowsOfData(estate: Estate, now?: string): ReadonlyMap<string, readonly DataFlow[]> {
  const known = memo.get(estate)?.get(now);
  if (known !== undefined) return known;
  const found = new Map<string, DataFlow[]>();
  for (const flow of [
    ...byRights(estate, now),
    ...byKeys(estate),
    ...byArchive(estate),
    ...byReplica(estate),
    ...diskFlows(estate),
    ...byTelemetry(estate),
    ...byTrail(estate),
    ...byNames(estate),
  ]) {
    const list = found.get(flow.grip.from);
    if (list === undefined) found.set(flow.grip.from, [flow]);
    else list.push(flow);
  }
  if (!estate.partial) memo.set(estate, new Map(memo.get(estate)).set(now, found));
  return found;
}

const flow = (from: string, to: string, as: RestsAs | undefined, rest: Omit<Grip, "from" | "to">): DataFlow => ({
  grip: { from, to, ...rest },
  as,
});

/** From a bucket to who reads it, and from there to what that principal writes. */
function byRights(estate: Estate, now: string | undefined): readonly DataFlow[] {
  const buckets = new Set(estate.facts("bucket").map(({ urn }) => urn));
  const states = stateBuckets(estate);
  const passes = rightsOf(estate, now)
    // What a principal may do by somebody else's key is that other one's way.
    .filter((right) => right.how === "granted" && buckets.has(right.on))
    .flatMap((right): readonly DataFlow[] => {
      const last = right.path.at(-1);
      const rest = { by: last?.by ?? right.on, property: last?.property ?? "", ground: right.ground };
      if (right.right === "read") return [flow(right.on, right.principal, undefined, rest)];
      return right.right === "write" ? [flow(right.principal, right.on, "copy", rest)] : [];
    });
  // The state holds what opens the data, not the data.
  const opened = [...buckets].flatMap((bucket) =>
    states
      .filter((state) => state !== bucket)
      .map((state) => flow(bucket, state, "state", { by: state, property: "name", ground: "stated" })),
  );
  return [...passes, ...opened];
}

function byKeys(estate: Estate): readonly DataFlow[] {
  const keys = bucketKeys(estate);
  return estate.facts("bucket").flatMap(({ urn }) => {
    const of = keys.of(urn);
    if (!of.known) {
      const [by = urn] = of.from.suppliers;
      return [flow(urn, nowhereKnown(), "key", { by, property: of.from.property, ground: "unresolved" })];
    }
    return of.value.flatMap(({ key, config, assumed }) => {
      if (key === undefined) return [];
      const lost = estate.resource(key) === undefined;
      const ground: Ground = lost ? "unresolved" : assumed ? "assumed" : "stated";
      return [flow(urn, lost ? nowhereKnown() : key, "key", { by: config, property: "rules", ground })];
    });
  });
}

const ARCHIVES: ReadonlySet<string> = new Set(["GLACIER"]);

function byArchive(estate: Estate): readonly DataFlow[] {
  return estate.facts("archive").flatMap(({ urn, bucket, classes }) => {
    const { value, property } = classes;
    if (value.known && !value.value.some((name) => ARCHIVES.has(name.toUpperCase()))) return [];
    const link = bucket === "self" ? undefined : estate.link(bucket, "bucket");
    if (link === undefined || link.kind === "found") {
      const from = link === undefined ? urn : link.fact.urn;
      const to = from === urn ? `${urn}${ARCHIVE}` : urn;
      return [flow(from, to, "archive", { by: urn, property, ground: value.known ? "stated" : "unresolved" })];
    }
    return estate
      .facts("bucket")
      .map((any) => flow(any.urn, urn, "archive", { by: urn, property: link.property, ground: "unresolved" }));
  });
}

const REPLICA = "scaleway:databases/readReplica:ReadReplica";

function byReplica(estate: Estate): readonly DataFlow[] {
  return estate.resources
    .filter((resource) => resource.canonicalType === REPLICA)
    .flatMap((replica) => {
      const link = estate.linkAny(refAt(replica, "instanceId"));
      const way = { by: replica.urn, property: "instanceId" };
      if (link.kind === "found") {
        const ground: Ground = link.assumed ? "assumed" : "stated";
        return [flow(link.fact.urn, replica.urn, "replica", { ...way, ground })];
      }
      return estate
        .facts("managed-service")
        .filter(({ urn }) => urn !== replica.urn)
        .map(({ urn }) => flow(urn, replica.urn, "replica", { ...way, ground: "unresolved" }));
    });
}

/** Everything of a project to its telemetry, and telemetry to where it is sent. */
function byTelemetry(estate: Estate): readonly DataFlow[] {
  const sources = estate.facts("telemetry-source").map(({ urn }) => ({ urn, project: projectIn(urn, estate) }));
  const logged = [...estate.facts("bucket"), ...estate.facts("managed-service")].flatMap(({ urn }) => {
    const own = projectIn(urn, estate);
    return sources
      .filter(({ project }) => project === undefined || own === undefined || project === own)
      .map((source) => {
        const ground: Ground = source.project === undefined || own === undefined ? "unresolved" : "stated";
        return flow(urn, source.urn, "telemetry", { by: source.urn, property: "projectId", ground });
      });
  });
  const sent = estate
    .facts("outlet")
    .filter(({ purpose }) => purpose === "telemetry")
    .flatMap(({ urn, target }) => {
      const resource = estate.resource(urn);
      const { value, property } = target;
      if (resource === undefined || (value.known && value.value === undefined)) return [];
      const host = value.known ? hostIn(value.value ?? "") : "?";
      const link = estate.linkAny(refAt(resource, "datasourceId"));
      // A source that is not in the file, or not known, may be any of a project's.
      const from = link.kind === "found" ? [link.fact.urn] : sources.map((s) => s.urn);
      const ground: Ground = weaker(
        value.known ? "stated" : "unresolved",
        link.kind === "found" ? "stated" : "unresolved",
      );
      return from.map((source) => flow(source, `${HOST}${host}`, "telemetry", { by: urn, property, ground }));
    });
  return [...logged, ...sent];
}

/** The project that something stands in; a replica names none and stands in its database's. */
function projectIn(urn: string, estate: Estate): string | undefined {
  const resource = estate.resource(urn);
  if (resource === undefined) return undefined;
  if (resource.canonicalType === REPLICA) {
    const of = estate.linkAny(refAt(resource, "instanceId"));
    return of.kind === "found" && of.fact.canonicalType !== REPLICA ? projectIn(of.fact.urn, estate) : undefined;
  }
  const project = projectOf(resource, estate);
  return project.known ? project.value : undefined;
}

/** The host of a URL, a mail address or a bare name. */
function hostIn(text: string): string {
  const authority = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").split(/[/?#]/)[0] ?? "";
  return authority
    .slice(authority.lastIndexOf("@") + 1)
    .replace(/:\d+$/, "")
    .toLowerCase();
}

/** What is called on data is told to the audit trail, and the trail to its bucket. */
function byTrail(estate: Estate): readonly DataFlow[] {
  const logs = estate.facts("trail-export").map(({ urn, bucket }) => {
    const link = estate.link(bucket, "bucket");
    const rest = { urn, property: bucket.property };
    return link.kind === "found"
      ? { ...rest, to: link.fact.urn, ground: link.assumed ? ("assumed" as const) : ("stated" as const) }
      : { ...rest, to: nowhereKnown(), ground: "unresolved" as const };
  });
  const data = [...estate.facts("bucket"), ...estate.facts("managed-service")].map(({ urn }) => urn);
  return data.flatMap((urn) =>
    logs
      .filter(({ to }) => to !== urn)
      .map((log) => flow(urn, log.to, "log", { by: log.urn, property: log.property, ground: log.ground })),
  );
}

/** Names to what they answer with: a resource of that address, another name, or a host that the estate does not hold. */
function byNames(estate: Estate): readonly DataFlow[] {
  const addresses = new Map<string, string>();
  for (const { urn, address } of [...estate.facts("public-address"), ...estate.facts("gateway-address")]) {
    if (address.known && address.value !== undefined) addresses.set(address.value, urn);
  }
  const names = new Map<string, string>();
  for (const { urn, name } of estate.facts("name")) if (name.known) names.set(name.value.toLowerCase(), urn);
  return estate.facts("failover-target").flatMap(({ urn, target }) => {
    const { value, property } = target;
    if (!value.known) return [flow(urn, nowhereKnown(), "answer", { by: urn, property, ground: "unresolved" })];
    const text = (value.value ?? "").toLowerCase().replace(/\.$/, "");
    if (text === "") return [];
    const to = addresses.get(text) ?? names.get(text) ?? `${HOST}${text}`;
    return to === urn ? [] : [flow(urn, to, "answer", { by: urn, property, ground: "stated" })];
  });
}
