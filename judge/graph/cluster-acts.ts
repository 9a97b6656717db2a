import { orderedIndex, push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import type { RoleBindingFact, RoleSubject } from "../facts/fact-kubernetes.ts";
import { type Placed, placed } from "../facts/kubernetes-scope.ts";
import { perEstate } from "../facts/per-estate.ts";
import { projectOf } from "../facts/project.ts";
import { tailOf } from "../facts/reference.ts";
import { type Account, type Actor, accountsIn } from "./cluster-accounts.ts";
import { accountNode, byPlace, clusterNode, placesIn, secretNode, subjectNode } from "./cluster-places.ts";
import { MASTERS } from "./cluster-powers.data.ts";
import { type HeldPower, powersOfName, powersOfRole } from "./cluster-powers.ts";
import { clusterSecrets, secretsOfPod } from "./cluster-secrets.ts";
import { holdingsOf } from "./grants.ts";
import { credentialsOf, type Grip, membersOf, OUTSIDE, SOMEBODY } from "./members.ts";
import type { Ground } from "./model.ts";

/**
 * Who can act as whom inside clusters, one step each: a pod as its account and by the Secrets it mounts; an account, user or group by the roles bound
 * to it; a namespace or a cluster as everything in it; a Secret as the one whose credential it is; an IAM principal as what Kapsule makes of its
 * sets and of its id.
 *
 * Not modelled, so never a protection: admission policies beside Pod Security, authorisers beside RBAC, the address from which the control plane
 * may be called. Not modelled, so never a way: what a pod writes into another one's volume, operators that run what a custom resource asks for.
 */
export const clusterActs = perEstate((estate): ReadonlyMap<string, readonly Grip[]> => {
  const acts = new Map<string, Grip[]>();
  const add = (grip: Grip): void => push(acts, grip.from, grip);
  const places = placesIn(estate);
  if (places.clusters.length === 0) return acts;
  const { all: accounts, actors } = accountsIn(estate);
  const secrets = clusterSecrets(estate);
  const parts: Parts = {
    estate,
    accounts: byPlace(accounts),
    actors: actorsByPlace(actors),
    secrets: byPlace(secrets),
  };
  for (const actor of actors) for (const grip of ofPod(actor, estate)) add(grip);
  for (const secret of secrets) {
    for (const { as, by, property, ground } of secret.holds) add({ from: secret.node, to: as, by, property, ground });
  }
  for (const cluster of places.clusters) {
    const whole = clusterNode(cluster);
    for (const namespace of places.namespacesIn(cluster)) {
      add({ from: whole, to: namespace, by: namespace, property: "metadata.namespace", ground: "stated" });
      for (const grip of inside(namespace, parts)) add(grip);
    }
    const masters = subjectNode("group", cluster, MASTERS);
    add({ from: masters, to: whole, by: whole, property: "kubeconfig", ground: "stated" });
  }
  for (const binding of placed("role-binding", estate)) for (const grip of ofBinding(binding, parts)) add(grip);
  for (const { node, cluster, namespace } of accounts) {
    for (const name of ["system:serviceaccounts", `system:serviceaccounts:${nameOf(namespace, estate)}`, EVERYBODY]) {
      const group = subjectNode("group", cluster, name);
      if (acts.has(group)) add({ from: node, to: group, by: node, property: "metadata.namespace", ground: "stated" });
    }
  }
  for (const grip of [...membersOf(estate).values()].flat()) add(grip);
  for (const grip of fromIam(estate, places.clusters)) add(grip);
  return acts;
});

const EVERYBODY = "system:authenticated";

interface Parts {
  readonly estate: Estate;
  readonly accounts: ReadonlyMap<string, readonly Account[]>;
  readonly actors: ReadonlyMap<string, readonly Actor[]>;
  readonly secrets: ReadonlyMap<string, readonly { readonly node: string; readonly name: string }[]>;
}

function actorsByPlace(actors: readonly Actor[]): ReadonlyMap<string, readonly Actor[]> {
  const found = new Map<string, Actor[]>();
  for (const actor of actors) for (const namespace of actor.namespaces) push(found, namespace, actor);
  return found;
}

function nameOf(namespace: string, estate: Estate): string {
  const fact = estate.factOf("namespace", namespace);
  return fact?.name.known && fact.name.value !== undefined ? fact.name.value : (namespace.split("/").at(-1) ?? "");
}

function ofPod({ urn, cluster, namespaces, fact, accounts }: Actor, estate: Estate): readonly Grip[] {
  const keys = (estate.resource(urn)?.raw.propertyDependencies.spec ?? []).flatMap((key) => credentialsOf(key, estate));
  const ground: Ground = namespaces.length === 1 ? "stated" : "unresolved";
  return [
    ...accounts.map(
      ({ node, property, ground: own }): Grip => ({ from: urn, to: node, by: urn, property, ground: own }),
    ),
    ...secretsOfPod(fact).flatMap(({ name, property }) =>
      namespaces.map((ns): Grip => ({ from: urn, to: secretNode(cluster, ns, name), by: urn, property, ground })),
    ),
    // A key that its specification is made of.
    ...keys.map((as): Grip => ({ from: urn, to: as, by: urn, property: "spec", ground: "assumed" })),
  ];
}

/** Whoever may do everything in a namespace is everybody there and reads every Secret. */
const inside = (namespace: string, parts: Parts): readonly Grip[] =>
  [
    ...(parts.secrets.get(namespace) ?? []).map(({ node }) => node),
    ...(parts.accounts.get(namespace) ?? []).map(({ node }) => node),
    ...(parts.actors.get(namespace) ?? []).map(({ urn }) => urn),
  ].map((to): Grip => ({ from: namespace, to, by: namespace, property: "metadata.name", ground: "stated" }));

function ofBinding(binding: Placed<RoleBindingFact>, parts: Parts): readonly Grip[] {
  const { fact, object } = binding;
  const { estate } = parts;
  const places = placesIn(estate);
  const here = places.at(object);
  const scope = fact.clusterWide ? places.namespacesIn(object.cluster) : here.namespaces;
  const sure: Ground = fact.clusterWide || here.sure ? "stated" : "unresolved";
  const powers = powersBound(binding, parts.estate);
  const reads = powers.some(({ power }) => power === "secrets");
  const subjects = fact.subjects.value.known
    ? fact.subjects.value.value.flatMap((subject) => subjectsAt(subject, binding, parts))
    : [{ node: SOMEBODY, property: fact.subjects.property, ground: "unresolved" as const }];
  return subjects.flatMap(({ node, property, ground }) =>
    powers.flatMap((held) => {
      const over = reaches(held, reads, scope, fact.clusterWide, object.cluster, parts);
      const known = [ground, held.ground, sure].includes("unresolved") ? "unresolved" : "stated";
      return over.map((to): Grip => ({ from: node, to, by: fact.urn, property, ground: known }));
    }),
  );
}

/** Nodes that a power leads to in some namespaces. */
function reaches(
  { power, names }: HeldPower,
  reads: boolean,
  scope: readonly string[],
  clusterWide: boolean,
  cluster: string,
  { accounts, actors, secrets, estate }: Parts,
): readonly string[] {
  const named = <T extends { readonly name: string }>(list: readonly T[]): readonly T[] =>
    names === "any" ? list : list.filter(({ name }) => names.includes(name));
  switch (power) {
    case "secrets":
      return scope.flatMap((ns) => named(secrets.get(ns) ?? []).map(({ node }) => node));
    case "accounts":
      return scope.flatMap((ns) => named(accounts.get(ns) ?? []).map(({ node }) => node));
    case "mint":
      return reads ? scope.flatMap((ns) => (accounts.get(ns) ?? []).map(({ node }) => node)) : [];
    case "enter":
      return scope.flatMap((ns) => (actors.get(ns) ?? []).map(({ urn }) => urn));
    case "run": {
      const off = scope.some((ns) => !placesIn(estate).keepsPodsOffNodes(ns));
      // Nothing keeps a pod there from being its node, and a node from every pod that it runs.
      return off ? [...scope, clusterNode(cluster)] : scope;
    }
    case "everything":
      return clusterWide ? [clusterNode(cluster)] : [];
    case "users":
    case "groups": {
      if (!clusterWide) return [];
      const kind = power === "users" ? "user" : "group";
      return names === "any" ? [clusterNode(cluster)] : names.map((name) => subjectNode(kind, cluster, name));
    }
  }
}

function powersBound({ fact, object }: Placed<RoleBindingFact>, estate: Estate): readonly HeldPower[] {
  const { kind, name } = fact.role;
  if (!kind.known || !name.value.known) return powersOfName(undefined);
  const wanted = name.value.value;
  const wide = kind.value === "ClusterRole";
  const spaces = wide ? [clusterNode(object.cluster)] : placesIn(estate).at(object).namespaces;
  const roles = rolesAt(estate).under(spaces.flatMap((at) => [`${at} ${wanted}`, `${at} ?`]));
  return roles.length === 0 ? powersOfName(wide ? wanted : undefined) : roles.flatMap(powersOfRole);
}

/** Roles by where they hold and their name; of one whose name is not known, `?`. */
const rolesAt = perEstate((estate) => {
  const places = placesIn(estate);
  const roles = placed("role", estate).map(({ fact, object }) => {
    const spaces = fact.clusterWide ? [clusterNode(object.cluster)] : places.at(object).namespaces;
    return { fact, keys: spaces.map((at) => `${at} ${fact.name.known ? fact.name.value : "?"}`) };
  });
  const index = orderedIndex(roles, ({ keys }) => keys);
  return { under: (keys: readonly string[]) => index.under(keys).map(({ fact }) => fact) };
});

function subjectsAt(
  { at, kind, name, namespace }: RoleSubject,
  { object }: Placed<RoleBindingFact>,
  { accounts, estate }: Parts,
): readonly { readonly node: string; readonly property: string; readonly ground: Ground }[] {
  const { cluster } = object;
  if (!kind.known || !name.known || name.value === undefined)
    return [{ node: SOMEBODY, property: at, ground: "unresolved" }];
  const places = placesIn(estate);
  if (kind.value === "ServiceAccount") {
    const wanted = name.value;
    if (namespace.known) {
      const spaces =
        namespace.value === undefined ? places.at(object).namespaces : [places.named(cluster, namespace.value)];
      return spaces.map((ns) => ({ node: accountNode(cluster, ns, wanted), property: at, ground: "stated" as const }));
    }
    const any = [...accounts.values()].flat().filter((a) => a.cluster === cluster && a.name === wanted);
    return any.map(({ node }) => ({ node, property: at, ground: "unresolved" as const }));
  }
  const node = subjectNode(kind.value === "Group" ? "group" : "user", cluster, name.value);
  const bearer = /^scaleway:(?:bearer|groups?):(.+)$/.exec(name.value)?.[1];
  const iam = bearer === undefined ? undefined : principalOfId(bearer, estate);
  return [node, ...(iam === undefined ? [] : [iam])].map((one) => ({
    node: one,
    property: at,
    ground: "stated" as const,
  }));
}

function principalOfId(id: string, estate: Estate): string {
  const all = [...estate.facts("principal"), ...estate.facts("group")];
  const found = all.find(({ urn }) => {
    const own = estate.resource(urn)?.raw.id;
    return typeof own === "string" && tailOf(own) === id;
  });
  return found?.urn ?? `${OUTSIDE}${id}`;
}

/** Sets of IAM that Kapsule makes groups of, for clusters of the projects where they hold. */
function fromIam(estate: Estate, clusters: readonly string[]): readonly Grip[] {
  const holdings = holdingsOf(estate).filter(({ power }) => power === "clusters.change");
  return holdings.flatMap(({ principal, projects, policy, rule, ground }) =>
    clusters.flatMap((cluster): readonly Grip[] => {
      const homes = projectsOfCluster(cluster, estate);
      const here = projects === "all" || homes.length === 0 || homes.some((home) => projects.has(home));
      return here ? [{ from: principal, to: clusterNode(cluster), by: policy, property: rule, ground }] : [];
    }),
  );
}

/** Projects of the cluster that a provider reaches: of any in the estate, where its kubeconfig comes from another stack. */
function projectsOfCluster(provider: string, estate: Estate): readonly string[] {
  const behind = Object.values(estate.resource(provider)?.raw.propertyDependencies ?? {}).flat();
  const all = estate.facts("cluster").map(({ urn }) => urn);
  const own = behind.filter((urn) => all.includes(urn));
  return (own.length > 0 ? own : all).flatMap((urn) => {
    const resource = estate.resource(urn);
    const project = resource === undefined ? undefined : projectOf(resource, estate);
    return project?.known ? [project.value, `${OUTSIDE}${project.value}`] : [];
  });
}
