import type { Estate } from "../facts/estate.ts";
import type { PodFact } from "../facts/fact-kubernetes.ts";
import { type Placed, placed } from "../facts/kubernetes-scope.ts";
import { accountNode, placesIn } from "./cluster-places.ts";
import type { Ground } from "./model.ts";

/** A service account: of the estate, or one that a pod or a binding names. */
export interface Account {
  readonly node: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
}

/** A pod as somebody who acts. */
export interface Actor {
  readonly urn: string;
  readonly cluster: string;
  readonly namespaces: readonly string[];
  readonly fact: PodFact;
  /** The accounts of which it holds a token. */
  readonly accounts: readonly (Account & { readonly property: string; readonly ground: Ground })[];
}

export interface Accounts {
  readonly all: readonly Account[];
  readonly actors: readonly Actor[];
}

/** Every account and every pod of an estate. An account is one by its name: the node is the same whether it is declared or not. */
export function accountsIn(estate: Estate): Accounts {
  const places = placesIn(estate);
  const found = new Map<string, Account>();
  const account = (cluster: string, namespace: string, name: string): Account => {
    const node = accountNode(cluster, namespace, name);
    const made = found.get(node) ?? { node, cluster, namespace, name };
    found.set(node, made);
    return made;
  };
  // `false` is said by the account, or by nobody.
  const closed = new Set<string>();
  for (const { fact, object } of placed("service-account", estate)) {
    if (!fact.name.known || fact.name.value === undefined) continue;
    const { namespaces, sure } = places.at(object);
    for (const namespace of namespaces) {
      const { node } = account(object.cluster, namespace, fact.name.value);
      const { value } = fact.mountsToken;
      if (sure && value.known && value.value === false) closed.add(node);
    }
  }
  const actors = placed("pod", estate).map(({ fact, object }): Actor => {
    const { namespaces, sure } = places.at(object);
    const { value: name, property } = fact.serviceAccount;
    const held = namespaces.flatMap((namespace) => {
      const names = name.known ? [name.value ?? "default"] : namesIn(namespace, found);
      return names.flatMap((one) => {
        const own = account(object.cluster, namespace, one);
        const holds = holdsToken(fact, closed.has(own.node));
        const ground: Ground = sure && name.known && holds === "yes" ? "stated" : "unresolved";
        return holds === "no" ? [] : [{ ...own, property, ground }];
      });
    });
    return { urn: fact.urn, cluster: object.cluster, namespaces, fact, accounts: held };
  });
  return { all: [...found.values()], actors };
}

const namesIn = (namespace: string, found: ReadonlyMap<string, Account>): readonly string[] =>
  [...found.values()].filter((a) => a.namespace === namespace).map((a) => a.name);

/** Whether a token reaches a pod: mounted unasked, or by a volume made of it. */
function holdsToken(
  { mountsToken, projectsToken }: Placed<PodFact>["fact"],
  closed: boolean,
): "yes" | "no" | "perhaps" {
  const { value: mounts } = mountsToken;
  const { value: projects } = projectsToken;
  if (projects.known && projects.value) return "yes";
  if (mounts.known && (mounts.value ?? !closed)) return "yes";
  return mounts.known && projects.known ? "no" : "perhaps";
}
