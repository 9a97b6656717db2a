import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Box,
  boxOf,
  covers,
  intersect,
  isEmpty,
  MOST_BOXES,
  type Packets,
  packets,
  type Span,
  subtract,
  union,
} from "../../../judge/graph/packets.ts";

/** Single headers of a tiny world, so that sets can be compared member by member. */
const SIZE = 4;
const span = fc.tuple(fc.nat(SIZE - 1), fc.nat(SIZE - 1)).map(([a, b]): Span => [Math.min(a, b), Math.max(a, b)]);
const range = span.map(([a, b]) => [BigInt(a), BigInt(b)] as const);
const box = fc
  .record({ protocol: span, from: range, to: range, fromPort: span, toPort: span })
  .map((axes): Box => boxOf(4, axes));
const set = fc.array(box, { maxLength: 4 }).map(packets);

interface Header {
  readonly protocol: number;
  readonly from: number;
  readonly to: number;
  readonly fromPort: number;
  readonly toPort: number;
}
const digits = Array.from({ length: SIZE }, (_, i) => i);
const headers: readonly Header[] = digits.flatMap((protocol) =>
  digits.flatMap((from) =>
    digits.flatMap((to) =>
      digits.flatMap((fromPort) => digits.map((toPort) => ({ protocol, from, to, fromPort, toPort }))),
    ),
  ),
);
const within = (n: number, [low, high]: readonly [number | bigint, number | bigint]): boolean => low <= n && n <= high;
const has = ({ boxes }: Packets, h: Header): boolean =>
  boxes.some(
    (b) =>
      within(h.protocol, b.protocol) &&
      within(h.from, b.from) &&
      within(h.to, b.to) &&
      within(h.fromPort, b.fromPort) &&
      within(h.toPort, b.toPort),
  );
const members = (s: Packets): readonly boolean[] => headers.map((h) => has(s, h));

describe("sets of packets", () => {
  it("meet, join and differ as sets of headers do", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const [ma, mb] = [members(a), members(b)];
        expect(members(intersect(a, b))).toEqual(ma.map((x, i) => x && mb[i] === true));
        expect(members(union(a, b))).toEqual(ma.map((x, i) => x || mb[i] === true));
        expect(members(subtract(a, b))).toEqual(ma.map((x, i) => x && mb[i] !== true));
      }),
      { numRuns: 200 },
    );
  });

  it("cover each other as sets do, and the empty set is empty", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const [ma, mb] = [members(a), members(b)];
        expect(covers(a, b)).toBe(mb.every((x, i) => !x || ma[i] === true));
        expect(isEmpty(subtract(a, a))).toBe(true);
        expect(covers(a, intersect(a, b))).toBe(true);
        expect(covers(union(a, b), a)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("never mix families", () => {
    expect(isEmpty(intersect(packets([boxOf(4, {})]), packets([boxOf(6, {})])))).toBe(true);
  });

  it("are cut short rather than grow without end, and say so: then they are too large, never too small", () => {
    const holes = Array.from({ length: 3_000 }, (_, i) =>
      boxOf(4, {
        from: [BigInt(i * 7), BigInt(i * 7 + 2)],
        to: [BigInt(i * 5), BigInt(i * 5 + 1)],
        toPort: [i * 9, i * 9 + 3],
      }),
    );
    const rest = subtract(packets([boxOf(4, {})]), packets(holes));
    expect(rest.exact).toBe(false);
    expect(rest.boxes.length).toBeLessThanOrEqual(MOST_BOXES);
    const all = subtract(packets([boxOf(4, {})]), { boxes: [boxOf(4, {})], exact: false });
    expect(isEmpty(all)).toBe(false);
  });
});
