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

/** Jacobian coordinates: no inverse at each step. A third coordinate of 0 is the point at infinity. */
type Jacobian = readonly [x: bigint, y: bigint, z: bigint];
const INFINITY: Jacobian = [1n, 1n, 0n];
const lifted = (point: Point): Jacobian => (point === undefined ? INFINITY : [point.x, point.y, 1n]);

function dropped({ p }: Curve, [x, y, z]: Jacobian): Point {
  if (z === 0n) return undefined;
  const w = inverse(z, p);
  return { x: mod(x * w * w, p), y: mod(y * w * w * w, p) };
}

/** Both curves have -3 as their first coefficient, which shortens the slope. */
function double({ p }: Curve, [x, y, z]: Jacobian): Jacobian {
  const square = mod(y * y, p);
  const s = mod(4n * x * square, p);
  const m = mod(3n * (x - z * z) * (x + z * z), p);
  const sum = mod(m * m - 2n * s, p);
  return [sum, mod(m * (s - sum) - 8n * square * square, p), mod(2n * y * z, p)];
}

function add(curve: Curve, a: Jacobian, b: Jacobian): Jacobian {
  const { p } = curve;
  if (a[2] === 0n) return b;
  if (b[2] === 0n) return a;
  const [za, zb] = [mod(a[2] * a[2], p), mod(b[2] * b[2], p)];
  const [ua, ub] = [mod(a[0] * zb, p), mod(b[0] * za, p)];
  const [sa, sb] = [mod(a[1] * zb * b[2], p), mod(b[1] * za * a[2], p)];
  if (ua === ub) return sa === sb ? double(curve, a) : INFINITY;
  const h = mod(ub - ua, p);
  const r = mod(sb - sa, p);
  const [hh, hhh] = [mod(h * h, p), mod(h * h * h, p)];
  const x = mod(r * r - hhh - 2n * ua * hh, p);
  return [x, mod(r * (ua * hh - x) - sa * hhh, p), mod(h * a[2] * b[2], p)];
}

function times(curve: Curve, point: Jacobian, k: bigint): Jacobian {
  let sum = INFINITY;
  let power = point;
  for (let rest = k; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) sum = add(curve, sum, power);
    power = double(curve, power);
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
  const own = lifted(baseTimes(curve, mod(numberOf(digest) * w, curve.n)));
  const point = dropped(curve, add(curve, own, times(curve, lifted(q), mod(r * w, curve.n))));
  return point !== undefined && mod(point.x, curve.n) === r;
}
