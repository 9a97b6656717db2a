import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import { identitiesOf, principalsIn } from "./acting.ts";
import { credentialsOf, type Grip, SOMEBODY } from "./members.ts";
import { type Ground, weaker } from "./model.ts";
import type { DataRight, How } from "./right.ts";

/**
 * Acting as somebody else.
 *
 * Modelled: a secret made of an application's API key is that application to whoever reads it; the engine's state holds every credential of
 * the estate, and whoever reads it is taken to hold its passphrase too, as the deployer does; whoever gets into a cluster is whoever's key lies there
 * (`acting.ts`). Chains of any length. Not modelled: API keys that were made outside of the program, people who share a login, contents of other secrets.
 */
export function borrowed(granted: readonly DataRight[], estate: Estate): readonly DataRight[] {
  const disguises = disguisesOf(granted, estate);
  const byPrincipal = new Map<string, DataRight[]>();
  for (const right of granted) push(byPrincipal, right.principal, right);
  return [...disguises.keys()].flatMap((principal) =>
    becoming(principal, disguises).flatMap(({ as, how, path, ground }) =>
      (byPrincipal.get(as) ?? []).map((right) => ({
        ...right,
        principal,
        how,
        path: [...path, ...right.path],
        ground: weaker(ground, right.ground),
      })),
    ),
  );
}

interface Disguise {
  readonly as: string;
  readonly how: Exclude<How, "granted">;
  readonly path: readonly Grip[];
  readonly ground: Ground;
}

/** Whom each reader of a secret or of the state can act as, in one step. */
function disguisesOf(granted: readonly DataRight[], estate: Estate): ReadonlyMap<string, readonly Disguise[]> {
  const inSecret = new Map<string, { readonly as: string; readonly by: string }[]>();
  for (const version of estate.facts("secret-version")) {
    const link = estate.link(version.secret, "secret");
    if (link.kind !== "found") continue;
    const of = version.madeOf.flatMap((urn) => credentialsOf(urn, estate)).map((as) => ({ as, by: version.urn }));
    inSecret.set(link.fact.urn, [...(inSecret.get(link.fact.urn) ?? []), ...of]);
  }
  const states = new Set(stateBuckets(estate));
  const everybody = [...new Set(estate.facts("credential").flatMap(({ urn }) => credentialsOf(urn, estate)))];
  const found = new Map<string, Disguise[]>();
  const anybody = [...new Set(granted.map((right) => right.principal))];
  const add = (right: DataRight, as: string, how: Disguise["how"], by: string, property: string, sure = true): void => {
    // A key of nobody knows whom may be anybody's.
    if (as === SOMEBODY) for (const one of anybody) if (one !== SOMEBODY) add(right, one, how, by, property, false);
    if (as === right.principal) return;
    const grip: Grip = { from: right.on, to: as, by, property, ground: sure ? "stated" : "unresolved" };
    const one: Disguise = { as, how, path: [...right.path, grip], ground: sure ? right.ground : "unresolved" };
    push(found, right.principal, one);
  };
  for (const right of granted) {
    if (right.right !== "read") continue;
    for (const { as, by } of inSecret.get(right.on) ?? []) add(right, as, "credential", by, "data");
    if (states.has(right.on)) for (const as of everybody) add(right, as, "state", right.on, "name");
  }
  for (const principal of principalsIn(estate)) {
    for (const { as, path, ground } of identitiesOf(principal, estate)) {
      const whom = as === SOMEBODY ? anybody.filter((one) => one !== SOMEBODY) : [as];
      const known: Ground = as === SOMEBODY ? "unresolved" : ground;
      for (const one of whom) push(found, principal, { as: one, how: "cluster", path, ground: known });
    }
  }
  return found;
}

/** What a chain of several ways is called by. */
const LONGEST = ["state", "cluster", "credential"] as const satisfies readonly Disguise["how"][];

/** Everybody whom a principal can end up acting as. */
function becoming(principal: string, disguises: ReadonlyMap<string, readonly Disguise[]>): readonly Disguise[] {
  const found = new Map<string, Disguise>();
  const queue: Disguise[] = [...(disguises.get(principal) ?? [])];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next.as === principal || found.has(next.as)) continue;
    found.set(next.as, next);
    for (const further of disguises.get(next.as) ?? []) {
      const how = LONGEST.find((one) => one === next.how || one === further.how) ?? "credential";
      queue.push({
        as: further.as,
        how,
        path: [...next.path, ...further.path],
        ground: weaker(next.ground, further.ground),
      });
    }
  }
  return [...found.values()];
}

const BOOTSTRAP = /^urn:pulumi:[^:]*\.bootstrap::/;
const STATE_NAME = /(^|[-._])(tf|pulumi)?state([-._]|$)/i;

/** Buckets of the engine's state: those that a bootstrap stack makes, and those whose name says so. */
export const stateBuckets = (estate: Estate): readonly string[] =>
  estate
    .facts("bucket")
    .filter(({ urn, name }) => BOOTSTRAP.test(urn) || (name.known && STATE_NAME.test(name.value ?? "")))
    .map(({ urn }) => urn);
