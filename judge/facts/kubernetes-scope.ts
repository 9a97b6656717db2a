import { type Known, known } from "../../kernel/known.ts";
import type { Estate } from "./estate.ts";
import type { FactKind, FactOf } from "./fact.ts";
import type { ManifestFact, NamespaceFact } from "./fact-kubernetes.ts";

/**
 * Where objects stand. A cluster is known by the provider instance that reaches it, so two objects are in one namespace when
 * provider and name agree; a name is enough for nobody who has two clusters.
 */
export function namespaceOf(fact: ManifestFact, estate: Estate): Known<string> {
  const written = fact.namespace.value;
  if (!written.known) return written;
  if (written.value !== undefined && written.value !== "") return known(written.value);
  const access = estate.factOf("cluster-access", fact.cluster);
  if (access === undefined) return known("default");
  return access.namespace.known ? known(access.namespace.value ?? "default") : access.namespace;
}

/** A fact together with the manifest of its object. */
export interface Placed<F> {
  readonly fact: F;
  readonly object: ManifestFact;
}

/** Facts of one kind that objects in clusters give, each with its object. */
export function placed<K extends FactKind>(kind: K, estate: Estate): readonly Placed<FactOf<K>>[] {
  return estate.facts(kind).flatMap((fact) => {
    const object = estate.factOf("manifest", fact.urn);
    return object === undefined ? [] : [{ fact, object }];
  });
}

/** What the estate says of the namespace that an object stands in. */
export type NamespaceLink =
  | { readonly kind: "found"; readonly fact: NamespaceFact }
  /** Its name is not known, or names of namespaces here are not. */
  | { readonly kind: "unknown"; readonly property: string; readonly suppliers: readonly string[] }
  /** Declared elsewhere, or nowhere. */
  | { readonly kind: "outside"; readonly name: string };

export function namespaceLink(object: ManifestFact, estate: Estate): NamespaceLink {
  const name = namespaceOf(object, estate);
  const candidates = placed("namespace", estate).filter((n) => !n.object.patch && n.object.cluster === object.cluster);
  if (!name.known) {
    // The one namespace that the name is derived from, where there is exactly one.
    const derived = candidates.filter((n) => name.from.suppliers.includes(n.fact.urn));
    const [only] = derived;
    if (only !== undefined && derived.length === 1) return { kind: "found", fact: only.fact };
    return { kind: "unknown", ...name.from };
  }
  const own = candidates.find((n) => n.fact.name.known && n.fact.name.value === name.value);
  if (own !== undefined) return { kind: "found", fact: own.fact };
  const unclear = candidates.flatMap((n) => (n.fact.name.known ? [] : [n.fact.name.from]))[0];
  return unclear === undefined ? { kind: "outside", name: name.value } : { kind: "unknown", ...unclear };
}
