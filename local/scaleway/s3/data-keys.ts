import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { type DataKey, seal, unseal } from "./body.ts";
import { blobColumn } from "./database.ts";
import type { KeyManager, KeyUse } from "./deps.ts";
import { type AppliedEncryption, type CustomerKey, customerKeyFor, type WantedEncryption } from "./encryption.ts";
import { S3Error } from "./errors.ts";

/** Who encrypts or decrypts, and where. */
export type KeyHolder = Omit<KeyUse, "keyId">;

const KEY_BYTES = 32;
const WRAP_CONTEXT = Buffer.from("data key");

/**
 * The keys that bodies are sealed with. A customer's key is used as it is and never stored; the others are made for each
 * write and stored wrapped, under the service's own key (SSE-ONE) or a Key Manager key (SSE-KMS).
 */
export class DataKeys {
  readonly #database: DatabaseSync;
  readonly #keyManager: KeyManager;

  constructor(database: DatabaseSync, keyManager: KeyManager) {
    this.#database = database;
    this.#keyManager = keyManager;
  }

  /** A key for a new version. Without the right to use the Key Manager key: AccessDenied. */
  create(
    wanted: WantedEncryption,
    holder: KeyHolder,
  ): { readonly applied: AppliedEncryption; readonly dataKey: DataKey } {
    switch (wanted.kind) {
      case "none":
        return { applied: { kind: "none" }, dataKey: undefined };
      case "customer":
        return { applied: { kind: "customer", keyMd5: wanted.key.md5 }, dataKey: wanted.key.key };
      case "native": {
        const dataKey = randomBytes(KEY_BYTES);
        const wrappedKey = seal(dataKey, this.#serviceKey(), WRAP_CONTEXT).toString("base64");
        return { applied: { kind: "native", wrappedKey }, dataKey };
      }
      case "kms": {
        const dataKey = randomBytes(KEY_BYTES);
        const { keyId, bucketKeyEnabled } = wanted;
        const wrapped = this.#keyManager.wrap({ ...holder, keyId }, dataKey);
        if (wrapped === undefined) throw new S3Error("AccessDenied");
        const wrappedKey = Buffer.from(wrapped).toString("base64");
        return { applied: { kind: "kms", keyId, bucketKeyEnabled, wrappedKey }, dataKey };
      }
    }
  }

  /** The key of a stored version. */
  open(applied: AppliedEncryption, given: CustomerKey | undefined, holder: KeyHolder): DataKey {
    const customer = customerKeyFor(applied, given);
    switch (applied.kind) {
      case "none":
        return undefined;
      case "customer":
        return customer?.key;
      case "native":
        return unseal(Buffer.from(applied.wrappedKey, "base64"), this.#serviceKey(), WRAP_CONTEXT);
      case "kms": {
        const wrapped = Buffer.from(applied.wrappedKey, "base64");
        const dataKey = this.#keyManager.unwrap({ ...holder, keyId: applied.keyId }, wrapped);
        if (dataKey === undefined) throw new S3Error("AccessDenied");
        return Buffer.from(dataKey);
      }
    }
  }

  /** The service's own key, made when first needed. */
  #serviceKey(): Buffer {
    const row = this.#database
      .prepare(
        `INSERT INTO s3_secret (name, value) VALUES ('service key', ?)
         ON CONFLICT (name) DO UPDATE SET name = name RETURNING value`,
      )
      .get(randomBytes(KEY_BYTES));
    if (row === undefined) throw new TypeError("the service key could not be read");
    return blobColumn(row, "value");
  }
}
