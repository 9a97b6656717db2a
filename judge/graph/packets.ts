/**
 * Sets of packet headers: family × protocol × source × destination × source ports × destination ports, each axis an interval,
 * never expanded. A set is a list of boxes; boxes may overlap.
 *
 * Laws (tested against membership of single headers): `intersect`, `union` and `subtract` are those of sets; `covers` is a
 * partial order with `NONE` at the bottom; a ∩ b ⊆ a ⊆ a ∪ b; (a − b) ∩ b = ∅ and (a − b) ∪ (a ∩ b) = a, unless a − b was cut
 * short. A subtraction that would need more than `MOST_BOXES` boxes is cut short: it keeps what it could not take away and says so
 * (`exact: false`), so that a set is never smaller than the truth.
 */
export interface Packets {
  readonly boxes: readonly Box[];
  /** False: the set may hold more than it should. */
  readonly exact: boolean;
}

export interface Box {
  readonly family: 4 | 6;
  readonly protocol: Span;
  readonly from: Range;
  readonly to: Range;
  readonly fromPort: Span;
  readonly toPort: Span;
}

/** Inclusive. */
export type Span = readonly [low: number, high: number];
/** Inclusive, addresses as integers of their family. */
export type Range = readonly [first: bigint, last: bigint];

/** Positions of protocols on their axis; `OTHER` is everything else that an address can carry. */
export const PROTOCOLS = ["TCP", "UDP", "ICMP", "OTHER"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export const protocolSpan = (name: Protocol): Span => [PROTOCOLS.indexOf(name), PROTOCOLS.indexOf(name)];
export const ANY_PROTOCOL: Span = [0, PROTOCOLS.length - 1];
export const ANY_PORT: Span = [0, 65_535];

const LAST = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n } as const;
export const everyAddress = (family: 4 | 6): Range => [0n, LAST[family]];

/** Boxes that one set may have before subtraction gives up. */
export const MOST_BOXES = 2_048;

export const NONE: Packets = { boxes: [], exact: true };

const everything = (family: 4 | 6): Box => ({
  family,
  protocol: ANY_PROTOCOL,
  from: everyAddress(family),
  to: everyAddress(family),
  fromPort: ANY_PORT,
  toPort: ANY_PORT,
});
export const EVERYTHING: Packets = { boxes: [everything(4), everything(6)], exact: true };

export const packets = (boxes: readonly Box[]): Packets => (boxes.length === 0 ? NONE : { boxes, exact: true });

/** A box that is everything but for the axes given. */
export const boxOf = (family: 4 | 6, axes: Partial<Omit<Box, "family">>): Box => ({ ...everything(family), ...axes });

export const isEmpty = (set: Packets): boolean => set.boxes.length === 0;

const meetSpan = (a: Span, b: Span): Span | undefined => {
  const low = a[0] > b[0] ? a[0] : b[0];
  const high = a[1] < b[1] ? a[1] : b[1];
  return low > high ? undefined : [low, high];
};

const meetRange = (a: Range, b: Range): Range | undefined => {
  const first = a[0] > b[0] ? a[0] : b[0];
  const last = a[1] < b[1] ? a[1] : b[1];
  return first > last ? undefined : [first, last];
};

export function meet(a: Box, b: Box): Box | undefined {
  if (a.family !== b.family) return undefined;
  const to = meetRange(a.to, b.to);
  if (to === undefined) return undefined;
  const from = meetRange(a.from, b.from);
  if (from === undefined) return undefined;
  const protocol = meetSpan(a.protocol, b.protocol);
  const fromPort = meetSpan(a.fromPort, b.fromPort);
  const toPort = meetSpan(a.toPort, b.toPort);
  if (protocol === undefined || fromPort === undefined || toPort === undefined) return undefined;
  return { family: a.family, protocol, from, to, fromPort, toPort };
}

const within = (inner: Box, outer: Box): boolean =>
  inner.family === outer.family &&
  outer.to[0] <= inner.to[0] &&
  inner.to[1] <= outer.to[1] &&
  outer.from[0] <= inner.from[0] &&
  inner.from[1] <= outer.from[1] &&
  outer.protocol[0] <= inner.protocol[0] &&
  inner.protocol[1] <= outer.protocol[1] &&
  outer.fromPort[0] <= inner.fromPort[0] &&
  inner.fromPort[1] <= outer.fromPort[1] &&
  outer.toPort[0] <= inner.toPort[0] &&
  inner.toPort[1] <= outer.toPort[1];

export function intersect(a: Packets, b: Packets): Packets {
  const boxes = a.boxes.flatMap((x) => b.boxes.flatMap((y) => meet(x, y) ?? []));
  return { boxes: tidy(boxes), exact: a.exact && b.exact };
}

export function union(a: Packets, b: Packets): Packets {
  if (isEmpty(b)) return { boxes: a.boxes, exact: a.exact && b.exact };
  return { boxes: tidy([...a.boxes, ...b.boxes]), exact: a.exact && b.exact };
}

/** Drops boxes that another one holds. Quadratic, so long lists are left as they are: overlap does no harm. */
function tidy(boxes: readonly Box[]): readonly Box[] {
  if (boxes.length < 2 || boxes.length > 64) return boxes;
  return boxes.filter(
    (box, i) => !boxes.some((other, j) => i !== j && within(box, other) && (!within(other, box) || j < i)),
  );
}

const RANGES = ["from", "to"] as const;
const SPANS = ["protocol", "fromPort", "toPort"] as const;

/** The parts of `a` outside of `b`, disjoint. */
function cut(a: Box, b: Box): readonly Box[] {
  const common = meet(a, b);
  if (common === undefined) return [a];
  const parts: Box[] = [];
  let rest: Box = a;
  for (const axis of RANGES) {
    const [first, last] = rest[axis];
    const [low, high] = common[axis];
    if (first < low) parts.push({ ...rest, [axis]: [first, low - 1n] });
    if (high < last) parts.push({ ...rest, [axis]: [high + 1n, last] });
    rest = { ...rest, [axis]: common[axis] };
  }
  for (const axis of SPANS) {
    const [first, last] = rest[axis];
    const [low, high] = common[axis];
    if (first < low) parts.push({ ...rest, [axis]: [first, low - 1] });
    if (high < last) parts.push({ ...rest, [axis]: [high + 1, last] });
    rest = { ...rest, [axis]: common[axis] };
  }
  return parts;
}

export function subtract(a: Packets, b: Packets): Packets {
  let boxes = a.boxes;
  let exact = a.exact;
  for (const taken of b.boxes) {
    if (boxes.length === 0) break;
    const next = boxes.flatMap((box) => cut(box, taken));
    if (next.length > MOST_BOXES) {
      exact = false;
      break;
    }
    boxes = next;
  }
  // What should have been taken away is too large, not too small, when it is not exact: then too much was taken.
  return b.exact ? { boxes, exact } : { boxes: a.boxes, exact: false };
}

/** True when every header of `inner` is in `outer`. Never true by a subtraction that was cut short. */
export const covers = (outer: Packets, inner: Packets): boolean => isEmpty(subtract(inner, outer));

/** The same headers with another destination: what an address translation makes of them. */
export const redirected = (set: Packets, to: Range, toPort: Span): Packets => ({
  boxes: tidy(set.boxes.map((box) => ({ ...box, to, toPort }))),
  exact: set.exact,
});
