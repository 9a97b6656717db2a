import type { Origin } from "../../../kernel/known.ts";
import { type RawObject, type RawValue, SECRET, UNKNOWN } from "../../facts/raw.ts";
import type { Condition, Place, Scalar } from "./condition.ts";

/**
 * Whether a condition holds: yes, no, or not to be known. The witness of a yes or no is the place that decided and what stands
 * there; an unknown names where its value will come from. Kleene's logic: an unknown part matters only where the others
 * don't decide.
 */
export type Truth =
  | { readonly holds: true | false; readonly at: string; readonly got: unknown }
  | { readonly holds: "unknown"; readonly from: Origin };

/** What variables stand for, with the path that findings name, and what the environment says. */
export interface Scope {
  readonly variables: Readonly<Record<string, { readonly value: RawValue | undefined; readonly path: string }>>;
  /** Values of the environment by name; `undefined` where the estate does not say. */
  readonly parameters: Readonly<Record<string, readonly string[] | undefined>>;
  /** Resources behind each top-level property. */
  readonly suppliers: Readonly<Record<string, readonly string[]>>;
}

type Found =
  /** There, and secret: that something is there is all that may be known of it. */
  | { readonly kind: "secret"; readonly path: string }
  | { readonly kind: "nothing"; readonly path: string }
  | { readonly kind: "hidden"; readonly path: string }
  | { readonly kind: "value"; readonly path: string; readonly value: Exclude<RawValue, null | symbol> };

const isObject = (v: unknown): v is RawObject => typeof v === "object" && v !== null && !Array.isArray(v);
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** A path as findings spell it: keys that are no identifiers stand in brackets. */
export const joined = (path: string, step: string): string =>
  IDENTIFIER.test(step) ? (path === "" ? step : `${path}.${step}`) : `${path}[${JSON.stringify(step)}]`;

function find({ from, steps }: Place, scope: Scope): Found {
  const start = scope.variables[from];
  let value = start?.value;
  let path = start?.path ?? "";
  for (const step of steps) {
    if (value === UNKNOWN || value === SECRET) return { kind: "hidden", path };
    // What is no object where one is wanted has nothing inside; the server refuses it before any policy is asked.
    value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    path = joined(path, step);
  }
  if (value === SECRET) return { kind: "secret", path };
  if (value === UNKNOWN) return { kind: "hidden", path };
  if (value === undefined || value === null || isEmpty(value)) return { kind: "nothing", path };
  return { kind: "value", path, value };
}

/** The server drops empty texts and lists before any policy sees them; an empty object may be a choice (`emptyDir: {}`). */
const isEmpty = (v: RawValue | undefined): boolean => v === "" || (Array.isArray(v) && v.length === 0);

const origin = (path: string, { suppliers }: Scope): Truth => ({
  holds: "unknown",
  from: { property: path, suppliers: suppliers[path.split(/[.[]/)[0] ?? path] ?? [] },
});

const said = (holds: boolean, { path }: Found, got: unknown): Truth => ({ holds, at: path, got });

/** A leaf: decided by one place. */
function leaf(at: Place, scope: Scope, nothing: boolean, ok: (value: unknown) => boolean): Truth {
  const found = find(at, scope);
  if (found.kind === "hidden" || found.kind === "secret") return origin(found.path, scope);
  return found.kind === "nothing" ? said(nothing, found, null) : said(ok(found.value), found, found.value);
}

const isWritten = (v: RawValue | undefined): boolean => v !== undefined && v !== null && !isEmpty(v);
const equal = (a: unknown, b: Scalar): boolean => a === b;
const tests = (pattern: string) => (v: unknown) => typeof v === "string" && new RegExp(pattern, "u").test(v);

/** The first part that says no decides; else the first that is not known; else all said yes. */
function conjunction(parts: readonly Truth[], none: Truth): Truth {
  return parts.find((p) => p.holds === false) ?? parts.find((p) => p.holds === "unknown") ?? parts[0] ?? none;
}

/** The first part that says yes decides; among noes the last one is told: alternatives come after what exempts. */
function disjunction(parts: readonly Truth[], none: Truth): Truth {
  return parts.find((p) => p.holds === true) ?? parts.find((p) => p.holds === "unknown") ?? parts.at(-1) ?? none;
}

function quantified(condition: Extract<Condition, { is: "every" | "some" }>, scope: Scope): Truth {
  const found = find(condition.list, scope);
  if (found.kind === "hidden" || found.kind === "secret") return origin(found.path, scope);
  const isEvery = condition.is === "every";
  if (found.kind === "nothing") return said(isEvery, found, null);
  if (!Array.isArray(found.value)) return said(false, found, found.value);
  const parts = found.value.map((value: RawValue, i): Truth => {
    const path = `${found.path}[${i}]`;
    if (value === UNKNOWN || value === SECRET) return origin(path, scope);
    return evaluate(condition.holds, { ...scope, variables: { ...scope.variables, [condition.as]: { value, path } } });
  });
  return isEvery ? conjunction(parts, said(true, found, null)) : disjunction(parts, said(false, found, null));
}

function ofEntries({ map, keys, values }: Extract<Condition, { is: "entries" }>, scope: Scope): Truth {
  const found = find(map, scope);
  if (found.kind === "hidden" || found.kind === "secret") return origin(found.path, scope);
  if (found.kind === "nothing" || !isObject(found.value)) return said(true, found, null);
  const key = new RegExp(keys, "u");
  const parts = Object.entries(found.value).flatMap(([name, value]): readonly Truth[] => {
    if (!key.test(name)) return [];
    const path = joined(found.path, name);
    if (value === UNKNOWN || value === SECRET) return [origin(path, scope)];
    return [{ holds: tests(values)(value), at: path, got: value }];
  });
  return conjunction(parts, said(true, found, null));
}

export function evaluate(condition: Condition, scope: Scope): Truth {
  switch (condition.is) {
    case "unset": {
      const found = find(condition.at, scope);
      return found.kind === "secret" ? said(false, found, "a secret") : leaf(condition.at, scope, true, () => false);
    }
    case "oneOf":
      return leaf(condition.at, scope, condition.unset, (v) => condition.values.some((want) => equal(v, want)));
    case "has":
      return leaf(condition.at, scope, false, (v) => isObject(v) && condition.keys.some((k) => isWritten(v[k])));
    case "matches":
      return leaf(condition.at, scope, condition.unset, tests(condition.pattern));
    case "begins": {
      const wanted = scope.parameters[condition.parameter];
      if (wanted === undefined) return { holds: "unknown", from: { property: condition.parameter, suppliers: [] } };
      return leaf(condition.at, scope, false, (v) => typeof v === "string" && wanted.some((w) => v.startsWith(w)));
    }
    case "every":
    case "some":
      return quantified(condition, scope);
    case "entries":
      return ofEntries(condition, scope);
    case "all":
      return conjunction(
        condition.of.map((c) => evaluate(c, scope)),
        { holds: true, at: "", got: null },
      );
    case "any":
      return disjunction(
        condition.of.map((c) => evaluate(c, scope)),
        { holds: false, at: "", got: null },
      );
    case "not": {
      const inner = evaluate(condition.of, scope);
      return inner.holds === "unknown" ? inner : { ...inner, holds: !inner.holds };
    }
  }
}
