import { constants, createPublicKey, privateDecrypt, publicEncrypt, randomBytes } from "node:crypto";
import { z } from "zod";
import { invalidArguments, type Problem, preconditionFailed } from "../../core/problem.ts";
import { type Call, param, parseInput, type Route } from "../../core/routes.ts";
import { openWith, seal } from "./data-keys.ts";
import { KEY, type Key, keyView } from "./keys.ts";
import { importedMaterial } from "./material.ts";
import { signDigest, verifiesDigest } from "./signatures.ts";

/** Key Manager v1alpha1: what keys do (encrypt, decrypt, data keys, sign, verify), and material from outside. */
const KEY_PATH = "/key-manager/v1alpha1/regions/:region/keys/:id";
const base64 = z.base64();
const sized = (most: number) =>
  base64.refine((text) => {
    const { length } = Buffer.from(text, "base64");
    return length >= 1 && length <= most;
  }, `must be between 1 and ${most} bytes`);
const plaintextInput = z.object({ plaintext: sized(65_535), associated_data: base64.nullish() });
const ciphertextInput = z.object({ ciphertext: sized(131_071), associated_data: base64.nullish() });
const dataKeyInput = z.object({
  algorithm: z.enum(["unknown_symmetric_encryption", "aes_256_gcm"]).default("aes_256_gcm"),
  without_plaintext: z.boolean().default(false),
});
const digestInput = z.object({ digest: base64 });
const verifyInput = digestInput.extend({ signature: base64 });
const materialInput = z.object({ key_material: base64.min(1), salt: base64.nullish() });

const bytes = (text: string | null | undefined): Buffer => Buffer.from(text ?? "", "base64");

const keyOf = (call: Call): Key => call.platform.collection(KEY).must(param(call, "id"), call.locality);

function enabledKey(call: Call): Key {
  const key = keyOf(call);
  if (key.state !== "enabled") throw preconditionFailed("key_not_enabled", `the key is ${key.state}`);
  return key;
}

const wrongUsage = (wanted: string): Problem =>
  invalidArguments({ argument: "key_id", reason: "constraint", help: `the key's usage is not ${wanted}` });

const newest = (key: Key): string => {
  const material = key.material.at(-1);
  if (material === undefined) throw preconditionFailed("key_material", "the key has no material");
  return material;
};

const OAEP = { oaepHash: "sha256", padding: constants.RSA_PKCS1_OAEP_PADDING } as const;

/** Data that is only authenticated goes with symmetric encryption alone. */
const refuseContext = (context: string): void => {
  if (context !== "")
    throw invalidArguments({
      argument: "associated_data",
      reason: "constraint",
      help: "only keys of symmetric encryption support it",
    });
};

function encrypt(key: Key, clear: Buffer, context: string): Buffer {
  if (key.usage.asymmetric_encryption !== undefined) {
    refuseContext(context);
    return encryptPublicly(key, clear);
  }
  const sealed = key.usage.symmetric_encryption === undefined ? undefined : seal(key, clear, context);
  if (sealed === undefined) throw wrongUsage("encryption");
  return sealed;
}

function encryptPublicly(key: Key, clear: Buffer): Buffer {
  try {
    return publicEncrypt({ key: newest(key), ...OAEP }, clear);
  } catch {
    throw invalidArguments({ argument: "plaintext", reason: "constraint", help: "too long for the key" });
  }
}

const undecipherable = (help: string): Problem =>
  invalidArguments({ argument: "ciphertext", reason: "constraint", help });

interface Opened {
  readonly clear: Buffer;
  readonly isNewest: boolean;
}

function decrypt(key: Key, sealed: Buffer, context: string): Opened {
  if (key.usage.asymmetric_encryption !== undefined) {
    refuseContext(context);
    for (const [age, pem] of [...key.material].reverse().entries()) {
      try {
        return { clear: privateDecrypt({ key: pem, ...OAEP }, sealed), isNewest: age === 0 };
      } catch {
        // Encrypted under an earlier version: the next one is tried.
      }
    }
    throw undecipherable("crypto/rsa: decryption error");
  }
  if (key.usage.symmetric_encryption === undefined) throw wrongUsage("encryption");
  const opened = openWith(key, sealed, context);
  if (opened === undefined) throw undecipherable("cipher: message authentication failed");
  return opened;
}

