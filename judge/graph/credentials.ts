import { push } from "../../kernel/multimap.ts";
import type { Estate } from "../facts/estate.ts";
import { type Grip, principalAt, SOMEBODY } from "./members.ts";
import { type Ground, weaker } from "./model.ts";
import type { DataRight, How } from "./right.ts";

/**
 * Acting as somebody else.
 *
 * Modelled: a secret made of an application's API key is that application to whoever reads it; the engine's state holds every credential of
 * the estate, and whoever reads it is taken to hold its passphrase too, as the deployer does. Chains of any length. Not modelled: API keys that were
 * made outside of the program, people who share a login, contents of other secrets.
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
  const credentials = new Map<string, readonly string[]>();
  for (const fact of estate.facts("credential")) {
    const of = fact.principals.flatMap((ref) => principalAt(ref, estate)?.id ?? []);
    credentials.set(fact.urn, of);
  }
  const inSecret = new Map<string, { readonly as: string; readonly by: string }[]>();
  for (const version of estate.facts("secret-version")) {
    const link = estate.link(version.secret, "secret");
    if (link.kind !== "found") continue;
    const of = version.madeOf.flatMap((urn) => credentials.get(urn) ?? []).map((as) => ({ as, by: version.urn }));
    inSecret.set(link.fact.urn, [...(inSecret.get(link.fact.urn) ?? []), ...of]);
  }
  const states = new Set(stateBuckets(estate));
  const everybody = [...new Set([...credentials.values()].flat())];
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
  return found;
}

/** Everybody whom a principal can end up acting as. */
function becoming(principal: string, disguises: ReadonlyMap<string, readonly Disguise[]>): readonly Disguise[] {
  const found = new Map<string, Disguise>();
  const queue: Disguise[] = [...(disguises.get(principal) ?? [])];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next.as === principal || found.has(next.as)) continue;
    found.set(next.as, next);
    for (const further of disguises.get(next.as) ?? []) {
      const how = next.how === "state" || further.how === "state" ? "state" : "credential";
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
