import { type Known, known, unknown } from "../../kernel/known.ts";
import { type RawResource, type RawValue, UNKNOWN } from "./raw.ts";
import { type Sight, topLevelValue } from "./raw-property.ts";
import type { SdkRow } from "./sdk.data.ts";

/** Tags as a map, whatever form the type takes them in: a map, or a list of `key=value`. */
export type Tags = Readonly<Record<string, string>>;

const isMap = (v: RawValue): v is Readonly<Record<string, RawValue>> =>
  v !== null && typeof v === "object" && !Array.isArray(v);

/** Tags of a resource; `undefined` for a type that takes none. A value that is not known makes all of them unknown. */
export function readTags(raw: RawResource, row: SdkRow | undefined, sight: Sight): Known<Tags> | undefined {
  if (row?.tags === undefined) return undefined;
  const value = topLevelValue(raw, "tags", sight);
  if (value === undefined || value === null) return known({});
  const entries = row.tags === "map" ? mapEntries(value) : listEntries(value);
  return entries === undefined ? unknown("tags", raw.propertyDependencies.tags ?? []) : known(once(entries));
}

/** A tag said twice with two values has both: a word that no vocabulary knows, so that nobody can choose the milder one. */
function once(entries: readonly (readonly [string, string])[]): Tags {
  const values = new Map<string, string>();
  for (const [key, value] of entries) {
    const before = values.get(key);
    values.set(key, before === undefined || before === value ? value : `${before} and ${value}`);
  }
  return Object.fromEntries(values);
}

function mapEntries(value: RawValue): readonly (readonly [string, string])[] | undefined {
  if (!isMap(value)) return undefined;
  const entries = Object.entries(value);
  return entries.some(([, v]) => typeof v !== "string") ? undefined : entries.map(([k, v]) => [k, String(v)] as const);
}

function listEntries(value: RawValue): readonly (readonly [string, string])[] | undefined {
  if (!Array.isArray(value) || value.some((item) => item === UNKNOWN || typeof item !== "string")) return undefined;
  return value.map((item) => {
    const text = String(item);
    const cut = text.indexOf("=");
    return cut < 0 ? ([text, ""] as const) : ([text.slice(0, cut), text.slice(cut + 1)] as const);
  });
}
