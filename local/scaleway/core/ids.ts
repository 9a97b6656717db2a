import { createHash, randomBytes } from "node:crypto";
import type { Store } from "./store.ts";

/**
 * Identifiers from a seeded, persisted sequence: a run with the same seed and the same calls gives the same ids. The seed
 * is random unless given, so two local Scaleways never share an id by accident.
 */
export interface Ids {
  uuid(): string;
  /** `bytes` of hexadecimal text. */
  hex(bytes: number): string;
  /** `SCW` and 17 of A–Z, 0–9, as access keys are. */
  accessKey(): string;
}

const SEED = "ids.seed";
const NEXT = "ids.next";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

export function openIds(store: Store, seed?: string): Ids {
  const kept = store.meta.get(SEED) ?? seed ?? randomBytes(16).toString("hex");
  store.meta.set(SEED, kept);
  const draw = (): Buffer => {
    const next = Number(store.meta.get(NEXT) ?? "0");
    store.meta.set(NEXT, String(next + 1));
    return createHash("sha256").update(`${kept}/${next}`).digest();
  };
  return {
    uuid: () => {
      const bytes = draw().subarray(0, 16);
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    },
    hex: (bytes) => draw().subarray(0, bytes).toString("hex"),
    accessKey: () => `SCW${[...draw().subarray(0, 17)].map((b) => ALPHABET[b % ALPHABET.length]).join("")}`,
  };
}
