import { type RawObject, type RawValue, SECRET, UNKNOWN } from "../../../judge/facts/raw.ts";

/**
 * Properties as the policy SDK hands them over, as raw values. The SDK wraps them so that reading an unknown throws, and turns
 * what throws into a mere remark; so they are never read through the wrapper: a property's descriptor gives what it holds,
 * and an unknown is one of seven marks. Source: @pulumi/policy 1.21.0 `proxy.js`; a test compares the marks.
 */
export const UNKNOWN_MARKS: ReadonlySet<string> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Deeper than any provider's schema; what nests deeper is not told apart from unknown. */
const MAX_DEPTH = 64;

/** Top-level properties, those named in `secrets` without ever looking at them. */
export function rawProperties(props: object, secrets: ReadonlySet<string>): RawObject {
  const found: Record<string, RawValue> = {};
  for (const name of Object.keys(props)) {
    // The engine's own bookkeeping is no property of the resource.
    if (name.startsWith("__")) continue;
    found[name] = secrets.has(name) ? SECRET : rawValue(held(props, name), 0);
  }
  return found;
}

/** What a property holds, past the wrapper's own reading. */
const held = (target: object, name: string): unknown => Object.getOwnPropertyDescriptor(target, name)?.value;

function rawValue(value: unknown, depth: number): RawValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return UNKNOWN_MARKS.has(value) ? UNKNOWN : value;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object" || depth >= MAX_DEPTH) return UNKNOWN;
  if (Array.isArray(value)) {
    return Array.from({ length: value.length }, (_, i) => rawValue(held(value, String(i)), depth + 1));
  }
  // Assets, archives and anything else with behaviour hold no value that a rule may rest on.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return UNKNOWN;
  const names = Object.keys(value).filter((name) => !name.startsWith("__"));
  return Object.fromEntries(names.map((name) => [name, rawValue(held(value, name), depth + 1)]));
}
