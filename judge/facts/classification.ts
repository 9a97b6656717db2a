import type { Known, Origin } from "../../kernel/known.ts";
import { known, unknown } from "../../kernel/known.ts";
import { TIERS } from "../../stacks/vocabulary.ts";
import { CLASS_SOURCES } from "./classes.data.ts";
import type { Estate } from "./estate.ts";
import type { Resource } from "./observed.ts";
import { perEstate, perResource } from "./per-estate.ts";
import { type RawObject, type RawValue, UNKNOWN } from "./raw.ts";
import type { Ref } from "./reference.ts";
import type { Tags } from "./tags.ts";

/**
 * The tags that a resource stands under: its own, or for a type that takes none those of the resource that it belongs to, those
 * that its component's spec gives it, or the one class that everything in its project shares. Nearest first; what a component
 * says is only declared.
 */
export type Standing =
  | {
      readonly kind: "tags";
      readonly tags: Tags;
      readonly ground?: "declared" | "assumed";
      readonly path: readonly string[];
    }
  /** Needs no class: why. */
  | { readonly kind: "exempt"; readonly reason: string }
  /** Nothing says it. */
  | { readonly kind: "absent"; readonly path: readonly string[] }
  | { readonly kind: "unknown"; readonly from: Origin };

/** Longest chain of resources that inherit from each other, e.g. rule → frontend → load balancer. */
const MAX_STEPS = 5;

export const standingOf = perResource((resource, estate): Standing => standingAfter(resource, estate, 0));

function standingAfter(resource: Resource, estate: Estate, steps: number): Standing {
  if (resource.tags !== undefined) {
    return resource.tags.known
      ? { kind: "tags", tags: resource.tags.value, path: [] }
      : { kind: "unknown", from: resource.tags.from };
  }
  const source = Object.hasOwn(CLASS_SOURCES, resource.canonicalType)
    ? CLASS_SOURCES[resource.canonicalType]
    : undefined;
  if (source !== undefined && "none" in source) return { kind: "exempt", reason: source.none };
  const inherited = steps < MAX_STEPS ? inheritedFrom(resource, source?.from ?? [], estate, steps) : undefined;
  if (inherited !== undefined) return inherited;
  const declared = declaredTags(resource, estate);
  if (declared !== undefined) return { kind: "tags", tags: declared, ground: "declared", path: [] };
  return sharedByProject(resource, estate) ?? { kind: "absent", path: [] };
}

/** Standing of the first named owner that the estate has; `undefined` when no property leads to one. */
function inheritedFrom(
  resource: Resource,
  properties: readonly string[],
  estate: Estate,
  steps: number,
): Standing | undefined {
  for (const property of properties) {
    const link = estate.linkAny(refAt(resource, property));
    if (link.kind !== "found") continue;
    const standing = standingAfter(link.fact, estate, steps + 1);
    if (standing.kind !== "tags") return standing;
    const ground = link.assumed && standing.ground === undefined ? "assumed" : standing.ground;
    const path = [link.fact.urn, ...standing.path];
    return { kind: "tags", tags: standing.tags, path, ...(ground === undefined ? {} : { ground }) };
  }
  return undefined;
}

/** What a top-level property of a resource names, whatever its decoder reads. */
export function refAt({ raw }: Resource, property: string): Ref {
  const value = raw.inputs[property] ?? raw.outputs[property];
  const suppliers = raw.propertyDependencies[property] ?? [];
  if (typeof value === "string" && value !== "") return { kind: "id", property, id: value, suppliers };
  if (value === UNKNOWN) return { kind: "unknown", property, suppliers };
  return { kind: "absent", property };
}

const isObject = (v: RawValue | undefined): v is RawObject =>
  v !== undefined && v !== null && typeof v === "object" && !Array.isArray(v);

/** Published value of a component: among its outputs once it registered some, else among its inputs. */
export const published = (component: Resource, property: string): RawValue | undefined =>
  component.raw.outputs[property] ?? component.raw.inputs[property];

/** The components around a resource, nearest first. */
export function ancestors(resource: Resource, estate: Estate): readonly Resource[] {
  const found: Resource[] = [];
  let parent = resource.raw.parent;
  while (parent !== undefined && found.length < 50) {
    const next = estate.resource(parent);
    if (next === undefined) break;
    found.push(next);
    parent = next.raw.parent;
  }
  return found;
}

