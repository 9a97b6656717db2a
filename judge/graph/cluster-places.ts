import type { Known } from "../../kernel/known.ts";
import { push } from "../../kernel/multimap.ts";
import type { ManifestFact } from "../facts/fact-kubernetes.ts";
import { namespaceKey, placed } from "../facts/kubernetes-scope.ts";
import { perEstate } from "../facts/per-estate.ts";

/** Nodes inside clusters. What stands in the estate is its URN; the rest has a name that says where it would be. */

/** Everything in a namespace: its URN, or a name for one that is declared elsewhere. */
const namespaceNode = (cluster: string, key: string): string =>
  key.startsWith("urn:") ? key : `namespace:${shortName(cluster)}/${key}`;

/** Everything in a cluster: the provider instance that reaches it. */
export const clusterNode = (cluster: string): string => (cluster === "" ? "cluster:?" : cluster);

export const secretNode = (cluster: string, namespace: string, name: string): string =>
  `secret:${shortName(cluster)}/${shortName(namespace)}/${name}`;
export const accountNode = (cluster: string, namespace: string, name: string): string =>
  `account:${shortName(cluster)}/${shortName(namespace)}/${name}`;
export const subjectNode = (kind: "user" | "group", cluster: string, name: string): string =>
  `${kind}:${shortName(cluster)}/${name}`;

const shortName = (urn: string): string => urn.split("::").at(-1) ?? urn;

export interface Places {
  readonly clusters: readonly string[];
  /** Nodes of every namespace in which something of a cluster stands. */
  readonly namespacesIn: (cluster: string) => readonly string[];
  /** Where an object stands; every namespace of its cluster where that can't be told. */
  readonly at: (object: ManifestFact) => { readonly namespaces: readonly string[]; readonly sure: boolean };
  /** The namespace of a name. */
  readonly named: (cluster: string, name: string) => string;
  /** Whether Pod Security keeps pods there off their node. */
  readonly keepsPodsOffNodes: (namespace: string) => boolean;
}

const ENFORCE = "pod-security.kubernetes.io/enforce";
const KEEPING: ReadonlySet<string> = new Set(["baseline", "restricted"]);

export const placesIn = perEstate((estate): Places => {
  const byName = new Map<string, string>();
  const keeping = new Set<string>();
  const found = new Map<string, Set<string>>();
  const add = (cluster: string, node: string): void => {
    found.set(cluster, (found.get(cluster) ?? new Set()).add(node));
  };
  for (const { fact, object } of placed("namespace", estate)) {
    if (object.patch) continue;
    add(object.cluster, fact.urn);
    if (fact.name.known && fact.name.value !== undefined) byName.set(`${object.cluster} ${fact.name.value}`, fact.urn);
    const labels = fact.labels.value;
    // A level that is not known yet is judged by its own rule (K8S-01): here it opens.
    if (labels.known && KEEPING.has(labels.value[ENFORCE] ?? "")) keeping.add(fact.urn);
  }
  const keys = new Map<string, Known<string>>();
  for (const object of estate.facts("manifest")) {
    if (!object.namespaced) continue;
    const key = namespaceKey(object, estate);
    keys.set(object.urn, key);
    if (key.known) add(object.cluster, namespaceNode(object.cluster, key.value));
  }
  const namespacesIn = (cluster: string): readonly string[] => [...(found.get(cluster) ?? [])];
  const clusters = new Set(estate.facts("manifest").map(({ cluster }) => cluster));
  return {
    clusters: [...clusters],
    namespacesIn,
    at: ({ urn, cluster }) => {
      const key = keys.get(urn);
      if (key?.known) return { namespaces: [namespaceNode(cluster, key.value)], sure: true };
      return { namespaces: namespacesIn(cluster), sure: false };
    },
    named: (cluster, name) => byName.get(`${cluster} ${name}`) ?? namespaceNode(cluster, name),
    keepsPodsOffNodes: (namespace) => keeping.has(namespace),
  };
});

/** Things by the namespace that they stand in. */
export const byPlace = <T extends { readonly namespace: string }>(
  list: readonly T[],
): ReadonlyMap<string, readonly T[]> => {
  const found = new Map<string, T[]>();
  for (const item of list) push(found, item.namespace, item);
  return found;
};
