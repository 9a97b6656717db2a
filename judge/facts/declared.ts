import type {
  DeclaredSource,
  DeclaredStatement,
  PolicyDeclaration,
  SourcesDeclaration,
} from "../../kernel/declaration.ts";
import { sortedUnique } from "../../kernel/order.ts";
import { ancestors, objectOfKey, published } from "./classification.ts";
import type { Estate } from "./estate.ts";
import type { Resource } from "./observed.ts";
import type { RawObject, RawValue } from "./raw.ts";
import { refOf } from "./type-name.ts";

/**
 * Symbolic forms that components publish for values composed from ids. They count only where the real property depends on
 * exactly the resources that the form names; a form that is malformed, or names a resource that is not there, counts as none.
 */
export function declaredSources(resource: Resource, estate: Estate): SourcesDeclaration["sources"] | undefined {
  const found = find(resource, estate, "allowed-sources");
  if (found === undefined || !Array.isArray(found.sources)) return undefined;
  const sources = found.sources.flatMap((s: RawValue) => sourceOf(s) ?? []);
  return sources.length === found.sources.length ? sources : undefined;
}

export function declaredStatements(resource: Resource, estate: Estate): PolicyDeclaration["statements"] | undefined {
  const found = find(resource, estate, "bucket-policy");
  if (found === undefined || !Array.isArray(found.statements)) return undefined;
  const statements = found.statements.flatMap((s: RawValue) => statementOf(s) ?? []);
  return statements.length === found.statements.length ? statements : undefined;
}

/**
 * True when the property is derived from exactly the resources that a declaration names. What the declaration names and this
 * stack has not must come through a stack reference, and each stack reference must stand for one of those, as far as the door
 * shows them. `also` are URNs that it may be derived from besides: the resource that it belongs to.
 */
export function dependenciesAgree(
  resource: Resource,
  property: string,
  refs: readonly string[],
  estate: Estate,
  also: readonly string[] = [],
): boolean {
  const named = sortedUnique(refs).map((ref) => estate.named(ref, resource.urn)?.urn);
  const elsewhere = named.filter((urn) => urn === undefined).length;
  const told = new Set(named.flatMap((urn) => urn ?? []));
  const derived = new Set(resource.raw.propertyDependencies[property] ?? []);
  const further = [...derived].filter(
    (urn) => !told.has(urn) && !also.includes(urn) && estate.resource(urn)?.raw.custom,
  );
  const references = further.filter((urn) => estate.factOf("stack-reference", urn) !== undefined);
  const accounted = estate.seesReads ? (elsewhere === 0) === (references.length === 0) : references.length === 0;
  return [...told].every((urn) => derived.has(urn)) && further.length === references.length && accounted;
}

function find(resource: Resource, estate: Estate, kind: string): RawObject | undefined {
  const subject = refOf(resource.urn);
  for (const component of ancestors(resource, estate)) {
    const list = published(component, "declared");
    if (!Array.isArray(list)) continue;
    const match = list.find((d: RawValue) => isObject(d) && d.kind === kind && d.subject === subject);
    if (isObject(match)) return match;
  }
  return undefined;
}

/** Logical name of the application or group that a component's spec binds its policy `resource` to. */
export function declaredPrincipal(resource: Resource, estate: Estate): string | undefined {
  for (const component of ancestors(resource, estate)) {
    const spec = objectOfKey(published(component, "spec"), resource.name, (o) => isObject(o.principal));
    const principal = spec?.principal;
    if (isObject(principal) && typeof principal.key === "string") return principal.key;
  }
  return undefined;
}

const isObject = (v: RawValue | undefined): v is RawObject =>
  v !== undefined && v !== null && typeof v === "object" && !Array.isArray(v);

const isRef = (v: RawValue | undefined): v is `${string}::${string}` => typeof v === "string" && v.includes("::");

function sourceOf(v: RawValue): DeclaredSource | undefined {
  if (!isObject(v) || typeof v.description !== "string") return undefined;
  const { description } = v;
  if (v.kind === "cidr" && typeof v.cidr === "string") return { kind: "cidr", cidr: v.cidr, description };
  return v.kind === "gateway-ip" && isRef(v.of) ? { kind: "gateway-ip", of: v.of, description } : undefined;
}

function texts(v: RawValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(v)) return undefined;
  const found = v.flatMap((item: RawValue) => (typeof item === "string" ? [item] : []));
  return found.length === v.length ? found : undefined;
}

function statementOf(v: RawValue): DeclaredStatement | undefined {
  if (!isObject(v) || v.effect !== "Allow" || typeof v.sid !== "string" || !Array.isArray(v.principals))
    return undefined;
  const principals = v.principals.filter(isRef);
  const actions = texts(v.actions);
  const objects = texts(v.objects);
  if (principals.length !== v.principals.length || actions === undefined || objects === undefined) return undefined;
  return { sid: v.sid, effect: "Allow", principals, actions, objects };
}
