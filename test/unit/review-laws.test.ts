import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RawResource } from "../../judge/facts/raw.ts";
import { type Change, isNotKnown } from "../../judge/review/change.ts";
import { estates } from "../harness/estates.ts";
import { rawEstate } from "../harness/raw.ts";
import { reviewed } from "../harness/reviews.ts";

const shuffled = (resources: readonly RawResource[]): readonly RawResource[] => [...resources].reverse();

/** A label is a text that nothing is decided by. */
const relabelled = (resources: readonly RawResource[]): readonly RawResource[] =>
  resources.map((r) => ({ ...r, inputs: { ...r.inputs, description: "another" } }));

const meaningOf = ({ topic, aspect, subject, what }: Change): string => `${topic} ${aspect} ${subject} ${what}`;
const comparable = (c: Change): boolean =>
  !["loss", "verdict", "unknown", "law", "store"].includes(c.topic) && !isNotKnown(c.after) && !isNotKnown(c.before);

describe("laws of a review", () => {
  it("nothing is said between an estate and itself, however it is ordered and labelled", () => {
    fc.assert(
      fc.property(estates, (resources) => {
        expect(reviewed(resources, relabelled(shuffled(resources))).changes).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("is the same whatever order the resources come in", () => {
    fc.assert(
      fc.property(estates, estates, (a, b) => {
        expect(reviewed(shuffled(a), shuffled(b))).toEqual(reviewed(a, b));
      }),
      { numRuns: 40 },
    );
  });

  it("what opens on the way there closes on the way back", () => {
    fc.assert(
      fc.property(estates, estates, (a, b) => {
        const opens = reviewed(a, b).changes.filter(
          (c) => comparable(c) && c.topic === "exposure" && c.before === undefined,
        );
        const closes = reviewed(b, a).changes.filter(
          (c) => comparable(c) && c.topic === "exposure" && c.after === undefined,
        );
        expect(closes.map(meaningOf).sort()).toEqual(opens.map(meaningOf).sort());
      }),
      { numRuns: 60 },
    );
  });

  it("an empty estate has everything to open and nothing to lose", () => {
    fc.assert(
      fc.property(estates, (resources) => {
        const { changes } = reviewed([], resources);
        expect(changes.filter((c) => c.topic === "loss" || (c.after === undefined && c.before !== undefined))).toEqual(
          [],
        );
        expect(rawEstate(resources).resources.length === 0 ? changes : []).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
