import { isRecord, matched } from "./names.ts";

/** How two JSON values differ in form: fields that one lacks, types that are not the same. Values are not compared. */
export interface Difference {
  readonly kind: "missing" | "extra" | "type";
  /** Dotted path, `[]` for any item of a list. */
  readonly path: string;
  /** For `type`: the recorded one and ours. */
  readonly types?: string;
}

export const typeOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "list" : typeof value;

/** Objects whose keys are data, not fields. */
const MAPS = /(^|\.)(servers|labels|volumes|environment_variables|metadata|annotations|headers|attributes|ipam_ids)$/;

export function differences(recorded: unknown, ours: unknown, path = ""): readonly Difference[] {
  const [theirs, own] = [typeOf(recorded), typeOf(ours)];
  // A value that is absent in one of them says nothing of the other's form.
  if (theirs === "null" || own === "null") return [];
  if (theirs !== own) return [{ kind: "type", path, types: `${theirs}, not ${own}` }];
  if (Array.isArray(recorded) && Array.isArray(ours))
    return unique(matched(recorded, ours, new Map()).flatMap(([a, b]) => differences(a, b, `${path}[]`)));
  if (!isRecord(recorded) || !isRecord(ours)) return [];
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  if (MAPS.test(path)) {
    const [a, b] = [Object.values(recorded)[0], Object.values(ours)[0]];
    return a === undefined || b === undefined ? [] : differences(a, b, at("*"));
  }
  return [
    ...Object.keys(recorded).flatMap((key) =>
      key in ours ? differences(recorded[key], ours[key], at(key)) : [{ kind: "missing" as const, path: at(key) }],
    ),
    ...Object.keys(ours)
      .filter((key) => !(key in recorded))
      .map((key) => ({ kind: "extra" as const, path: at(key) })),
  ];
}

const unique = (all: readonly Difference[]): readonly Difference[] => [
  ...new Map(all.map((d) => [`${d.kind} ${d.path} ${d.types ?? ""}`, d])).values(),
];
