import { contains, parseCidr } from "../../../kernel/cidr.ts";

/**
 * Conditions of a bucket policy: operator → key → allowed values. All operators and keys must hold (and); one of a key's
 * values suffices (or), for a negated operator none may match. Source: Scaleway, "Bucket policies", supported conditions,
 * and "Using conditional writes" for `Null` and the `s3:if-…` keys.
 */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What the keys read at one request. Keys are lower-case; a key that the request does not have is absent. */
export type ConditionContext = ReadonlyMap<string, string>;

type Matches = (actual: string, wanted: string) => boolean;

const date = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
const inRange: Matches = (actual, wanted) => {
  const address = parseCidr(actual);
  const range = parseCidr(wanted);
  return address !== undefined && range !== undefined && contains(range, address);
};
const same: Matches = (actual, wanted) => actual === wanted;
const sameIgnoringCase: Matches = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();
const like: Matches = (actual, wanted) => wildcard(wanted).test(actual);

/** `negated` operators hold when no value matches, and also when the request lacks the key. */
const OPERATORS: Readonly<Record<string, { readonly matches: Matches; readonly negated: boolean }>> = {
  IpAddress: { matches: inRange, negated: false },
  NotIpAddress: { matches: inRange, negated: true },
  StringEquals: { matches: same, negated: false },
  StringNotEquals: { matches: same, negated: true },
  StringEqualsIgnoreCase: { matches: sameIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { matches: sameIgnoringCase, negated: true },
  StringLike: { matches: like, negated: false },
  StringNotLike: { matches: like, negated: true },
  DateGreaterThan: { matches: (actual, wanted) => date(actual) > date(wanted), negated: false },
  DateGreaterThanEquals: { matches: (actual, wanted) => date(actual) >= date(wanted), negated: false },
  DateLessThan: { matches: (actual, wanted) => date(actual) < date(wanted), negated: false },
  DateLessThanEquals: { matches: (actual, wanted) => date(actual) <= date(wanted), negated: false },
};

export const isConditionOperator = (name: string): boolean => name === "Null" || Object.hasOwn(OPERATORS, name);

/** True when every condition holds. No conditions hold always; an unknown operator never. */
export const conditionsHold = (conditions: Conditions, context: ConditionContext): boolean =>
  Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, context.get(key.toLowerCase()), wanted)),
  );

function holds(operator: string, actual: string | undefined, wanted: readonly string[]): boolean {
  if (operator === "Null") return wanted.some((value) => (value === "true") === (actual === undefined));
  const rule = OPERATORS[operator];
  if (rule === undefined) return false;
  const matched = actual !== undefined && wanted.some((value) => rule.matches(actual, value));
  return rule.negated ? !matched : matched;
}

/** `*` any text, `?` any one character; everything else is literal. */
export function wildcard(pattern: string, flags = ""): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[\\s\\S]*")
    .replaceAll("?", "[\\s\\S]");
  return new RegExp(`^${source}$`, flags);
}
