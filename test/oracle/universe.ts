import ipaddr from "ipaddr.js";

/**
 * The small world that the packet walker tries every header of: one address and one port of each class that the written ranges
 * can tell apart. Written without any code of the graph.
 */
export type Family = 4 | 6;
export type Range = readonly [first: bigint, last: bigint];

export const PROTOCOLS = ["TCP", "UDP", "ICMP", "OTHER"] as const;

const BITS = { 4: 32, 6: 128 } as const;

const numberOf = (bytes: readonly number[]): bigint => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** The addresses of `a.b.c.d[/n]`, host bits masked; undefined when it can't be read. */
export function rangeOf(text: string): { readonly family: Family; readonly range: Range } | undefined {
  const [address = "", prefix] = text.split("/");
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.parse(address);
  const family: Family = parsed.kind() === "ipv4" ? 4 : 6;
  const length = prefix === undefined ? BITS[family] : Number(prefix);
  if (!/^\d+$/.test(prefix ?? "0") || length > BITS[family]) return undefined;
  const size = 1n << BigInt(BITS[family] - length);
  const first = (numberOf(parsed.toByteArray()) / size) * size;
  return { family, range: [first, first + size - 1n] };
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"].flatMap((text) => rangeOf(text) ?? []);

/** Whether an address is one of the internet's; only plain private and plain public ones ever stand in a universe. */
export const isPublic = (family: Family, address: bigint): boolean =>
  !PRIVATE.some((p) => p.family === family && address >= p.range[0] && address <= p.range[1]);

/** Stands for everything that no range of the estate names. */
const UNNAMED: Readonly<Record<Family, readonly string[]>> = {
  4: ["93.184.216.34", "192.168.77.7"],
  6: ["2a00:1450::7", "fd77::7"],
};

export interface Universe {
  readonly family: Family;
  /** One of each class, ascending. */
  readonly addresses: readonly bigint[];
  readonly fromPorts: readonly number[];
  readonly toPorts: readonly number[];
}

/** Cuts a line at every border and takes one point of each piece that lies in some named range. */
function pieces(ranges: readonly Range[]): readonly bigint[] {
  const borders = [...new Set(ranges.flatMap(([first, last]) => [first, last + 1n]))].sort((a, b) => (a < b ? -1 : 1));
  return borders.filter((point) => ranges.some(([first, last]) => point >= first && point <= last));
}

/** First and last of a written range of ports. */
export type Ports = readonly [low: number, high: number];

/** One port of each class, and one that no range names, unless they name all. */
function classesOf(ranges: readonly Ports[]): readonly number[] {
  const named = pieces(ranges.map(([low, high]): Range => [BigInt(low), BigInt(high)])).map(Number);
  const beside = [40_000, ...ranges.flatMap(([low, high]) => [low - 1, high + 1])];
  const free = beside.find((p) => p > 0 && p < 65_536 && !ranges.some(([low, high]) => p >= low && p <= high));
  return free === undefined ? named : [...named, free];
}

export function universeOf(
  family: Family,
  ranges: readonly Range[],
  ports: { readonly from: readonly Ports[]; readonly to: readonly Ports[] },
): Universe {
  // The whole space is no class of its own, and its first address is nobody's.
  const narrow = ranges.filter(([first]) => first > 0n);
  const unnamed = UNNAMED[family].flatMap((text) => rangeOf(text)?.range[0] ?? []);
  return {
    family,
    addresses: [...new Set([...pieces(narrow), ...unnamed])].sort((a, b) => (a < b ? -1 : 1)),
    fromPorts: classesOf(ports.from),
    toPorts: classesOf(ports.to),
  };
}
