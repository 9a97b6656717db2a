import { type Known, known, unknown } from "../../kernel/known.ts";
import { DEFAULTS, type Default } from "./defaults.data.ts";
import type { Item, KeysOf, ListKeys, Member, ObjectKeys } from "./plain.ts";
import { type RawObject, type RawResource, type RawValue, UNKNOWN } from "./raw.ts";
import { type Sight, topLevelValue, writtenValue } from "./raw-property.ts";
import type { Ref } from "./reference.ts";

/**
 * Typed reading of one raw resource, or of an object inside it. `A` is the SDK's argument interface, so that only properties
 * which exist can be asked for; an absent property is its default of `defaults.data.ts`, or `undefined` where there is none.
 * Secret values read as unknown: no judgement rests on their content.
 */
export interface Reader<A extends object> {
  /** Dotted path of a property, with indexes, as findings name it. */
  path(property: keyof A & string): string;
  /** Names of the properties that are written in this object. */
  names(): readonly string[];
  /** Whether an optional block is there: written, or answered with content. A block merely planned as unknown is not. */
  present(property: keyof A & string): Known<boolean>;
  text(property: KeysOf<A, string>): Known<string | undefined>;
  flag(property: KeysOf<A, boolean>): Known<boolean | undefined>;
  count(property: KeysOf<A, number>): Known<number | undefined>;
  /** Elements of a list of texts; absent is empty. */
  texts(property: KeysOf<A, readonly unknown[]>): Known<readonly string[]>;
  /** A map of texts; absent is empty. */
  map(property: ObjectKeys<A>): Known<Readonly<Record<string, string>>>;
  object<K extends ObjectKeys<A>>(property: K): Known<Reader<Member<A, K>> | undefined>;
  list<K extends ListKeys<A>>(property: K): Known<readonly Reader<Item<A, K>>[]>;
  ref(property: KeysOf<A, string>): Ref;
  refs(property: KeysOf<A, readonly unknown[]>): Known<readonly Ref[]>;
}

/** Where a reader stands: the resource, and how to fetch a property of the object it reads. */
interface Place {
  readonly raw: RawResource;
  readonly type: string;
  readonly get: (property: string) => RawValue | undefined;
  readonly names: () => readonly string[];
  /** The same for a property that names another resource. */
  readonly named: (property: string) => RawValue | undefined;
  /** Path with indexes, `""` at the top. */
  readonly path: string;
  /** Path without indexes, as the table of defaults spells it. */
  readonly schema: string;
  /** Top-level property that this place is inside of; `undefined` at the top. */
  readonly top: string | undefined;
}

const join = (path: string, property: string): string => (path === "" ? property : `${path}.${property}`);
const isObject = (v: RawValue): v is RawObject => v !== null && typeof v === "object" && !Array.isArray(v);
const isList = (v: RawValue): v is readonly RawValue[] => Array.isArray(v);

/** Reader of a resource of canonical type `type`. */
export function readerOf<A extends object>(raw: RawResource, type: string, sight: Sight): Reader<A> {
  return at<A>({
    raw,
    type,
    get: (property) => topLevelValue(raw, property, sight),
    names: () => namesIn(raw.inputs),
    named: (property) => writtenValue(raw, property),
    path: "",
    schema: "",
    top: undefined,
  });
}

const at = <A extends object>(place: Place): Reader<A> => new PlaceReader<A>(place);

