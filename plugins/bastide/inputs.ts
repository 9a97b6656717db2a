import type { CheckFailure } from "@pulumi/pulumi/provider/index.js";
import { z } from "zod";
import { isUnknown, type Props } from "../engine/values.ts";

/** Fields that both kinds have, and the check that tells every fault of every field at once. */

/** Form that Scaleway's SDKs and provider accept; whether the region exists is the API's to say. */
export const regionField = z
  .string()
  .regex(/^[a-z]{2}-[a-z]{3,7}$/, "want a region such as fr-par; fix: name the region, not a zone");
export const nameField = z.string().min(1, "want a name").max(255, "want at most 255 characters");
export const tagsField = z.array(z.string().min(1, "want tags that are not empty"));

/** Checks each known field by its own schema; unknown ones wait for `up`. */
export function fieldFailures(fields: Readonly<Record<string, z.ZodType>>, values: Props): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const [property, field] of Object.entries(fields)) {
    const value = values[property];
    if (isUnknown(value)) continue;
    for (const issue of field.safeParse(value).error?.issues ?? [])
      failures.push({
        property: [property, ...issue.path.map(String)].join("."),
        reason: value === undefined ? "is required" : `got ${shown(at(value, issue.path))}: ${issue.message}`,
      });
  }
  for (const property of Object.keys(values))
    if (!(property in fields) && !property.startsWith("__"))
      failures.push({
        property,
        reason: `is not an input of this resource; want one of ${Object.keys(fields).sort().join(", ")}`,
      });
  return failures;
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((v, key) => (typeof v === "object" && v !== null ? Reflect.get(v, key) : undefined), value);

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};

export const sameStrings = (a: unknown, b: unknown): boolean => {
  const sorted = (value: unknown): string => JSON.stringify(Array.isArray(value) ? value.map(String).sort() : []);
  return sorted(a) === sorted(b);
};
