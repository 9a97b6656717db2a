import { orderedIndex, push } from "../../kernel/multimap.ts";
import { byText } from "../../kernel/order.ts";
import type { Estate } from "../facts/estate.ts";
import { projectOf, UNWRITTEN_PROJECT } from "../facts/project.ts";
import { tailOf } from "../facts/reference.ts";
import { bucketRights, type Rows, reaches, reaching } from "./bucket-rights.ts";
import { borrowed } from "./credentials.ts";
import { type Holding, holdingsOf } from "./grants.ts";
import { OUTSIDE } from "./members.ts";
import { weaker } from "./model.ts";
import type { Power } from "./permission-sets.data.ts";
import { ANYONE, type DataRight, ORGANIZATION, type RightName } from "./right.ts";

const memo = new WeakMap<Estate, Map<string | undefined, readonly DataRight[]>>();

/**
 * Every right over data in an estate, one row for each principal, right, thing and way of having it, in canonical order. `now` is an ISO
 * instant, by which grants with an end may be over; without it none is.
 */
export function rightsOf(estate: Estate, now?: string): readonly DataRight[] {
  const known = memo.get(estate)?.get(now);
  if (known !== undefined) return known;
  const granted = grantedRights(estate, now);
  const all = shortest([...granted, ...borrowed(granted, estate)]);
  const rights = shortest([...all, ...exportsOf(all)]);
  if (!estate.partial) memo.set(estate, new Map(memo.get(estate)).set(now, rights));
  return rights;
}

const keyOf = (r: DataRight): string => `${r.principal}\n${r.right}\n${r.on}\n${r.how}`;

/** One of each: the best known, then the shortest. */
function shortest(rights: readonly DataRight[]): readonly DataRight[] {
  const best = new Map<string, DataRight>();
  for (const right of rights) {
    const key = keyOf(right);
    const before = best.get(key);
    if (before === undefined || isBetter(right, before)) best.set(key, right);
  }
  return [...best].sort(([a], [b]) => byText(a, b)).map(([, right]) => right);
}

const isBetter = (a: DataRight, b: DataRight): boolean =>
  a.ground === b.ground ? a.path.length < b.path.length : weaker(a.ground, b.ground) === b.ground;

function grantedRights(estate: Estate, now: string | undefined): readonly DataRight[] {
  const holdings = holdingsOf(estate, now);
  const of = new Map<Power, Holding[]>();
  for (const holding of holdings) push(of, holding.power, holding);
  const byProject = new Map(
    [...of].map(([power, list]) => [power, orderedIndex(list, (h) => (h.projects === "all" ? "every" : h.projects))]),
  );
  const on = (power: Power, urn: string, narrows = false): readonly Holding[] => {
    const resource = estate.resource(urn);
    const project = resource === undefined ? undefined : projectOf(resource, estate);
    const id = typeof resource?.raw.id === "string" ? tailOf(resource.raw.id) : undefined;
    const fits = ({ ids }: Holding): boolean =>
      !narrows ||
      ids === "all" ||
      ids.has(urn) ||
      (id === undefined && !areUrns(ids)) ||
      [...ids].some((one) => tailOf(one) === id);
    if (project?.known === true && project.value !== UNWRITTEN_PROJECT) {
      const there = [project.value, `${OUTSIDE}${project.value}`];
      return (byProject.get(power)?.under(there) ?? []).filter(fits);
    }
    // Which project the provider takes for what names none, no door shows.
    return (of.get(power) ?? [])
      .filter(fits)
      .map((h) => (h.projects === "all" ? h : { ...h, ground: weaker(h.ground, "assumed") }));
  };
  const rows: Rows = (right, target, list) =>
    list.map((holding) => ({
      principal: holding.principal,
      right,
      on: target,
      how: "granted",
      path: reaches(holding, target) ? holding.path : [...holding.path, reaching(holding, target)],
      ground: holding.ground,
    }));
  const simple = (kind: "key" | "secret" | "registry", pairs: readonly (readonly [RightName, Power])[]) =>
    estate
      .facts(kind)
      .flatMap(({ urn }) => pairs.flatMap(([right, power]) => rows(right, urn, on(power, urn, kind === "key"))));
  return [
    ...bucketRights(estate, on, (power) => of.get(power) ?? [], rows),
    ...simple("key", [
      ["decrypt", "keys.decrypt"],
      ["rules", "keys.rules"],
      ["delete", "keys.delete"],
    ]),
    ...simple("secret", [
      ["read", "secrets.read"],
      ["write", "secrets.write"],
      ["delete", "secrets.delete"],
    ]),
    ...simple("registry", [
      ["read", "images.read"],
      ["write", "images.write"],
    ]),
    ...rows("rules", ORGANIZATION, of.get("rights.give") ?? []),
  ];
}

/** Ids that stand for what a condition is derived from, because its text is not known yet. */
const areUrns = (ids: ReadonlySet<string>): boolean => [...ids].every((id) => id.startsWith("urn:pulumi:"));

/** Whoever reads and is outside of the estate, or can write where somebody outside reads, can carry data out. */
function exportsOf(rights: readonly DataRight[]): readonly DataRight[] {
  const isOutside = (principal: string): boolean => principal === ANYONE || principal.startsWith(OUTSIDE);
  const reads = rights.filter((r) => r.right === "read");
  const letterboxes = new Map(reads.filter((r) => isOutside(r.principal)).map((r) => [r.on, r]));
  // The best of each principal, and the best elsewhere: nothing is carried out through the place that it is read from.
  const drops = new Map<string, readonly DataRight[]>();
  for (const write of rights) {
    const reader = write.right === "write" ? letterboxes.get(write.on) : undefined;
    if (reader === undefined) continue;
    const path = [...write.path, ...reader.path];
    const one: DataRight = { ...write, path, ground: weaker(write.ground, reader.ground) };
    const all = [...(drops.get(write.principal) ?? []), one].sort((a, b) =>
      isBetter(a, b) ? -1 : isBetter(b, a) ? 1 : 0,
    );
    const [best] = all;
    const other = all.find((drop) => drop.on !== best?.on);
    drops.set(write.principal, [...(best === undefined ? [] : [best]), ...(other === undefined ? [] : [other])]);
  }
  return reads.flatMap((read): readonly DataRight[] => {
    if (isOutside(read.principal)) return [{ ...read, right: "export" }];
    const drop = drops.get(read.principal)?.find(({ on }) => on !== read.on);
    if (drop === undefined) return [];
    const ground = weaker(read.ground, drop.ground);
    return [{ ...read, right: "export", path: [...read.path, ...drop.path], ground }];
  });
}