/** A class, because there are several readers for each resource: methods are shared, closures would be made for each. */
class PlaceReader<A extends object> implements Reader<A> {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  #missing<T>(property: string): Known<T> {
    const { path, raw, top } = this.#place;
    return unknown(join(path, property), raw.propertyDependencies[top ?? property] ?? []);
  }

  #fallback(property: string): Default | undefined {
    const { type, schema } = this.#place;
    return Object.hasOwn(DEFAULTS, type) ? DEFAULTS[type]?.[join(schema, property)] : undefined;
  }

  #leaf<T extends string | number | boolean>(
    property: string,
    parse: (v: RawValue) => T | undefined,
  ): Known<T | undefined> {
    const value = this.#place.get(property) ?? this.#fallback(property)?.value;
    if (value === undefined || value === null) return known(undefined);
    const parsed = parse(value);
    return parsed === undefined ? this.#missing(property) : known(parsed);
  }

  #inside<B extends object>(property: string, value: RawObject, index?: number): Reader<B> {
    const { raw, type, path, schema, top } = this.#place;
    return at<B>({
      raw,
      type,
      get: (name) => value[name],
      names: () => namesIn(value),
      named: (name) => value[name],
      path: index === undefined ? join(path, property) : `${join(path, property)}[${index}]`,
      schema: join(schema, property),
      top: top ?? property,
    });
  }

  #elements(property: string): Known<readonly RawValue[]> {
    const value = this.#place.get(property);
    if (value === undefined || value === null) return known([]);
    return isList(value) ? known(value) : this.#missing(property);
  }

  #refTo(property: string, value: RawValue | undefined): Ref {
    if (value === undefined || value === null || value === "") return { kind: "absent", property };
    const { raw, top } = this.#place;
    const suppliers = raw.propertyDependencies[top ?? topOf(property)] ?? [];
    return typeof value === "string"
      ? { kind: "id", property, id: value, suppliers }
      : { kind: "unknown", property, suppliers };
  }

  path(property: string): string {
    return join(this.#place.path, property);
  }

  names(): readonly string[] {
    return this.#place.names();
  }

  present(property: string): Known<boolean> {
    const { raw, top } = this.#place;
    if (top !== undefined) return known(hasContent(this.#place.get(property)));
    const written = raw.inputs[property];
    if (written === UNKNOWN && !hasContent(raw.outputs[property])) return this.#missing(property);
    return known(isWritten(written) || hasContent(raw.outputs[property]));
  }

  text(property: string): Known<string | undefined> {
    return this.#leaf(property, toText);
  }

  flag(property: string): Known<boolean | undefined> {
    return this.#leaf(property, toFlag);
  }

  count(property: string): Known<number | undefined> {
    return this.#leaf(property, toCount);
  }

  texts(property: string): Known<readonly string[]> {
    const found = this.#elements(property);
    if (!found.known) return found;
    const texts = found.value.map(toText);
    return texts.every((t) => t !== undefined) ? known(texts) : this.#missing(property);
  }

  map(property: string): Known<Readonly<Record<string, string>>> {
    const value = this.#place.get(property);
    if (value === undefined || value === null) return known({});
    if (!isObject(value)) return this.#missing(property);
    const entries = Object.entries(value).map(([k, v]) => [k, toText(v)] as const);
    const texts = entries.flatMap(([k, v]) => (v === undefined ? [] : [[k, v] as const]));
    return texts.length === entries.length ? known(Object.fromEntries(texts)) : this.#missing(property);
  }

  object<K extends ObjectKeys<A>>(property: K): Known<Reader<Member<A, K>> | undefined> {
    const value = this.#place.get(property);
    if (value === undefined || value === null) return known(undefined);
    return isObject(value) ? known(this.#inside(property, value)) : this.#missing(property);
  }

  list<K extends ListKeys<A>>(property: K): Known<readonly Reader<Item<A, K>>[]> {
    const found = this.#elements(property);
    if (!found.known) return found;
    const objects = found.value.filter(isObject);
    return objects.length === found.value.length
      ? known(objects.map((o, index) => this.#inside(property, o, index)))
      : this.#missing(property);
  }

  ref(property: string): Ref {
    return this.#refTo(join(this.#place.path, property), this.#place.named(property));
  }

  refs(property: string): Known<readonly Ref[]> {
    const found = this.#elements(property);
    return found.known
      ? known(found.value.map((v, index) => this.#refTo(`${join(this.#place.path, property)}[${index}]`, v)))
      : this.#missing(property);
  }
}

const namesIn = (value: RawObject): readonly string[] =>
  Object.entries(value).flatMap(([name, v]) => (v === null ? [] : [name]));

const topOf = (path: string): string => path.split(/[.[]/)[0] ?? path;

/** An object or list with something in it, or any plain value; the bridge answers an absent block as empty or null. */
const hasContent = (v: RawValue | undefined): boolean => {
  if (v === undefined || v === null || v === UNKNOWN) return false;
  if (isList(v)) return v.length > 0;
  return isObject(v) ? Object.values(v).some(hasContent) : true;
};

/** An empty block is one, an empty list of blocks is none. */
const isWritten = (v: RawValue | undefined): boolean => v !== undefined && v !== null && !(isList(v) && v.length === 0);

const toText = (v: RawValue): string | undefined =>
  typeof v === "string" ? v : typeof v === "number" || typeof v === "boolean" ? String(v) : undefined;

/** The bridge takes the texts `true` and `false` for booleans, so both are read. */
const toFlag = (v: RawValue): boolean | undefined =>
  typeof v === "boolean" ? v : v === "true" ? true : v === "false" ? false : undefined;

const toCount = (v: RawValue): number | undefined => {
  if (typeof v === "number") return v;
  return typeof v === "string" && v.trim() !== "" && Number.isFinite(Number(v)) ? Number(v) : undefined;
};

/** An output that is no input, e.g. an assigned address. Not there yet, or not shown by the door: unknown. */
export function supplied(raw: RawResource, property: string): Known<string | undefined> {
  const value = raw.outputs[property];
  if (value === null) return known(undefined);
  const text = value === undefined ? undefined : toText(value);
  return text === undefined ? unknown(property, [raw.urn]) : known(text);
}
