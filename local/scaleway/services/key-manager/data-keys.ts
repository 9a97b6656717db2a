import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { Platform } from "../../core/platform.ts";
import type { KeyManager } from "../../s3/deps.ts";
import { KEY, type Key, usableKey } from "./keys.ts";

/** Wrapping of data keys under a key's newest material; unwrapping tries every version, as rotation keeps the old ones. */
const cipherKey = (material: string): Buffer => createHash("sha256").update(material).digest();
const NONCE = 12;
const TAG = 16;

export function seal(key: Key, clear: Uint8Array, context = ""): Buffer | undefined {
  const material = key.material.at(-1);
  if (material === undefined) return undefined;
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", cipherKey(material), nonce);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
}

export const open = (key: Key, sealed: Uint8Array, context = ""): Buffer | undefined =>
  openWith(key, sealed, context)?.clear;

/** @returns also whether it was the newest material that opened it. */
export function openWith(
  key: Key,
  sealed: Uint8Array,
  context: string,
): { readonly clear: Buffer; readonly isNewest: boolean } | undefined {
  const bytes = Buffer.from(sealed);
  for (const [age, material] of [...key.material].reverse().entries()) {
    try {
      const decipher = createDecipheriv("aes-256-gcm", cipherKey(material), bytes.subarray(0, NONCE));
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(-TAG));
      const clear = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
      return { clear, isNewest: age === 0 };
    } catch {
      // Sealed under another version of the material: the next one is tried.
    }
  }
  return undefined;
}

/** Key Manager as SSE-KMS uses it. Any text is accepted as a key id when a bucket names it; using it needs a real key. */
export const keyManagerFor = (platform: Platform): KeyManager => ({
  wrap: ({ region, keyId }, dataKey) => {
    const key =
      usableKey(platform, region, keyId) ??
      platform
        .collection(KEY)
        .named(keyId)
        .find((k) => k.region === region);
    return key === undefined ? undefined : seal(key, dataKey);
  },
  unwrap: ({ region, keyId }, wrapped) => {
    const key =
      usableKey(platform, region, keyId) ??
      platform
        .collection(KEY)
        .named(keyId)
        .find((k) => k.region === region);
    return key === undefined ? undefined : open(key, wrapped);
  },
});
