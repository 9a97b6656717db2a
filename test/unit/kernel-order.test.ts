import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderedIndex, push } from "../../kernel/multimap.ts";
import { stableJson } from "../../kernel/order.ts";

/** The plain way to say it, by JSON's own replacer: sorts every object it meets, whether that is needed or not. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

describe("stable JSON", () => {
  it("is JSON of the same value with its keys sorted, at every depth and indent", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(stableJson(value, indent)).toBe(JSON.stringify(value, sorted, indent));
      }),
    );
  });

  it("leaves out what JSON leaves out, and lets dates speak for themselves", () => {
    const value = { b: undefined, a: [undefined, new Date(0)], c: { z: 1, y: undefined, x: Number.NaN } };
    expect(stableJson(value)).toBe('{"a":[null,"1970-01-01T00:00:00.000Z"],"c":{"x":null,"z":1}}');
  });

  it("does not touch what it writes", () => {
    const value = Object.freeze({ b: Object.freeze({ d: 1, c: 2 }), a: 3 });
    expect(stableJson(value)).toBe('{"a":3,"b":{"c":2,"d":1}}');
    expect(Object.keys(value)).toEqual(["b", "a"]);
  });
});

describe("indexes with several values under a key", () => {
  const key = fc.constantFrom("a", "b", "c", "__proto__");
  const items = fc.array(fc.oneof(fc.constant("every" as const), fc.uniqueArray(key)));

  it("give what a search through all items gives, in the same order", () => {
    fc.assert(
      fc.property(items, fc.array(key), (list, asked) => {
        const all = list.map((keys, position) => ({ keys, position }));
        const searched = all.filter(({ keys }) => keys === "every" || keys.some((k) => asked.includes(k)));
        expect(orderedIndex(all, ({ keys }) => keys).under(asked)).toEqual(searched);
      }),
    );
  });

  it("keep values under a key in the order in which they came", () => {
    const map = new Map<string, number[]>();
    for (const n of [1, 2, 3]) push(map, n === 2 ? "even" : "odd", n);
    expect([...map]).toEqual([
      ["odd", [1, 3]],
      ["even", [2]],
    ]);
  });
});
