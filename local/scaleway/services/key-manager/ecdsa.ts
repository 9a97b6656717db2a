import { createECDH, type KeyObject, randomBytes } from "node:crypto";

/**
 * ECDSA (FIPS 186-5 §6.4) over a digest that the caller computed, on P-256 and P-384: Node signs messages only. Signatures are
 * the DER sequence of both numbers, as everywhere. Not in constant time: the keys of a rehearsal guard nothing.
 */
interface Curve {
  readonly name: string;
  readonly bytes: number;
  /** Modulus of the field, and order of the base point. */
  readonly p: bigint;
  readonly n: bigint;
}
/** Affine; undefined is the point at infinity. */
type Point = { readonly x: bigint; readonly y: bigint } | undefined;

const CURVES: Readonly<Record<string, Curve>> = {
  "P-256": {
    name: "prime256v1",
    bytes: 32,
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  "P-384": {
    name: "secp384r1",
    bytes: 48,
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
};

const mod = (a: bigint, m: bigint): bigint => ((a % m) + m) % m;
const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString("hex") || "0"}`);
const bytesOf = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(length * 2, "0"), "hex");

/** Extended Euclid; the modulus is prime. */
function inverse(value: bigint, m: bigint): bigint {
  let [a, b, x, y] = [mod(value, m), m, 1n, 0n];
  while (a > 1n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return mod(x, m);
}

function parts(key: KeyObject): { readonly curve: Curve; readonly d: bigint; readonly q: Point } {
  const { crv = "", d = "", x = "", y = "" } = key.export({ format: "jwk" });
  const curve = CURVES[crv];
  if (curve === undefined) throw new TypeError(`no curve ${crv}`);
  const field = (text: string): bigint => numberOf(Buffer.from(text, "base64url"));
  return { curve, d: field(d), q: { x: field(x), y: field(y) } };
}

/** The base point times `k`. */
function baseTimes(curve: Curve, k: bigint): Point {
  if (k === 0n) return undefined;
  const ecdh = createECDH(curve.name);
  ecdh.setPrivateKey(bytesOf(k, curve.bytes));
  const point = ecdh.getPublicKey();
  return { x: numberOf(point.subarray(1, 1 + curve.bytes)), y: numberOf(point.subarray(1 + curve.bytes)) };
}

function add({ p }: Curve, a: Point, b: Point): Point {
  if (a === undefined) return b;
  if (b === undefined) return a;
  if (a.x === b.x && a.y !== b.y) return undefined;
  // Both curves have -3 as their first coefficient.
  const slope = a.x === b.x ? (3n * a.x * a.x - 3n) * inverse(2n * a.y, p) : (b.y - a.y) * inverse(b.x - a.x, p);
  const x = mod(slope * slope - a.x - b.x, p);
  return { x, y: mod(slope * (a.x - x) - a.y, p) };
}

function times(curve: Curve, point: Point, k: bigint): Point {
  let [sum, power]: Point[] = [undefined, point];
  for (let rest = k; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) sum = add(curve, sum, power);
    power = add(curve, power, power);
  }
  return sum;
}

/** A positive number as DER has it: no needless zeros, no sign bit. */
function derNumber(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  const signed = (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
  return Buffer.concat([Buffer.from([2, signed.length]), signed]);
}

/** Both numbers of a signature; undefined when it is none. Its length takes one byte on either curve. */
function readDer(signature: Buffer): readonly [bigint, bigint] | undefined {
  const first = signature[3] ?? 0;
  const second = signature[5 + first] ?? 0;
  const whole =
    signature[0] === 0x30 && signature[1] === signature.length - 2 && signature.length === 6 + first + second;
  if (!whole || signature[2] !== 2 || signature[4 + first] !== 2) return undefined;
  return [numberOf(signature.subarray(4, 4 + first)), numberOf(signature.subarray(6 + first))];
}

export function signEcdsa(key: KeyObject, digest: Buffer): Buffer {
  const { curve, d } = parts(key);
  for (;;) {
    const k = mod(numberOf(randomBytes(curve.bytes + 8)), curve.n);
    const r = mod(baseTimes(curve, k)?.x ?? 0n, curve.n);
    const s = r === 0n ? 0n : mod(inverse(k, curve.n) * (numberOf(digest) + r * d), curve.n);
    if (s === 0n) continue;
    const body = Buffer.concat([derNumber(r), derNumber(s)]);
    return Buffer.concat([Buffer.from([0x30, body.length]), body]);
  }
}

export function verifiesEcdsa(key: KeyObject, digest: Buffer, signature: Buffer): boolean {
  const { curve, q } = parts(key);
  const [r, s] = readDer(signature) ?? [0n, 0n];
  if (r <= 0n || s <= 0n || r >= curve.n || s >= curve.n) return false;
  const w = inverse(s, curve.n);
  const point = add(curve, baseTimes(curve, mod(numberOf(digest) * w, curve.n)), times(curve, q, mod(r * w, curve.n)));
  return point !== undefined && mod(point.x, curve.n) === r;
}
