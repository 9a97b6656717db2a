import { type Known, known, type Origin } from "../../kernel/known.ts";
import { push } from "../../kernel/multimap.ts";
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

/** Namespaces of one cluster. */
interface Namespaces {
  readonly byName: ReadonlyMap<string, NamespaceFact>;
  readonly byUrn: ReadonlyMap<string, NamespaceFact>;
  /** Where the name of one comes from that is not known. */
  readonly unclear: Origin | undefined;
}

const indexes = new WeakMap<Estate, ReadonlyMap<string, Namespaces>>();

function indexed(estate: Estate): ReadonlyMap<string, Namespaces> {
  const found = indexes.get(estate);
  if (found !== undefined) return found;
  const clusters = new Map<string, Placed<NamespaceFact>[]>();
  for (const entry of placed("namespace", estate)) {
    if (entry.object.patch) continue;
    push(clusters, entry.object.cluster, entry);
  }
  const made = new Map(
    [...clusters].map(([cluster, all]) => {
      const named = all.flatMap(({ fact }) =>
        fact.name.known && fact.name.value !== undefined ? [[fact.name.value, fact] as const] : [],
      );
      const unclear = all.flatMap(({ fact }) => (fact.name.known ? [] : [fact.name.from]))[0];
      return [
        cluster,
        { byName: new Map(named), byUrn: new Map(all.map(({ fact }) => [fact.urn, fact] as const)), unclear },
      ] as const;
    }),
  );
  // A growing estate has more to come: what it holds today is not kept.
  if (!estate.partial) indexes.set(estate, made);
  return made;
}

export function namespaceLink(object: ManifestFact, estate: Estate): NamespaceLink {
  const name = namespaceOf(object, estate);
  const namespaces = indexed(estate).get(object.cluster);
  if (!name.known) {
    // The one namespace that the name is derived from, where there is exactly one.
    const derived = name.from.suppliers.flatMap((urn) => namespaces?.byUrn.get(urn) ?? []);
    const [only] = derived;
    if (only !== undefined && derived.length === 1) return { kind: "found", fact: only };
    return { kind: "unknown", ...name.from };
  }
  const own = namespaces?.byName.get(name.value);
  if (own !== undefined) return { kind: "found", fact: own };
  const unclear = namespaces?.unclear;
  return unclear === undefined ? { kind: "outside", name: name.value } : { kind: "unknown", ...unclear };
}

/** A text that is equal for objects of one namespace, whether its name is known or only which namespace it is of. */
export function namespaceKey(object: ManifestFact, estate: Estate): Known<string> {
  const link = namespaceLink(object, estate);
  if (link.kind === "found") return known(link.fact.urn);
  return namespaceOf(object, estate);
}
