import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DefaultRetention,
  mayChangeRetention,
  mayDelete,
  type Retention,
  retentionFrom,
  type VersionLock,
} from "../../local/scaleway/s3/lock.ts";

const NOW = 1_000_000;
const governance = (until: number): Retention => ({ mode: "GOVERNANCE", until });
const compliance = (until: number): Retention => ({ mode: "COMPLIANCE", until });
const lock = (retention: Retention | undefined, legalHold = false): VersionLock => ({ retention, legalHold });

describe("deleting a version", () => {
  it.each([
    ["no lock", lock(undefined), false, true],
    ["governance", lock(governance(NOW + 1)), false, false],
    ["governance, bypassed", lock(governance(NOW + 1)), true, true],
    ["governance, at its instant", lock(governance(NOW)), false, true],
    ["compliance, bypassed", lock(compliance(NOW + 1)), true, false],
    ["compliance, at its instant", lock(compliance(NOW)), false, true],
    ["legal hold, bypassed", lock(undefined, true), true, false],
    ["legal hold after retention", lock(compliance(NOW), true), true, false],
  ])("%s", (_what, held, bypass, expected) => expect(mayDelete(held, NOW, bypass)).toBe(expected));
});

describe("changing a retention", () => {
  it.each([
    ["none to any", undefined, compliance(NOW + 9), false, true],
    ["governance longer", governance(NOW + 5), governance(NOW + 6), false, true],
    ["governance shorter", governance(NOW + 5), governance(NOW + 4), false, false],
    ["governance shorter, bypassed", governance(NOW + 5), governance(NOW + 4), true, true],
    ["governance off, bypassed", governance(NOW + 5), undefined, true, true],
    ["governance to compliance, as long", governance(NOW + 5), compliance(NOW + 5), false, true],
    ["compliance longer", compliance(NOW + 5), compliance(NOW + 6), false, true],
    ["compliance shorter, bypassed", compliance(NOW + 5), compliance(NOW + 4), true, false],
    ["compliance to governance, longer", compliance(NOW + 5), governance(NOW + 9), true, false],
    ["compliance off, bypassed", compliance(NOW + 5), undefined, true, false],
    ["compliance that is over", compliance(NOW), undefined, false, true],
  ])("%s", (_what, from, to, bypass, expected) => expect(mayChangeRetention(from, to, NOW, bypass)).toBe(expected));
});

describe("a bucket's default", () => {
  it("counts days of 24 hours and calendar years", () => {
    const start = Date.UTC(2028, 1, 29, 12);
    const until = (rule: DefaultRetention): string => new Date(retentionFrom(rule, start).until).toISOString();
    expect(until({ mode: "COMPLIANCE", days: 2 })).toBe("2028-03-02T12:00:00.000Z");
    expect(until({ mode: "GOVERNANCE", years: 4 })).toBe("2032-02-29T12:00:00.000Z");
  });
});

describe("laws", () => {
  const retention = fc.option(
    fc.record({ mode: fc.constantFrom("GOVERNANCE", "COMPLIANCE"), until: fc.integer({ min: 0, max: 100 }) }),
    { nil: undefined },
  );
  const locks = fc.record({ retention, legalHold: fc.boolean() });
  const time = fc.integer({ min: 0, max: 120 });

  /** What anybody may try, each a moment later than the last: to change the retention, or to delete. */
  const step = fc.record({ after: fc.integer({ min: 0, max: 10 }), next: retention, bypass: fc.boolean() });

  it("nothing lifts a compliance retention before its date", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.array(step, { maxLength: 30 }), (until, steps) => {
        let held: VersionLock = lock(compliance(until));
        let now = 0;
        for (const { after, next, bypass } of steps) {
          now += after;
          if (mayDelete(held, now, bypass)) return now >= until;
          if (mayChangeRetention(held.retention, next, now, bypass)) held = { ...held, retention: next };
        }
        return true;
      }),
    );
  });

  it("what time has unlocked stays unlocked, and bypass never locks", () => {
    fc.assert(
      fc.property(locks, time, time, fc.boolean(), (held, a, b, bypass) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        const isKept = !mayDelete(held, early, bypass) || mayDelete(held, late, bypass);
        return isKept && (!mayDelete(held, early, false) || mayDelete(held, early, true));
      }),
    );
  });

  it("a change that needs no bypass never makes a version deletable sooner", () => {
    fc.assert(
      fc.property(retention, retention, time, time, (from, to, now, later) => {
        fc.pre(later >= now && !mayDelete(lock(from), now, true) && mayChangeRetention(from, to, now, false));
        return !mayDelete(lock(to), later, true) || mayDelete(lock(from), later, true);
      }),
    );
  });
});
