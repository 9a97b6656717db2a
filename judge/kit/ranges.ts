import { type Cidr, contains, isEverything, overlaps, parseCidr } from "../../kernel/cidr.ts";

/**
 * Ranges wider than these hold whole countries or providers: no administration network is one. Two halves of the internet
 * are as open as the whole, so "any source" is judged by width, not by spelling (own parameter).
 */
const WIDEST = { 4: 8, 6: 16 } as const;

/** Addresses that are routed inside networks only: RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291. */
const PRIVATE: readonly Cidr[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
].flatMap((text) => parseCidr(text) ?? []);

/** IPv6 space in which all of IPv4 is written: mapped and compatible (RFC 4291), translated (RFC 6052, RFC 8215), 6to4 (RFC 3056). */
const HOLDS_IPV4: readonly Cidr[] = ["::/8", "64:ff9b::/32", "2002::/16"].flatMap((text) => parseCidr(text) ?? []);

/** True for a range that lies in private space as a whole. */
export const isPrivate = (range: Cidr): boolean => PRIVATE.some((space) => contains(space, range));

/** True for text that lets in practically everybody, and for text that is no range: what can't be read is not narrow. */
export function isAnySource(text: string): boolean {
  const range = parseCidr(text);
  if (range === undefined || HOLDS_IPV4.some((space) => overlaps(space, range))) return true;
  return isEverything(range) || (range.prefix < WIDEST[range.family] && !isPrivate(range));
}

/** True for a destination that is not wholly private: a default route, or a part of one. */
export function leadsOutside(text: string): boolean {
  const range = parseCidr(text);
  return range === undefined || !isPrivate(range);
}

/** Ranges of a list that many ask about, read once: the same list is asked about for each rule of each ACL. */
const read = new WeakMap<readonly string[], readonly Cidr[]>();

function rangesIn(texts: readonly string[]): readonly Cidr[] {
  const ranges = read.get(texts) ?? texts.flatMap((text) => parseCidr(text) ?? []);
  read.set(texts, ranges);
  return ranges;
}

/** True when one of `outer` holds all of `inner`; text that is no range holds and is held by nothing. */
export function isWithin(inner: string, outer: readonly string[]): boolean {
  const range = parseCidr(inner);
  return range !== undefined && rangesIn(outer).some((space) => contains(space, range));
}
