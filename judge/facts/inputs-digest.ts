import { createHash } from "node:crypto";
import { stableJson } from "../../kernel/order.ts";
import { type RawObject, type RawValue, SECRET, UNKNOWN } from "./raw.ts";

/** A raw value in JSON, with marks for what is unknown or secret: digests of it never depend on a secret's content. */
function plainValue(value: RawValue): unknown {
  if (value === UNKNOWN) return { unknown: true };
  if (value === SECRET) return { secret: true };
  if (Array.isArray(value)) return value.map(plainValue);
  return value === null || typeof value !== "object" ? value : plainObject(value);
}

const plainObject = (value: RawObject | readonly RawValue[]): unknown =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)]));

/** SHA-256 (hex) of a resource's inputs as they were written; secrets count as secrets, unknowns as unknowns. */
export const inputsDigest = (inputs: RawObject): string =>
  createHash("sha256")
    .update(stableJson(plainObject(inputs)))
    .digest("hex");
