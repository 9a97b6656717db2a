import { type Estate, showsAnswers } from "../facts/estate.ts";
import type { Resource } from "../facts/observed.ts";

/** Which resource of one side is which of the other. */
export interface Match {
  /** A resource of the head by the URN that it has in the base, where it has one; otherwise its own. */
  readonly key: (urn: string) => string;
  readonly gone: readonly Resource[];
  readonly added: readonly Resource[];
  readonly kept: readonly (readonly [before: Resource, after: Resource])[];
}

const environmentsOf = (estate: Estate): readonly string[] => [
  ...new Set(estate.resources.map((r) => /^urn:pulumi:([^.:]+)/.exec(r.urn)?.[1] ?? "")),
];

/**
 * By URN; where one environment is compared with another, by URN without the environment; and where both doors show what the
 * provider assigned, by type and id, because a resource that was only renamed in the program is still that resource.
 */
export function match(base: Estate, head: Estate): Match {
  const [from, ...others] = environmentsOf(base);
  const [to, ...more] = environmentsOf(head);
  const translate = from !== undefined && to !== undefined && from !== to && others.length + more.length === 0;
  const inBase = (urn: string): string =>
    translate && urn.startsWith(`urn:pulumi:${to}`) ? `urn:pulumi:${from}${urn.slice(`urn:pulumi:${to}`.length)}` : urn;
  const renamed = renames(base, head, inBase);
  const key = (urn: string): string => renamed.get(urn) ?? inBase(urn);
  const headKeys = new Set(head.resources.map((r) => key(r.urn)));
  return {
    key,
    gone: base.resources.filter((r) => !headKeys.has(r.urn)),
    added: head.resources.filter((r) => base.resource(key(r.urn)) === undefined),
    kept: head.resources.flatMap((after) => {
      const before = base.resource(key(after.urn));
      return before === undefined ? [] : [[before, after] as const];
    }),
  };
}

const idOf = (r: Resource): string | undefined =>
  r.raw.custom && typeof r.raw.id === "string" ? `${r.canonicalType} ${r.raw.id}` : undefined;

/** URN in the head → URN in the base of the same thing. Ids of the offline gate are its own and say nothing. */
function renames(base: Estate, head: Estate, inBase: (urn: string) => string): ReadonlyMap<string, string> {
  const real = (estate: Estate): boolean => showsAnswers(estate.door) || estate.door === "preview-file";
  if (!real(base) || !real(head)) return new Map();
  const headUrns = new Set(head.resources.map((r) => inBase(r.urn)));
  const left = new Map(
    base.resources
      .filter((r) => !headUrns.has(r.urn))
      .flatMap((r) => {
        const id = idOf(r);
        return id === undefined ? [] : [[id, r.urn] as const];
      }),
  );
  return new Map(
    head.resources
      .filter((r) => base.resource(inBase(r.urn)) === undefined)
      .flatMap((r) => {
        const urn = left.get(idOf(r) ?? "");
        return urn === undefined ? [] : [[r.urn, urn] as const];
      }),
  );
}
