/**
 * Query strings and percent-encoding as S3 signs them: strict RFC 3986, every byte outside the unreserved set encoded.
 * A parameter without value (`?acl`) reads as "".
 */
export type Query = ReadonlyMap<string, string>;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone `%` is data, not an encoding: browsers send such keys.
    return text;
  }
};

/** Parameters by name; of a repeated one the first counts. `+` stays a plus, as in the signature's canonical form. */
export function parseQuery(rawQuery: string): Query {
  const parameters = new Map<string, string>();
  for (const [name, value] of pairs(rawQuery)) if (!parameters.has(name)) parameters.set(name, value);
  return parameters;
}

const pairs = (rawQuery: string): readonly (readonly [string, string])[] =>
  rawQuery
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? [decode(pair), ""] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });

/** Percent-encoding for signatures and for `encoding-type=url`. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** A path with each segment encoded and its slashes kept. */
export const encodePath = (path: string): string =>
  path
    .split("/")
    .map((segment) => encode(decode(segment)))
    .join("/");

export const decodePath = decode;

/** The canonical query string: encoded, sorted by encoded name then value, without the parameter named `without`. */
export const canonicalQuery = (rawQuery: string, without?: string): string =>
  pairs(rawQuery)
    .filter(([name]) => name !== without)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
