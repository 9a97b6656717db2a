import ipaddr from "ipaddr.js";

/**
 * Canonical IPv4/IPv6 ranges as an interval of integers. Parsing is total: text that is not a range, or that has host bits
 * set, is `undefined`, never rounded. Laws (tested): containment is a partial order; overlap is symmetric; the halves of a
 * range are disjoint and cover it.
 */
export interface Cidr {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly prefix: number;
  /** Canonical text, e.g. `10.0.0.0/16`. */
  readonly text: string;
}

const width = (family: 4 | 6): number => (family === 4 ? 32 : 128);

const toBigInt = (bytes: readonly number[]): bigint => bytes.reduce((n, byte) => (n << 8n) | BigInt(byte), 0n);

function toAddress(family: 4 | 6, value: bigint): string {
  const bytes = Array.from({ length: width(family) / 8 }, (_, i) =>
    Number((value >> BigInt(width(family) - 8 * (i + 1))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

function make(family: 4 | 6, first: bigint, prefix: number): Cidr {
  const last = first + (1n << BigInt(width(family) - prefix)) - 1n;
  return { family, first, last, prefix, text: `${toAddress(family, first)}/${prefix}` };
}

/** Four decimal parts without leading zero, with or without prefix: nearly every range that is written. */
const USUAL_V4 = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})(?:\/(0|[1-9]\d?))?$/;

/** The same of a usual IPv4 range, by plain numbers; `undefined` leaves the text to the parser that knows every form. */
function usualV4(text: string): Cidr | undefined {
  const parts = USUAL_V4.exec(text);
  if (parts === null) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 32] = parts
    .slice(1)
    .map((p) => (p === undefined ? 32 : Number(p)));
  if (a > 255 || b > 255 || c > 255 || d > 255 || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  if (first % size !== 0) return undefined;
  return {
    family: 4,
    first: BigInt(first),
    last: BigInt(first + size - 1),
    prefix,
    text: `${a}.${b}.${c}.${d}/${prefix}`,
  };
}

/** A range from `address/prefix`; a bare address is a range of one. Host bits set → undefined. */
export function parseCidr(text: string): Cidr | undefined {
  return usualV4(text) ?? parseAny(text);
}

function parseAny(text: string): Cidr | undefined {
  const [address, prefixText, ...rest] = text.split("/");
  if (address === undefined || rest.length > 0) return undefined;
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isV4 && !(address.includes(":") && !address.includes("%") && ipaddr.IPv6.isValid(address))) return undefined;
  const family = isV4 ? 4 : 6;
  if (prefixText !== undefined && !/^(0|[1-9]\d{0,2})$/.test(prefixText)) return undefined;
  const prefix = prefixText === undefined ? width(family) : Number(prefixText);
  if (prefix > width(family)) return undefined;
  const value = toBigInt(ipaddr.parse(address).toByteArray());
  const hostBits = (1n << BigInt(width(family) - prefix)) - 1n;
  return (value & hostBits) === 0n ? make(family, value, prefix) : undefined;
}

export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;

export const overlaps = (a: Cidr, b: Cidr): boolean => a.family === b.family && a.first <= b.last && b.first <= a.last;

/** Every address of its family: `0.0.0.0/0` or `::/0`. */
export const isEverything = (range: Cidr): boolean => range.prefix === 0;

/** The `index`-th sub-range of `prefix` bits; undefined when `prefix` is shorter than the range's or the index is outside. */
export function subrange(range: Cidr, prefix: number, index: number): Cidr | undefined {
  if (prefix < range.prefix || prefix > width(range.family) || index < 0) return undefined;
  if (BigInt(index) >= 1n << BigInt(prefix - range.prefix)) return undefined;
  return make(range.family, range.first + (BigInt(index) << BigInt(width(range.family) - prefix)), prefix);
}

/** The `index`-th address of a range as text without prefix; undefined when outside. */
export function addressAt(range: Cidr, index: number): string | undefined {
  const value = range.first + BigInt(index);
  return index < 0 || value > range.last ? undefined : toAddress(range.family, value);
}
