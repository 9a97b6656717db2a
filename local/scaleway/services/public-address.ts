import { addressAt, parseCidr, subrange } from "../../../kernel/cidr.ts";
import type { Platform } from "../core/platform.ts";
import { quotaExceeded } from "../core/problem.ts";

/**
 * Addresses and hardware addresses that the platform hands out, each once in the life of a store. The public ones come from
 * ranges that Scaleway announces (recordings), so that whoever judges them sees public addresses; nothing ever connects.
 */
const V4 = "51.15.0.0/16";
const V6 = "2001:bc8:700::/40";
const FIRST = 10;

function nextIndex(platform: Platform, sequence: string): number {
  const next = Number(platform.store.meta.get(sequence) ?? FIRST);
  platform.store.meta.set(sequence, String(next + 1));
  return next;
}

export function publicV4(platform: Platform): string {
  const range = parseCidr(V4);
  const index = nextIndex(platform, "public.v4");
  const address = range === undefined ? undefined : addressAt(range, index);
  if (address === undefined) throw quotaExceeded("ip", index, index);
  return address;
}

/** A /64 of its own. */
export function publicV6(platform: Platform): string {
  const range = parseCidr(V6);
  const index = nextIndex(platform, "public.v6");
  const prefix = range === undefined ? undefined : subrange(range, 64, index)?.text;
  if (prefix === undefined) throw quotaExceeded("ip", index, index);
  return prefix;
}

/** Name that a public IPv4 address answers to unless its owner gives it one. */
export const defaultReverse = (address: string): string =>
  `${address.split(".").reverse().join("-")}.instances.scw.cloud`;

/** The platform's words for a reverse name that does not lead back (recordings); here no public name leads anywhere. */
export const mustResolve = (reverse: string, address: string): string =>
  `Your reverse must resolve. Ensure the command 'dig +short ${reverse}' matches your IP address '${address}'. If it does, please contact our support.`;

/** A hardware address under this prefix of three bytes. */
export const macAddress = (platform: Platform, prefix = "02:00:00"): string =>
  `${prefix}:${platform.ids.hex(3).replace(/..(?=.)/g, "$&:")}`;
