import { push } from "../../kernel/multimap.ts";
import { byText } from "../../kernel/order.ts";
import { decodedResource } from "./decoded-resource.ts";
import type { Fact, FactKind, FactOf } from "./fact.ts";
import type { ProviderPlace } from "./location.ts";
import type { Resource } from "./observed.ts";
import { NOTHING_KNOWN, type ProgramFacts } from "./program.ts";
import { type Door, type RawEstate, type RawResource, type RawStep, UNKNOWN } from "./raw.ts";
import type { Sight } from "./raw-property.ts";
import { type Link, type Ref, tailOf } from "./reference.ts";
import { refOf } from "./type-name.ts";

/** Everything a judge may know, decoded once and indexed. Rules read this and nothing else. */
export interface Estate {
  readonly door: Door;
  /** More resources will come: what is not here may be there yet. */
  readonly partial: boolean;
  /** Whether the door shows resources that are read, not made: stack references above all. */
  readonly seesReads: boolean;
  readonly resources: readonly Resource[];
  readonly program: ProgramFacts;
  /** What the plan does; `undefined` where the door shows no plan. */
  readonly steps: readonly RawStep[] | undefined;
  /** Facts of one kind, in the order of their resources. */
  facts<K extends FactKind>(kind: K): readonly FactOf<K>[];
  resource(urn: string): Resource | undefined;
  /** The fact of this kind that a resource gives, if it gives one. */
  factOf<K extends FactKind>(kind: K, urn: string): FactOf<K> | undefined;
  /** By `<type token>::<logical name>`, within the stack of `near`. */
  named(ref: string, near: string): Resource | undefined;
  /** What a reference points to among facts of one kind. */
  link<K extends FactKind>(ref: Ref, kind: K): Link<FactOf<K>>;
  /** What a reference points to, whatever it is. */
  linkAny(ref: Ref): Link<Resource>;
}

/** An estate that grows while resources are registered: what the policy pack judges before anything is created. */
export interface GrowingEstate extends Estate {
  add(raw: RawResource): Resource;
}

/** Doors that show what a provider answered. */
const ANSWERS: ReadonlySet<Door> = new Set<Door>(["state", "local"]);

export const showsAnswers = (door: Door): boolean => ANSWERS.has(door);

/** What an estate shows beside its resources. */
export type Around = Pick<RawEstate, "program" | "steps">;

/**
 * The facts of a set of raw resources, in canonical order whatever order they came in. What another reading of the same estate has decoded is
 * taken from there, as far as it is the same.
 */
export function estateOf(
  door: Door,
  resources: readonly RawResource[],
  around?: Around,
  otherReading?: Estate,
): Estate {
  const estate = growingEstate(door, { partial: false }, around, otherReading);
  const inOrder = [...resources].sort((a, b) => byText(a.urn, b.urn));
  // Provider instances first: location and defaults of others depend on them.
  for (const raw of inOrder) if (isProvider(raw)) estate.add(raw);
  for (const raw of inOrder) if (!isProvider(raw)) estate.add(raw);
  return estate;
}

const isProvider = ({ type }: RawResource): boolean => type.startsWith("pulumi:providers:");

const known = new WeakMap<RawEstate, Estate>();

/** The same of a whole estate, decoded once however many ask: judge, reports and pictures share it. */
export function estateOfRaw(raw: RawEstate): Estate {
  const found = known.get(raw) ?? estateOf(raw.door, raw.resources, raw);
  known.set(raw, found);
  return found;
}

