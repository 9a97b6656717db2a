import type { Condition, Place, Scalar } from "../../../judge/kit/manifest/condition.ts";

/**
 * A condition in CEL as ValidatingAdmissionPolicies evaluate it. Every step is an optional one, so that nothing absent is an
 * error; the server has dropped empty texts and lists before. Source: Kubernetes documentation, CEL in Kubernetes (1.29 and later).
 */
const IDENTIFIER = /^[A-Za-z_]\w*$/;

const text = (value: string): string => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
const scalar = (value: Scalar): string => (typeof value === "string" ? text(value) : String(value));

/** Where variables of checks stand in the object that the server shows. */
export type Prefixes = Readonly<Record<string, readonly string[]>>;

interface Rendered {
  readonly expression: string;
  /** Whether it is an optional, which may have no value. */
  readonly optional: boolean;
}

function place({ from, steps }: Place, prefixes: Prefixes): Rendered {
  const prefix = prefixes[from];
  const all = [...(prefix ?? []), ...steps];
  const root = prefix === undefined ? from : "object";
  const chain = all.map((step) => (IDENTIFIER.test(step) ? `.?${step}` : `[?${text(step)}]`));
  return { expression: root + chain.join(""), optional: chain.length > 0 };
}

const there = ({ expression, optional }: Rendered): string => (optional ? `${expression}.hasValue()` : "true");
const value = ({ expression, optional }: Rendered): string => (optional ? `${expression}.value()` : expression);
const otherwise = ({ expression, optional }: Rendered, nothing: string): string =>
  optional ? `${expression}.orValue(${nothing})` : expression;

function leaf(at: Rendered, unset: boolean, test: string): string {
  if (!at.optional) return test;
  return unset ? `(!${there(at)} || ${test})` : `(${there(at)} && ${test})`;
}

export function cel(condition: Condition, prefixes: Prefixes): string {
  switch (condition.is) {
    case "unset":
      return `!${there(place(condition.at, prefixes))}`;
    case "oneOf": {
      const at = place(condition.at, prefixes);
      return leaf(at, condition.unset, `${value(at)} in [${condition.values.map(scalar).join(", ")}]`);
    }
    case "has":
      return `(${condition.keys.map((key) => there(place({ ...condition.at, steps: [...condition.at.steps, key] }, prefixes))).join(" || ")})`;
    case "matches": {
      const at = place(condition.at, prefixes);
      return leaf(at, condition.unset, `${value(at)}.matches(${text(condition.pattern)})`);
    }
    case "begins": {
      const at = place(condition.at, prefixes);
      const wanted = `params.?data[?${text(condition.parameter)}].orValue('').split(',')`;
      return leaf(at, false, `${wanted}.exists(w, w != '' && ${value(at)}.startsWith(w))`);
    }
    case "every":
      return `${otherwise(place(condition.list, prefixes), "[]")}.all(${condition.as}, ${cel(condition.holds, prefixes)})`;
    case "some":
      return `${otherwise(place(condition.list, prefixes), "[]")}.exists(${condition.as}, ${cel(condition.holds, prefixes)})`;
    case "entries": {
      const map = place(condition.map, prefixes);
      return `${otherwise(map, "{}")}.all(k, !k.matches(${text(condition.keys)}) || ${value(map)}[k].matches(${text(condition.values)}))`;
    }
    case "all":
      return condition.of.map((c) => parts(c, prefixes)).join(" && ");
    case "any":
      return `(${condition.of.map((c) => parts(c, prefixes)).join(" || ")})`;
    case "not":
      return `!(${cel(condition.of, prefixes)})`;
  }
}

const parts = (condition: Condition, prefixes: Prefixes): string =>
  condition.is === "all" ? `(${cel(condition, prefixes)})` : cel(condition, prefixes);
