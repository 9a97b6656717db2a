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
import { signEcdsa, verifiesEcdsa } from "./ecdsa.ts";

/**
 * Signatures over a digest that the caller computed, as Key Manager's `sign` and `verify` take it. Node signs messages only,
 * so the RSA paddings (RFC 8017 §9.1, §9.2) are written out here and elliptic curves in `ecdsa.ts`; ML-DSA signs the digest as
 * its message.
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

/** Of the hash in the algorithm's name; ML-DSA has none, and takes any of the usual ones. */
function checkDigest(algorithm: string, digest: Buffer): void {
  const bits = /_sha(\d+)$/.exec(algorithm)?.[1];
  const wanted = bits === undefined ? [32, 48, 64] : [Number(bits) / 8];
  if (!wanted.includes(digest.length))
    throw invalidArguments({
      argument: "digest",
      reason: "constraint",
      help: `a digest of ${wanted.join(" or ")} bytes is wanted, got ${digest.length}`,
    });
}

const isCurve = (algorithm: string): boolean => algorithm.startsWith("ec_p");
const isLattice = (algorithm: string): boolean => algorithm.startsWith("ml_dsa_");

export function signDigest(algorithm: string, pem: string, digest: Buffer): Buffer {
  checkDigest(algorithm, digest);
  if (isLattice(algorithm)) return sign(null, digest, pem);
  if (isCurve(algorithm)) return signEcdsa(createPrivateKey(pem), digest);
  const padding = paddingOf(algorithm);
  const key = createPrivateKey(pem);
  if (padding === "pkcs1")
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([SHA256_INFO, digest]));
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encodePss(digest, size));
}

/** Whether a signature is one of this digest under this key; a signature of another size or key is simply not. */
export function verifiesDigest(algorithm: string, pem: string, digest: Buffer, signature: Buffer): boolean {
  checkDigest(algorithm, digest);
  if (isLattice(algorithm)) return verify(null, digest, pem, signature);
  if (isCurve(algorithm)) return verifiesEcdsa(createPublicKey(pem), digest, signature);
  const padding = paddingOf(algorithm);
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
