/**
 * The engine's wire form, as the child writes it: secrets leave the process as a mark without content. The decoder stands in
 * `judge/doors/marks.ts`, on the other side of the process boundary.
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const UNKNOWN_MARK = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A secret whose content is unknown: what a later stack may read of it. */
const BLIND = { [SIGNATURE]: SECRET, value: UNKNOWN_MARK };

/** Stands for an unknown output of another stack; text that is composed with it is unknown too. */
const UNKNOWN_TOKEN = "bastide-unknown-5d1f0c9e4b7a";

/** The value without the content of any secret in it. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string" && value.includes(UNKNOWN_TOKEN)) return UNKNOWN_MARK;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (Reflect.get(value, SIGNATURE) === SECRET) return BLIND;
  return blindProperties(value);
}

/** Own properties of an object, without the content of any secret in them. */
export const blindProperties = (value: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]));

/** True when a value in the wire form is, or has somewhere in it, a secret. */
export const holdsSecret = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (Reflect.get(value, SIGNATURE) === SECRET || Object.values(value).some(holdsSecret));

/**
 * Outputs of an earlier stack as a later one is shown them. The SDK takes all outputs of a stack reference for unknown as
 * soon as one is, so an unknown leaf travels as a token instead, and is an unknown again in whatever is registered with it.
 */
export function asReferenced(value: unknown): unknown {
  if (value === UNKNOWN_MARK) return UNKNOWN_TOKEN;
  if (Array.isArray(value)) return value.map(asReferenced);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asReferenced(item)]));
}
