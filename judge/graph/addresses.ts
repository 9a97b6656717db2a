import { type Cidr, parseCidr } from "../../kernel/cidr.ts";
import { everyAddress, type Range } from "./packets.ts";

/** Address ranges as the graph reads them: text that can't be read is told apart, so that the caller can widen or ignore it. */
export interface Addresses {
  readonly family: 4 | 6;
  readonly range: Range;
}

export const rangeOf = ({ family, first, last }: Cidr): Addresses => ({ family, range: [first, last] });

/** A range; `undefined` when the text is none. Host bits beside the prefix are masked, as Scaleway's API does. */
export function readRange(text: string): Addresses | undefined {
  const exact = parseCidr(text);
  if (exact !== undefined) return rangeOf(exact);
  const [address = "", prefix = ""] = text.split("/");
  const host = parseCidr(address);
  if (host === undefined || !/^\d{1,3}$/.test(prefix)) return undefined;
  const width = host.family === 4 ? 32 : 128;
  if (Number(prefix) > width) return undefined;
  const bits = BigInt(width - Number(prefix));
  const first = (host.first >> bits) << bits;
  return { family: host.family, range: [first, first + (1n << bits) - 1n] };
}

const read = (texts: readonly string[]): readonly Addresses[] => texts.flatMap((text) => readRange(text) ?? []);

/** Space that is routed inside networks only: RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291. */
export const PRIVATE_SPACE: readonly Addresses[] = read([
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
]);

/** The rest of both families. */
export const PUBLIC_SPACE: readonly Addresses[] = ([4, 6] as const).flatMap((family) => {
  const taken = PRIVATE_SPACE.filter((a) => a.family === family)
    .map((a) => a.range)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const parts: Addresses[] = [];
  const [start, last] = everyAddress(family);
  let next = start;
  for (const [first, end] of taken) {
    if (next < first) parts.push({ family, range: [next, first - 1n] });
    next = end + 1n;
  }
  if (next <= last) parts.push({ family, range: [next, last] });
  return parts;
});

export const overlap = (a: Addresses, b: Addresses): boolean =>
  a.family === b.family && a.range[0] <= b.range[1] && b.range[0] <= a.range[1];

export const holds = (outer: Addresses, inner: Addresses): boolean =>
  outer.family === inner.family && outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
