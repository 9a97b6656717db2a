import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { invalidArguments, notBuilt } from "../../core/problem.ts";

/**
 * Signatures over a digest that the caller computed, as Key Manager's `sign` and `verify` take it. Node signs messages only,
 * so the RSA paddings (RFC 8017 §9.1, §9.2) are written out here; ML-DSA signs the digest as its message, and elliptic curves
 * answer 501.
 */
const DIGEST_BYTES = 32;
const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Mask of RFC 8017 B.2.1. */
function mask(seed: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / DIGEST_BYTES) }, (_, i) =>
    sha256(seed, Buffer.from([i >>> 24, (i >>> 16) & 255, (i >>> 8) & 255, i & 255])),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));

const pssHash = (digest: Buffer, salt: Buffer): Buffer => sha256(Buffer.alloc(8), digest, salt);

function encodePss(digest: Buffer, size: number): Buffer {
  const salt = randomBytes(DIGEST_BYTES);
  const hash = pssHash(digest, salt);
  const length = size - DIGEST_BYTES - 1;
  const block = Buffer.concat([Buffer.alloc(length - salt.length - 1), Buffer.from([1]), salt]);
  const masked = xor(block, mask(hash, length));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return Buffer.concat([masked, hash, Buffer.from([0xbc])]);
}

function isPssOf(digest: Buffer, encoded: Buffer): boolean {
  const length = encoded.length - DIGEST_BYTES - 1;
  const hash = encoded.subarray(length, -1);
  if (encoded.at(-1) !== 0xbc || ((encoded[0] ?? 0) & 0x80) !== 0) return false;
  const block = xor(encoded.subarray(0, length), mask(hash, length));
  block[0] = (block[0] ?? 0) & 0x7f;
  const one = block.indexOf(1);
  return block.subarray(0, one).every((b) => b === 0) && pssHash(digest, block.subarray(one + 1)).equals(hash);
}

/** `DigestInfo` of SHA-256, before the digest itself. */
const SHA256_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");

type Padding = "pss" | "pkcs1";
function paddingOf(algorithm: string): Padding {
  const padding = /^rsa_(pss|pkcs1)_\d+_sha256$/.exec(algorithm)?.[1];
  if (padding !== "pss" && padding !== "pkcs1") throw notBuilt("signatures of", algorithm);
  return padding;
}

const checkDigest = (digest: Buffer): void => {
  if (digest.length !== DIGEST_BYTES)
    throw invalidArguments({
      argument: "digest",
      reason: "constraint",
      help: `a digest of ${DIGEST_BYTES} bytes is wanted, got ${digest.length}`,
    });
};

const isLattice = (algorithm: string): boolean => algorithm.startsWith("ml_dsa_");

export function signDigest(algorithm: string, pem: string, digest: Buffer): Buffer {
  if (isLattice(algorithm)) return sign(null, digest, pem);
  const padding = paddingOf(algorithm);
  checkDigest(digest);
  const key = createPrivateKey(pem);
  if (padding === "pkcs1")
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([SHA256_INFO, digest]));
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodePss(digest, size));
}

/** Whether a signature is one of this digest under this key; a signature of another size or key is simply not. */
export function verifiesDigest(algorithm: string, pem: string, digest: Buffer, signature: Buffer): boolean {
  if (isLattice(algorithm)) return verify(null, digest, pem, signature);
  const padding = paddingOf(algorithm);
  checkDigest(digest);
  const key = createPublicKey(pem);
  if (signature.length !== (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8) return false;
  const raw = padding === "pkcs1" ? constants.RSA_PKCS1_PADDING : constants.RSA_NO_PADDING;
  let opened: Buffer;
  try {
    opened = publicDecrypt({ key, padding: raw }, signature);
  } catch {
    return false; // Not a number below the modulus, or no padding in it: nobody's signature.
  }
  return padding === "pkcs1" ? opened.equals(Buffer.concat([SHA256_INFO, digest])) : isPssOf(digest, opened);
}
