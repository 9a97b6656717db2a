import type { GoApi } from "./go-api.ts";

/** Where the fields of an answer and those of the reference differ, each as `Struct.field`. */
export interface ShapeDifference {
  /** In the reference, and not in the answer. */
  readonly missing: readonly string[];
  /** In the answer, and not in the reference. */
  readonly unknown: readonly string[];
}

/** Compares an answer with a Go type and all that it holds. Types of other packages are leaves, and so is what is null. */
export function shapeDifference(api: GoApi, type: string, answer: unknown): ShapeDifference {
  const found = { missing: new Set<string>(), unknown: new Set<string>() };
  compare(api, type, answer, found);
  return { missing: [...found.missing], unknown: [...found.unknown] };
}

function compare(
  api: GoApi,
  type: string,
  value: unknown,
  found: { readonly missing: Set<string>; readonly unknown: Set<string> },
): void {
  if (Array.isArray(value)) {
    for (const item of value) compare(api, type, item, found);
    return;
  }
  const fields = api.structs.get(type);
  if (fields === undefined || typeof value !== "object" || value === null) return;
  const given = new Map(Object.entries(value));
  const known = new Set(fields.map(({ name }) => name));
  for (const key of given.keys()) if (!known.has(key)) found.unknown.add(`${type}.${key}`);
  for (const field of fields) {
    const inner = given.get(field.name);
    if (inner === undefined) {
      if (!field.isOptional && !given.has(field.name)) found.missing.add(`${type}.${field.name}`);
    } else if (!field.isMap) compare(api, field.type, inner, found);
    else if (typeof inner === "object" && inner !== null)
      for (const item of Object.values(inner)) compare(api, field.type, item, found);
  }
}
