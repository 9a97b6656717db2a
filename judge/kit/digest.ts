import { createHash } from "node:crypto";
import { stableJson } from "../../kernel/order.ts";

/** SHA-256 (hex) of a value's stable JSON: equal for equal values, whatever the order of their keys. */
export const digestOf = (value: unknown): string => createHash("sha256").update(stableJson(value)).digest("hex");
