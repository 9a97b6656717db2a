import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expiryOf, SLOTS } from "../../blueprint/credentials.ts";
import { addDays, daysBetween } from "../../stacks/dates.ts";
import { planOf } from "../harness/plans.ts";

/** What the schema and the checks allow: a lifetime of at least two rotations and at most 90 days. */
const wishes = fc
  .record({
    everyDays: fc.integer({ min: 7, max: 45 }),
    slack: fc.integer({ min: 0, max: 76 }),
    start: fc.integer({ min: 0, max: 4000 }),
  })
  .map(({ everyDays, slack, start }) => ({
    origin: addDays("2026-01-01", start),
    everyDays,
    lifetimeDays: Math.min(90, 2 * everyDays + slack),
  }));
const elapsed = fc.integer({ min: 0, max: 3000 });

const ends = (wish: Parameters<typeof expiryOf>[1], day: string): readonly string[] =>
  SLOTS.map((slot) => expiryOf(slot, wish, day));

describe("API key rotation", () => {
  it("on every day both keys of the plan are live", () =>
    fc.assert(
      fc.property(wishes, elapsed, (wish, days) => {
        const day = addDays(wish.origin, days);
        for (const end of ends(wish, day)) expect(daysBetween(day, end)).toBeGreaterThan(0);
      }),
    ));

  it("no key lives longer than its lifetime after the day that planned it", () =>
    fc.assert(
      fc.property(wishes, elapsed, (wish, days) => {
        const day = addDays(wish.origin, days);
        for (const end of ends(wish, day)) {
          expect(daysBetween(day, end)).toBeLessThanOrEqual(wish.lifetimeDays);
          expect(wish.lifetimeDays).toBeLessThanOrEqual(90);
        }
      }),
    ));

  it("from one period to the next exactly one slot changes, by turns", () =>
    fc.assert(
      fc.property(wishes, fc.integer({ min: 0, max: 60 }), (wish, period) => {
        const [a, b] = [period, period + 1].map((n) => ends(wish, addDays(wish.origin, n * wish.everyDays)));
        const changed = SLOTS.filter((_, i) => a?.[i] !== b?.[i]);
        expect(changed).toEqual([period % 2 === 0 ? "b" : "a"]);
      }),
    ));

  it("within a period nothing changes", () =>
    fc.assert(
      fc.property(wishes, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 44 }), (wish, period, later) => {
        const start = addDays(wish.origin, period * wish.everyDays);
        const day = addDays(start, later % wish.everyDays);
        expect(ends(wish, day)).toEqual(ends(wish, start));
      }),
    ));

  /** The oracle plays a whole life: an operator who applies once in each period, on any day of it. */
  it("a client that holds both keys holds a live one on every day, if each period has one run", () =>
    fc.assert(
      fc.property(wishes, fc.array(fc.integer({ min: 0, max: 44 }), { minLength: 3, maxLength: 8 }), (wish, delays) => {
        const runs = delays.map((delay, period) => period * wish.everyDays + (delay % wish.everyDays));
        const last = runs.at(-1) ?? 0;
        let held: readonly string[] = [];
        for (let day = runs[0] ?? 0; day <= last; day += 1) {
          const today = addDays(wish.origin, day);
          if (runs.includes(day)) held = ends(wish, today);
          expect(held.some((end) => daysBetween(today, end) > 0)).toBe(true);
        }
      }),
      { numRuns: 50 },
    ));

  it("gives every application two keys that end on different days", () => {
    const { apiKeys } = planOf("rehearsal").foundation.identity;
    const byApplication = Map.groupBy(apiKeys, (key) => key.application);
    expect(byApplication.size).toBeGreaterThan(5);
    for (const pair of byApplication.values()) {
      expect(pair.map((key) => key.slot)).toEqual(["a", "b"]);
      expect(new Set(pair.map((key) => key.expiresAt)).size).toBe(2);
    }
  });
});
