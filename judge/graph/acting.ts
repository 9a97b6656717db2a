import type { Estate } from "../facts/estate.ts";
import { perEstate } from "../facts/per-estate.ts";
import { clusterActs } from "./cluster-acts.ts";
import { type Grip, OUTSIDE, SOMEBODY } from "./members.ts";
import { type Ground, weaker } from "./model.ts";
import type { DataRight } from "./right.ts";

/** A principal of IAM that somebody can act as by what happens inside clusters. */
export interface Identity {
  /** URN, `outside:` and a name or id, or `outside:?` for a credential of nobody knows whom. */
  readonly as: string;
  readonly path: readonly Grip[];
  readonly ground: Ground;
}

/**
 * Whom a workload, an account or a principal of IAM can act as through clusters: the first principals on each way, since what those can
 * become further is theirs. The best known way, then the shortest.
 */
export function identitiesOf(start: string, estate: Estate): readonly Identity[] {
  const acts = clusterActs(estate);
  if (!acts.has(start)) return [];
  const found = new Map<string, Identity>();
  // What is known first: a way that only may be there tells of whom no known one leads to.
  for (const sure of [true, false]) {
    for (const identity of follow(start, acts, sure, estate)) {
      if (!found.has(identity.as)) found.set(identity.as, identity);
    }
  }
  return [...found.values()];
}

/** Users, applications and groups of IAM that have a way into a cluster, whether the file holds them or not. */
export function principalsIn(estate: Estate): readonly string[] {
  const groups = new Set(estate.facts("group").map(({ urn }) => urn));
  const one = (node: string): boolean =>
    iamPrincipals(estate).has(node) || groups.has(node) || node.startsWith(OUTSIDE);
  return [...clusterActs(estate).keys()].filter(one);
}

function follow(
  start: string,
  acts: ReadonlyMap<string, readonly Grip[]>,
  sure: boolean,
  estate: Estate,
): readonly Identity[] {
  const principals = iamPrincipals(estate);
  const ends = (node: string): boolean => principals.has(node) || node.startsWith(OUTSIDE);
  const cameBy = new Map<string, Grip | undefined>([[start, undefined]]);
  const reached: string[] = [];
  const queue = [start];
  for (let i = 0; i < queue.length; i += 1) {
    const at = queue[i] ?? start;
    for (const grip of acts.get(at) ?? []) {
      if ((sure && grip.ground === "unresolved") || cameBy.has(grip.to)) continue;
      cameBy.set(grip.to, grip);
      if (ends(grip.to)) reached.push(grip.to);
      else queue.push(grip.to);
    }
  }
  return reached.map((as): Identity => {
    const path: Grip[] = [];
    for (let grip = cameBy.get(as); grip !== undefined; grip = cameBy.get(grip.from)) path.unshift(grip);
    return { as, path, ground: path.reduce<Ground>((ground, grip) => weaker(ground, grip.ground), "stated") };
  });
}

const iamPrincipals = perEstate((estate) => new Set(estate.facts("principal").map(({ urn }) => urn)));

/**
 * What a workload can do with data: whatever those can whom it can act as. `rights` are those of `rightsOf`, by principal. A credential of
 * nobody knows whom may be anybody's.
 */
export function rightsOfWorkload(
  workload: string,
  rights: ReadonlyMap<string, readonly DataRight[]>,
  estate: Estate,
): readonly DataRight[] {
  const best = new Map<string, DataRight>();
  for (const { as, path, ground } of identitiesOf(workload, estate)) {
    const rows = as === SOMEBODY ? [...rights.values()].flat() : (rights.get(as) ?? []);
    for (const row of rows) {
      const key = `${row.right}\n${row.on}`;
      const own = as === SOMEBODY ? "unresolved" : weaker(ground, row.ground);
      const before = best.get(key);
      if (before !== undefined && weaker(before.ground, own) === own) continue;
      best.set(key, { ...row, principal: workload, how: "cluster", path: [...path, ...row.path], ground: own });
    }
  }
  return [...best.values()];
}