/** An estate to be filled; `partial` while more resources will come than it has. */
export function growingEstate(
  door: Door,
  options: { readonly partial: boolean } = { partial: true },
  around?: Around,
  otherReading?: Estate,
): GrowingEstate {
  const sight: Sight = showsAnswers(door) ? "answer" : "wish";
  const resources: Resource[] = [];
  const byUrn = new Map<string, Resource>();
  const byId: Index = new Map();
  let byRef: Index | undefined;
  const byKind = new Map<FactKind, Fact[]>();

  /** The same as in the other reading: neither it nor its provider is read otherwise here. */
  function decodedBefore(raw: RawResource): Resource | undefined {
    const before = otherReading?.resource(raw.urn);
    if (before === undefined || before.raw !== raw) return undefined;
    if (raw.provider === undefined) return before;
    return otherReading?.factOf("provider", raw.provider) === factOf("provider", raw.provider) ? before : undefined;
  }

  function add(raw: RawResource): Resource {
    const resource = decodedBefore(raw) ?? decodedResource(raw, sight, placeOf(raw.provider));
    resources.push(resource);
    byUrn.set(raw.urn, resource);
    if (byRef !== undefined) enter(byRef, refOf(raw.urn), resource);
    for (const fact of resource.facts) push(byKind, fact.kind, fact);
    spell(resource, byId);
    return resource;
  }

  function placeOf(provider: string | undefined): ProviderPlace | undefined {
    const fact = provider === undefined ? undefined : factOf("provider", provider);
    return fact === undefined ? undefined : { region: fact.region, zone: fact.zone };
  }

  function factOf<K extends FactKind>(kind: K, urn: string): FactOf<K> | undefined {
    const facts = byUrn.get(urn)?.facts ?? [];
    for (let i = 0; i < facts.length; i += 1) {
      const fact = facts[i];
      if (fact !== undefined && isOf(kind, fact)) return fact;
    }
    return undefined;
  }

  /** Few ask for names, so they are indexed when somebody does. */
  function names(): Index {
    if (byRef !== undefined) return byRef;
    byRef = new Map();
    for (const resource of resources) enter(byRef, refOf(resource.urn), resource);
    return byRef;
  }

  /** Candidates of a known id: exactly equal, but for the `@project` that a bucket's reference may carry. */
  const withId = (id: string): readonly Resource[] => {
    const found = byId.get(id);
    if (found !== undefined) return under(found);
    const cut = id.indexOf("@");
    return cut < 0 ? NOTHING : under(byId.get(id.slice(0, cut)));
  };

  /**
   * What has this id. What is set on something else (an ACL on its VPC, a policy on its bucket) goes by the other's id: among
   * several, the value's own supplier is meant.
   */
  function named(id: string, suppliers: readonly string[]): readonly Resource[] {
    const all = withId(id);
    const supplied = all.length > 1 ? all.filter((r) => suppliers.includes(r.urn)) : [];
    return supplied.length > 0 ? supplied : all;
  }

  function find<T>(ref: Ref, fits: (r: Resource) => T | undefined): Link<T> {
    const { property } = ref;
    if (ref.kind === "absent") return { kind: "absent", property };
    // Most references name one resource, and the one that is meant.
    const holder = ref.kind === "id" ? byId.get(ref.id) : undefined;
    const sole = holder === undefined || Array.isArray(holder) ? undefined : fits(holder);
    if (sole !== undefined) return { kind: "found", property, fact: sole, assumed: false };
    const exact = ref.kind === "id" ? fitting(named(ref.id, ref.suppliers), fits) : [];
    const [only] = exact;
    if (only !== undefined && exact.length === 1) return { kind: "found", property, fact: only, assumed: false };
    // Suppliers whose id this door does not show may be meant; one whose id is another can't be.
    const behind = ref.suppliers.flatMap((urn) => byUrn.get(urn) ?? []);
    const derived = fitting(ref.kind === "id" ? behind.filter((r) => r.raw.id === UNKNOWN) : behind, fits);
    const [supplier] = derived;
    if (exact.length === 0 && supplier !== undefined && derived.length === 1) {
      return { kind: "found", property, fact: supplier, assumed: true };
    }
    if (ref.kind === "id" && exact.length === 0 && derived.length === 0 && !options.partial) {
      return { kind: "outside", property, id: ref.id };
    }
    return { kind: "unknown", property, from: { property, suppliers: ref.suppliers } };
  }

  return {
    door,
    partial: options.partial,
    // The engine hands policy packs what it makes; reads, and dependencies on them, are left out (pkg v3.255.0).
    seesReads: door !== "policy-pack",
    resources,
    program: around?.program ?? NOTHING_KNOWN,
    steps: around?.steps,
    add,
    facts: (kind) => {
      const list = byKind.get(kind) ?? [];
      return areOf(kind, list) ? list : [];
    },
    resource: (urn) => byUrn.get(urn),
    factOf,
    named: (ref, near) => under(names().get(ref)).find((r) => stackOf(r.urn) === stackOf(near)),
    link: (ref, kind) => find(ref, (r) => factOf(kind, r.urn)),
    linkAny: (ref) => find(ref, (r) => (r.raw.custom ? r : undefined)),
  };
}

/** What fits among candidates. Every reference comes through here, most with one candidate or none. */
function fitting<T>(candidates: readonly Resource[], fits: (r: Resource) => T | undefined): readonly T[] {
  const found: T[] = [];
  for (const candidate of candidates) {
    const fit = fits(candidate);
    if (fit !== undefined) found.push(fit);
  }
  return found;
}

/** Lists are kept by kind: the first tells for all. */
const areOf = <K extends FactKind>(kind: K, list: readonly Fact[]): list is readonly FactOf<K>[] =>
  list.length === 0 || list[0]?.kind === kind;

const isOf = <K extends FactKind>(kind: K, fact: Fact): fact is FactOf<K> => fact.kind === kind;

const NOTHING: readonly Resource[] = [];

/** Resources by a text. Most texts mean one resource, and a list for each would be most of what a large estate takes. */
type Index = Map<string, Resource | Resource[]>;

function enter(index: Index, text: string, resource: Resource): void {
  const before = index.get(text);
  if (before === undefined) index.set(text, resource);
  else if (Array.isArray(before)) before.push(resource);
  else index.set(text, [before, resource]);
}

const under = (found: Resource | Resource[] | undefined): readonly Resource[] =>
  found === undefined ? NOTHING : Array.isArray(found) ? found : [found];

const stackOf = (urn: string): string => {
  const end = urn.indexOf("::");
  return end < 0 ? urn : urn.slice(0, end);
};

/** Enters a resource under every text by which another one may name it: its id, the id's tail, and for a bucket its name. */
function spell(resource: Resource, index: Index): void {
  const { id } = resource.raw;
  const tail = typeof id === "string" ? tailOf(id) : "";
  if (typeof id === "string" && id !== "") enter(index, id, resource);
  if (tail !== "" && tail !== id) enter(index, tail, resource);
  for (const fact of resource.facts) {
    if (fact.kind !== "bucket" || !fact.name.known || fact.name.value === undefined) continue;
    const name = fact.name.value;
    const place = resource.location?.place;
    for (const text of place?.known ? [name, `${place.value}/${name}`] : [name]) {
      if (text !== id && text !== tail) enter(index, text, resource);
    }
  }
}
