import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { blobColumn, numberColumn } from "./database.ts";

/**
 * Bodies at rest: chunks of {@link CHUNK_BYTES}, each sealed on its own under the body's data key (AES-256-GCM, random
 * nonce, bound to its body and place), or plain when the object is not encrypted.
 */
export interface Segment {
  readonly bodyId: number;
  /** Bytes of plaintext. */
  readonly size: number;
}

/** 32 bytes; undefined stores plain. */
export type DataKey = Buffer | undefined;

const CHUNK_BYTES = 1 << 20;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export class Bodies {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  write(content: Uint8Array, dataKey: DataKey): Segment {
    const row = this.#database.prepare("INSERT INTO s3_body (size) VALUES (?)").run(content.length);
    const bodyId = Number(row.lastInsertRowid);
    const insert = this.#database.prepare("INSERT INTO s3_chunk (body_id, number, data) VALUES (?, ?, ?)");
    for (let number = 0; number * CHUNK_BYTES < content.length; number++) {
      const plain = content.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES);
      insert.run(bodyId, number, dataKey === undefined ? plain : seal(plain, dataKey, place(bodyId, number)));
    }
    return { bodyId, size: content.length };
  }

  /** Bytes `first` to `last`, both included, of the segments laid end to end. */
  read(segments: readonly Segment[], dataKey: DataKey, first: number, last: number): Buffer {
    const pieces: Buffer[] = [];
    let offset = 0;
    for (const segment of segments) {
      const from = Math.max(first - offset, 0);
      const to = Math.min(last - offset, segment.size - 1);
      if (from <= to) pieces.push(this.#readSegment(segment, dataKey, from, to));
      offset += segment.size;
    }
    return Buffer.concat(pieces);
  }

  readAll(segments: readonly Segment[], dataKey: DataKey): Buffer {
    return this.read(segments, dataKey, 0, segments.reduce((total, { size }) => total + size, 0) - 1);
  }

  delete(segments: readonly Segment[]): void {
    const chunks = this.#database.prepare("DELETE FROM s3_chunk WHERE body_id = ?");
    const body = this.#database.prepare("DELETE FROM s3_body WHERE id = ?");
    for (const { bodyId } of segments) {
      chunks.run(bodyId);
      body.run(bodyId);
    }
  }

  #readSegment({ bodyId }: Segment, dataKey: DataKey, from: number, to: number): Buffer {
    const firstChunk = Math.floor(from / CHUNK_BYTES);
    const rows = this.#database
      .prepare("SELECT number, data FROM s3_chunk WHERE body_id = ? AND number BETWEEN ? AND ? ORDER BY number")
      .all(bodyId, firstChunk, Math.floor(to / CHUNK_BYTES));
    const chunks = rows.map((row) => {
      const data = blobColumn(row, "data");
      return dataKey === undefined ? data : unseal(data, dataKey, place(bodyId, numberColumn(row, "number")));
    });
    const start = firstChunk * CHUNK_BYTES;
    return Buffer.concat(chunks).subarray(from - start, to - start + 1);
  }
}

const place = (bodyId: number, chunk: number): Buffer => Buffer.from(`${bodyId}/${chunk}`);

/** Nonce, ciphertext, tag. */
export function seal(plain: Uint8Array, key: Uint8Array, context: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(context);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The reverse of {@link seal}; throws when key, context or bytes are not the ones sealed. */
export function unseal(sealed: Uint8Array, key: Uint8Array, context: Uint8Array): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES)).setAAD(context);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)), decipher.final()]);
}
