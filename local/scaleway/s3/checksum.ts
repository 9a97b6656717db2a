import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/**
 * The checksums a client may send or ask for, by the suffix of their header (`x-amz-checksum-<suffix>`). Values travel as
 * base64 of the big-endian bytes. Which are supported: Scaleway, "Supported checksums".
 */
export const CHECKSUMS = {
  crc32: {
    element: "ChecksumCRC32",
    algorithm: "CRC32",
    digest: (body: Uint8Array) => bigEndian(BigInt(crc32(body)), 4),
  },
  crc32c: {
    element: "ChecksumCRC32C",
    algorithm: "CRC32C",
    digest: (body: Uint8Array) => bigEndian(crc(CRC32C, body), 4),
  },
  crc64nvme: {
    element: "ChecksumCRC64NVME",
    algorithm: "CRC64NVME",
    digest: (body: Uint8Array) => bigEndian(crc(CRC64NVME, body), 8),
  },
  sha1: { element: "ChecksumSHA1", algorithm: "SHA1", digest: (body: Uint8Array) => hash("sha1", body) },
  sha256: { element: "ChecksumSHA256", algorithm: "SHA256", digest: (body: Uint8Array) => hash("sha256", body) },
} as const;

export type ChecksumName = keyof typeof CHECKSUMS;

/** `FULL_OBJECT` over all bytes; `COMPOSITE` over the checksums of the parts. */
export type ChecksumType = "FULL_OBJECT" | "COMPOSITE";

/** A checksum as stored with an object or a part. */
export interface Checksum {
  readonly name: ChecksumName;
  readonly value: string;
  readonly type: ChecksumType;
}

export const isChecksumName = (text: string): text is ChecksumName => Object.hasOwn(CHECKSUMS, text);

/** The name behind an algorithm as clients spell it (`CRC32C`), or undefined. */
export function checksumNamed(algorithm: string): ChecksumName | undefined {
  const name = algorithm.toLowerCase();
  return isChecksumName(name) ? name : undefined;
}

/** Base64 checksum of the whole body. */
export const checksumOf = (name: ChecksumName, body: Uint8Array): string =>
  CHECKSUMS[name].digest(body).toString("base64");

/** The checksum of checksums of a multipart object: digest of the parts' raw values, then the number of parts. */
export function compositeChecksum(name: ChecksumName, parts: readonly string[]): string {
  const joined = Buffer.concat(parts.map((value) => Buffer.from(value, "base64")));
  return `${checksumOf(name, joined)}-${parts.length}`;
}

const hash = (algorithm: string, body: Uint8Array): Buffer => createHash(algorithm).update(body).digest();

function bigEndian(value: bigint, bytes: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(value);
  return buffer.subarray(8 - bytes);
}

/** A reflected CRC: table for the low and, beyond 32 bits, the high half, as numbers (a bigint per byte is too slow). */
interface CrcTable {
  readonly wide: boolean;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

function crcTable(reversedPolynomial: bigint, wide: boolean): CrcTable {
  const low = new Uint32Array(256);
  const high = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ reversedPolynomial : value >> 1n;
    low[byte] = Number(value & 0xffffffffn);
    high[byte] = Number(value >> 32n);
  }
  return { wide, low, high };
}

/** Castagnoli's polynomial, and NVMe's 64-bit one (both reflected). */
const CRC32C = crcTable(0x82f63b78n, false);
const CRC64NVME = crcTable(0x9a6c9329ac4bc9b5n, true);

function crc(table: CrcTable, body: Uint8Array): bigint {
  let low = 0xffffffff;
  let high = table.wide ? 0xffffffff : 0;
  for (const byte of body) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (table.low[index] ?? 0);
    high = (high >>> 8) ^ (table.high[index] ?? 0);
  }
  const inverted = (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0);
  return table.wide ? inverted : BigInt(~low >>> 0);
}
