import type { KeyObject } from "node:crypto";
import { p256, p384 } from "@noble/curves/nist.js";

/**
 * ECDSA (FIPS 186-5 §6.4) over a digest that the caller computed, on P-256 and P-384: Node signs messages only. Signatures are
 * the DER sequence of both numbers, as everywhere; either of the two that stand for each other is taken, as by everybody else.
 */
const CURVES = { "P-256": p256, "P-384": p384 };
const RAW = { prehash: false, lowS: false, format: "der" } as const;

const isCurve = (name: string): name is keyof typeof CURVES => Object.hasOwn(CURVES, name);
const part = (text = ""): Buffer => Buffer.from(text, "base64url");

function curveOf(name = ""): (typeof CURVES)[keyof typeof CURVES] {
  if (!isCurve(name)) throw new TypeError(`no curve ${name}`);
  return CURVES[name];
}

export function signEcdsa(key: KeyObject, digest: Buffer): Buffer {
  const { crv, d } = key.export({ format: "jwk" });
  return Buffer.from(curveOf(crv).sign(digest, part(d), RAW));
}

/** Whether a signature is one of this digest under this key; what is no signature at all is simply not. */
export function verifiesEcdsa(key: KeyObject, digest: Buffer, signature: Buffer): boolean {
  const { crv, x, y } = key.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.from([4]), part(x), part(y)]);
  return curveOf(crv).verify(signature, digest, point, RAW);
}