const signing = (key: Key): string => {
  if (key.usage.asymmetric_signing === undefined) throw wrongUsage("signing");
  return key.usage.asymmetric_signing;
};

const does = (name: string, work: (key: Key, call: Call) => Readonly<Record<string, unknown>>): Route => ({
  method: "POST",
  path: `${KEY_PATH}/${name}`,
  handle: (call) => {
    const key = enabledKey(call);
    return { key_id: key.id, ...work(key, call) };
  },
});

const DATA_KEY_BYTES = 32;

export const keyOperationRoutes: readonly Route[] = [
  does("encrypt", (key, call) => {
    const { plaintext, associated_data } = parseInput(plaintextInput, call.input);
    return { ciphertext: encrypt(key, bytes(plaintext), associated_data ?? "").toString("base64") };
  }),
  does("decrypt", (key, call) => {
    const { ciphertext, associated_data } = parseInput(ciphertextInput, call.input);
    const { clear, isNewest } = decrypt(key, bytes(ciphertext), associated_data ?? "");
    return {
      plaintext: clear.toString("base64"),
      // Encrypted anew where the key has turned since.
      ciphertext: isNewest ? null : encrypt(key, clear, associated_data ?? "").toString("base64"),
    };
  }),
  does("generate-data-key", (key, call) => {
    const { without_plaintext } = parseInput(dataKeyInput, call.input);
    const clear = randomBytes(DATA_KEY_BYTES);
    const sealed = key.usage.symmetric_encryption === undefined ? undefined : seal(key, clear);
    if (sealed === undefined) throw wrongUsage("symmetric encryption");
    return {
      algorithm: "aes_256_gcm",
      ciphertext: sealed.toString("base64"),
      plaintext: without_plaintext ? null : clear.toString("base64"),
      created_at: call.platform.clock.stamp(),
    };
  }),
  does("sign", (key, call) => {
    const { digest } = parseInput(digestInput, call.input);
    return { signature: signDigest(signing(key), newest(key), bytes(digest)).toString("base64") };
  }),
  does("verify", (key, call) => {
    const { digest, signature } = parseInput(verifyInput, call.input);
    const algorithm = signing(key);
    return { valid: key.material.some((pem) => verifiesDigest(algorithm, pem, bytes(digest), bytes(signature))) };
  }),
  {
    method: "GET",
    path: `${KEY_PATH}/public-key`,
    handle: (call) => {
      const key = enabledKey(call);
      if (key.usage.symmetric_encryption !== undefined) throw wrongUsage("asymmetric");
      return { pem: createPublicKey(newest(key)).export({ type: "spki", format: "pem" }) };
    },
  },
  {
    method: "POST",
    path: `${KEY_PATH}/import-key-material`,
    handle: (call) => {
      const key = keyOf(call);
      const { key_material, salt } = parseInput(materialInput, call.input);
      if (key.origin !== "external") throw preconditionFailed("key_origin", "the key's origin is not external");
      if (key.state !== "pending_key_material")
        throw preconditionFailed("key_state", "the key has its material already: delete that first");
      const now = call.platform.clock.stamp();
      return keyView(
        call.platform.collection(KEY).put({
          ...key,
          state: "enabled",
          material: [importedMaterial(bytes(key_material), bytes(salt))],
          rotation_count: 1,
          rotated_at: now,
          updated_at: now,
        }),
      );
    },
  },
  {
    method: "POST",
    path: `${KEY_PATH}/delete-key-material`,
    handle: (call) => {
      const key = keyOf(call);
      if (key.origin !== "external") throw preconditionFailed("key_origin", "the key's origin is not external");
      if (key.deletion_requested_at !== null)
        throw preconditionFailed("scheduled_for_deletion", "the key is to be deleted: restore it");
      call.platform.collection(KEY).put({
        ...key,
        state: "pending_key_material",
        material: [],
        rotation_count: 0,
        updated_at: call.platform.clock.stamp(),
      });
      return undefined;
    },
  },
];