/** Tags that the spec of a component around the resource gives to its logical name. */
function declaredTags(resource: Resource, estate: Estate): Tags | undefined {
  for (const component of ancestors(resource, estate)) {
    const found = tagsOfKey(published(component, "spec"), resource.name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tagsOfKey(spec: RawValue | undefined, key: string): Tags | undefined {
  const tags = objectOfKey(spec, key, (o) => isObject(o.tags))?.tags;
  if (!isObject(tags)) return undefined;
  return Object.fromEntries(Object.entries(tags).flatMap(([k, v]) => (typeof v === "string" ? [[k, v] as const] : [])));
}

/** Deeper than any spec is. */
const MAX_DEPTH = 12;

/** The first object inside a spec whose `key` is a resource's logical name and that `fits`. */
export function objectOfKey(
  value: RawValue | undefined,
  key: string,
  fits: (found: RawObject) => boolean,
  depth = 0,
): RawObject | undefined {
  if (value === undefined || value === null || typeof value !== "object" || depth > MAX_DEPTH) return undefined;
  if (isObject(value) && value.key === key && fits(value)) return value;
  const parts: readonly RawValue[] = Array.isArray(value) ? value : Object.values(value);
  for (const part of parts) {
    const found = objectOfKey(part, key, fits, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What everything that is tagged in a project has in common, by project. */
interface Shared {
  readonly tags: Tags;
  /** False as soon as two resources differ in class, or one has none. */
  readonly agreed: boolean;
}

function sharedByProject(resource: Resource, estate: Estate): Standing | undefined {
  const key = projectKey(resource, estate);
  if (key === undefined) return undefined;
  const shared = tagsByProject(estate).get(key);
  return shared?.agreed ? { kind: "tags", tags: shared.tags, ground: "assumed", path: [key] } : undefined;
}

const tagsByProject = perEstate((estate): ReadonlyMap<string, Shared> => {
  const index = new Map<string, Shared>();
  for (const resource of estate.resources) {
    if (resource.tags?.known !== true) continue;
    const key = projectKey(resource, estate);
    if (key === undefined) continue;
    const tags = resource.tags.value;
    const before = index.get(key);
    const agreed = (tags["data-class"] ?? "") !== "" && (before === undefined || before.agreed);
    const same = before === undefined || before.tags["data-class"] === tags["data-class"];
    index.set(key, { tags: before?.tags ?? tags, agreed: agreed && same });
  }
  return index;
});

/** What a resource's `projectId` names: half of all rules ask. */
export const projectLink = perResource((resource, estate) => estate.linkAny(refAt(resource, "projectId")));

/** URN of the project where it is in the estate, else its id; `undefined` when nothing names one. */
function projectKey(resource: Resource, estate: Estate): string | undefined {
  const link = projectLink(resource, estate);
  if (link.kind === "found") return link.fact.urn;
  return link.kind === "outside" ? link.id : undefined;
}

/** One tag of a resource's standing: its value, `undefined` when nothing says it. */
export function tagOf(resource: Resource, estate: Estate, tag: string): Known<string | undefined> {
  const standing = standingOf(resource, estate);
  if (standing.kind === "unknown") return { known: false, from: standing.from };
  return known(standing.kind === "tags" ? standing.tags[tag] : undefined);
}

/** The same of the resource with this URN; nothing says it of one that is not in the estate. */
export function tagAt(urn: string, estate: Estate, tag: string): Known<string | undefined> {
  const resource = estate.resource(urn);
  return resource === undefined ? known(undefined) : tagOf(resource, estate, tag);
}

const OPEN_CLASSES: ReadonlySet<string> = new Set(["technical", "public"]);

/** Whether health data may be in it. What nobody classed, or classed by a word that we don't know, may hold some. */
export function mayHoldHealthData(dataClass: string | undefined): boolean {
  return dataClass === undefined || !OPEN_CLASSES.has(dataClass);
}

const TIERS_BESIDE_DATA: ReadonlySet<string> = new Set<string>(TIERS.filter((tier) => tier !== "data"));

/** Whether a network or host belongs to the data tier. What has no tier, or one that we don't know, is taken to. */
export const mayBeDataTier = (tier: string | undefined): boolean => tier === undefined || !TIERS_BESIDE_DATA.has(tier);

/** The project of a resource, by its URN where it is in the estate, else by its id; unknown where nothing names one. */
export function projectOf(resource: Resource, estate: Estate): Known<string> {
  const key = projectKey(resource, estate);
  return key === undefined ? unknown("projectId", resource.raw.propertyDependencies.projectId ?? []) : known(key);
}
