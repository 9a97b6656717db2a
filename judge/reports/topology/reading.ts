import { createHash } from "node:crypto";
import type { Estate } from "../../facts/estate.ts";
import { regionOf } from "../../facts/location.ts";
import type { Resource } from "../../facts/observed.ts";
import { type RawValue, UNKNOWN } from "../../facts/raw.ts";
import type { Ref } from "../../facts/reference.ts";
import type { Finding } from "../../kit/verdict.ts";
import { safe } from "../wording.ts";
import type { Item, Mark } from "./model.ts";

/** Short ways to read what the map shows off a resource. What is not known is shown as absent: the map judges nothing. */
export interface MapReader {
  readonly estate: Estate;
  readonly markOf: (urns: readonly string[]) => Mark;
}

const SEVERITY: Readonly<Record<Mark, number>> = { violation: 0, doubt: 1, waived: 2, none: 3 };

export function mapReader(estate: Estate, findings: readonly Finding[]): MapReader {
  const marks = new Map<string, Mark>();
  for (const f of findings) {
    // An advisory blocks nothing, and so marks nothing.
    if (f.enforcement === "advisory") continue;
    const mark: Mark = f.outcome === "fail" ? "violation" : f.outcome === "undecided" ? "doubt" : "waived";
    if (!["fail", "undecided", "waived"].includes(f.outcome)) continue;
    if (SEVERITY[mark] < SEVERITY[marks.get(f.subject) ?? "none"]) marks.set(f.subject, mark);
  }
  const markOf = (urns: readonly string[]): Mark =>
    urns.map((urn) => marks.get(urn) ?? "none").reduce((a, b) => (SEVERITY[a] <= SEVERITY[b] ? a : b), "none");
  return { estate, markOf };
}

export const anchorOf = (urn: string): string => `r-${createHash("sha256").update(urn).digest("hex").slice(0, 12)}`;

/** What the provider answered where that is settled, else what the program wrote: an output is the fact, an input the wish. */
const valueIn = ({ raw }: Resource, property: string): RawValue | undefined => {
  const answered = raw.outputs[property];
  const settled = answered !== undefined && answered !== null && answered !== UNKNOWN;
  return settled ? answered : raw.inputs[property];
};

export const textOf = (r: Resource, property: string): string => {
  const value = valueIn(r, property);
  return typeof value === "string" || typeof value === "number" ? safe(String(value)) : "";
};

export const flagOf = (r: Resource, property: string): boolean => valueIn(r, property) === true;

export const listOf = (r: Resource, property: string): readonly RawValue[] => {
  const value = valueIn(r, property);
  return Array.isArray(value) ? value : [];
};

/** A property of an object-valued property, through any list in between. */
export function inner(value: RawValue | undefined, ...path: readonly string[]): string {
  let at: RawValue | undefined = value;
  for (const key of path) {
    if (Array.isArray(at)) at = at[0];
    if (at === null || typeof at !== "object" || Array.isArray(at)) return "";
    at = Object.entries(at).find(([name]) => name === key)?.[1];
  }
  return typeof at === "string" || typeof at === "number" ? safe(String(at)) : "";
}

export const innerOf = (r: Resource, property: string, ...path: readonly string[]): string =>
  inner(valueIn(r, property), ...path);

/** What a property refers to, for kinds of resource that facts do not link. */
export function refOf(r: Resource, property: string): Ref {
  const value = valueIn(r, property);
  const suppliers = r.raw.propertyDependencies[property] ?? [];
  if (typeof value === "string" && value !== "") return { kind: "id", property, id: value, suppliers };
  return value === UNKNOWN ? { kind: "unknown", property, suppliers } : { kind: "absent", property };
}

export const tagOf = (r: Resource, tag: string): string =>
  r.tags?.known === true ? safe(r.tags.value[tag] ?? "") : "";

export const placeOf = (r: Resource): string => (r.location?.place.known === true ? safe(r.location.place.value) : "");

export const regionNameOf = (r: Resource): string => regionOf(placeOf(r));

/** The logical name without the region that its frame already says. */
export const shortNameIn = (region: string, name: string): string => {
  const short = safe(name).replaceAll(`-${region}`, "").replaceAll(`${region}-`, "");
  return short === "" ? safe(name) : short;
};

/** An item for one resource, with the side resources that belong to it. */
export function itemOf(reader: MapReader, r: Resource, over: Partial<Item>, beside: readonly Resource[] = []): Item {
  const urns = [r, ...beside].map(({ urn }) => urn);
  return {
    anchor: anchorOf(r.urn),
    title: shortNameIn(regionNameOf(r), r.name),
    lines: [],
    badges: [],
    dataClass: tagOf(r, "data-class"),
    mark: reader.markOf(urns),
    urns,
    ...over,
  };
}
