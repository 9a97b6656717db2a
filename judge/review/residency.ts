import { publicRegions } from "../../stacks/catalogue.ts";
import { tagOf } from "../facts/classification.ts";
import { placesOf, type Resting, type RestsAs } from "../graph/places.ts";
import type { Law } from "../kit/law.ts";
import { type Change, NOT_KNOWN } from "./change.ts";
import { type Meaning, meaning } from "./meaning.ts";
import type { Seen } from "./seen.ts";

/** As what something of a datum comes to rest, for people. Itself is told by its own place. */
const AS: Readonly<Record<Exclude<RestsAs, "itself">, string>> = {
  copy: "copies",
  replica: "replicas",
  backup: "backups",
  archive: "archived objects",
  key: "the keys",
  log: "the audit trail",
  telemetry: "logs and metrics",
  state: "what opens it (the engine's state)",
  answer: "requests",
};

/**
 * Where everything that comes of a datum can come to rest, as the graph closes it over rights, keys, exporters and names: one meaning for each datum,
 * kind and place, so that another resource in the same place is no change. A class of data that first gets such a place is told once more for the class,
 * which is how a new store's places are told.
 */
export function residency({ estate }: Seen, law: Law): readonly Meaning[] {
  const data = [...estate.facts("bucket"), ...estate.facts("managed-service")].map(({ urn }) => urn);
  const found = new Map<string, Meaning>();
  const put = (key: string, one: Meaning): void => {
    const before = found.get(key);
    if (before === undefined || (before.value === NOT_KNOWN && one.value !== NOT_KNOWN)) found.set(key, one);
  };
  for (const datum of [...new Set(data)]) {
    const dataClass = classOf(datum, { estate });
    for (const row of [...placesOf(datum, estate, law)].sort((a, b) => a.path.length - b.path.length)) {
      if (row.as === "itself") continue;
      const what = `${AS[row.as]} ${placeText(row, law)}`;
      const rest = {
        subject: datum,
        property: row.path.at(-1)?.property ?? "",
        path: row.path.map((grip) => grip.by),
      };
      const value = row.ground === "unresolved" ? NOT_KNOWN : true;
      put(`${datum} ${what}`, meaning("residency", "goes to", value, { ...rest, what }));
      put(
        `${dataClass} ${what}`,
        meaning("residency", "of the class goes to", value, { ...rest, what: `${dataClass}: ${what}`, whole: true }),
      );
    }
  }
  return [...found.values()];
}

function classOf(urn: string, { estate }: Pick<Seen, "estate">): string {
  const resource = estate.resource(urn);
  const tag = resource === undefined ? undefined : tagOf(resource, estate, "data-class");
  return tag === undefined || !tag.known ? "data of a class not known yet" : (tag.value ?? "data without a class");
}

function placeText({ host, region }: Resting, law: Law): string {
  if (host !== undefined) {
    if (host === "?") return "at a host not known yet";
    const listed = law.hosts.find((row) => row.host.toLowerCase() === host);
    const whose = listed?.jurisdiction === undefined ? "" : `, under the law of ${listed.jurisdiction}`;
    return listed === undefined ? `at ${host}, which the law does not list` : `at ${host}${whose}`;
  }
  return region === undefined ? "in a place not known yet" : jurisdiction(region, law);
}

/** Country, laws and operator of a region, by the law of this side or by the catalogue. */
export function jurisdiction(name: string, law: Law): string {
  const row = law.regions.find((r) => r.name === name) ?? publicRegions.find((r) => r.name === name);
  return row === undefined
    ? `in ${name}, of which nobody says whose law holds there`
    : `in ${name}: ${row.country}, law of ${row.jurisdictions.join(" and ")}, operated by ${row.operator}`;
}

/** What a class of data gets is told by the data that get it, where they were there before. */
export function withoutClasses(changes: readonly Change[]): readonly Change[] {
  const way = ({ what, after }: Change): string => `${what} ${after === undefined}`;
  const told = new Set(changes.filter((c) => c.aspect === "goes to").map(way));
  return changes.filter((c) => {
    if (c.aspect !== "of the class goes to") return true;
    return !told.has(way({ ...c, what: c.what.slice(c.what.indexOf(": ") + 2) }));
  });
}
