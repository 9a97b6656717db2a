import { specialSecretSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc.js";
import { compare } from "bcryptjs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomProvider } from "../../local/plugins/random/provider.ts";
import { randomText, SPECIAL, textFaults } from "../../local/plugins/random/text.ts";

const { check, diff, create, read } = randomProvider("0.0.0");
if (!check || !diff || !create || !read) throw new Error("the provider lacks a method");

const urn = (kind: string): string => `urn:pulumi:test::app::app:Group$random:index/random${kind}:Random${kind}::value`;
const secret = (value: unknown): unknown => ({ [specialSigKey]: specialSecretSig, value });
const secretOf = (value: unknown): string => {
  expect(value).toMatchObject({ [specialSigKey]: specialSecretSig });
  return String(Object(value).value);
};

const CLASSES = { upper: /[A-Z]/g, lower: /[a-z]/g, numeric: /[0-9]/g } as const;
const count = (text: string, from: RegExp | string): number =>
  typeof from === "string" ? [...text].filter((c) => from.includes(c)).length : (text.match(from) ?? []).length;

const rules = fc.record({
  length: fc.integer({ min: 1, max: 120 }),
  upper: fc.boolean(),
  lower: fc.boolean(),
  numeric: fc.boolean(),
  special: fc.boolean(),
  minUpper: fc.nat(12),
  minLower: fc.nat(12),
  minNumeric: fc.nat(12),
  minSpecial: fc.nat(12),
  overrideSpecial: fc.constantFrom(undefined, "_%@"),
});

describe("random text", () => {
  it("has its length, its minima, and only characters that were allowed", () => {
    fc.assert(
      fc.property(rules, (r) => {
        fc.pre(textFaults(r).length === 0);
        const text = randomText(r);
        const special = r.overrideSpecial ?? SPECIAL;
        expect(text).toHaveLength(r.length);
        expect(count(text, CLASSES.upper)).toBeGreaterThanOrEqual(r.minUpper);
        expect(count(text, CLASSES.lower)).toBeGreaterThanOrEqual(r.minLower);
        expect(count(text, CLASSES.numeric)).toBeGreaterThanOrEqual(r.minNumeric);
        expect(count(text, special)).toBeGreaterThanOrEqual(r.minSpecial);
        // A kind that is switched off appears as often as its minimum asks, and no more.
        if (!r.upper) expect(count(text, CLASSES.upper)).toBe(r.minUpper);
        if (!r.lower) expect(count(text, CLASSES.lower)).toBe(r.minLower);
        if (!r.numeric) expect(count(text, CLASSES.numeric)).toBe(r.minNumeric);
        if (!r.special) expect(count(text, special)).toBe(r.minSpecial);
        expect([...text].every((c) => /[A-Za-z0-9]/.test(c) || special.includes(c))).toBe(true);
      }),
    );
  });

  it("says so when no text can follow the rules, and only then", () => {
    fc.assert(
      fc.property(rules, (r) => {
        const least = r.minUpper + r.minLower + r.minNumeric + r.minSpecial;
        const nothingAllowed = !r.upper && !r.lower && !r.numeric && !r.special;
        expect(textFaults(r).length > 0).toBe(r.length < least || (nothingAllowed && r.length > least));
      }),
    );
  });

  it("draws every place and every character without favour", () => {
    const drawn = Array.from({ length: 4000 }, () =>
      randomText({
        length: 5,
        upper: false,
        lower: false,
        numeric: true,
        special: false,
        minUpper: 1,
        minLower: 0,
        minNumeric: 0,
        minSpecial: 0,
        overrideSpecial: undefined,
      }),
    );
    // 4000 draws over 5 places and 16000 over 10 digits: six standard deviations either way.
    for (let place = 0; place < 5; place += 1) {
      const hits = drawn.filter((t) => /[A-Z]/.test(t.charAt(place))).length;
      expect(Math.abs(hits - 800)).toBeLessThan(6 * Math.sqrt(4000 * 0.2 * 0.8));
    }
    for (const digit of "0123456789") {
      const hits = drawn.reduce((sum, t) => sum + count(t, digit), 0);
      expect(Math.abs(hits - 1600)).toBeLessThan(6 * Math.sqrt(16000 * 0.1 * 0.9));
    }
  });
});

describe("resources", () => {
  it("make a password that is secret, with its hash, under the official id", async () => {
    const { id, outs } = await create(urn("Password"), { length: 90, minUpper: 3 });
    const result = secretOf(outs.result);
    expect(id).toBe("none");
    expect(result).toHaveLength(90);
    expect(await compare(result.slice(0, 72), secretOf(outs.bcryptHash))).toBe(true);
    expect(outs).toMatchObject({ special: true, numeric: true, number: true, minUpper: 3, minLower: 0 });
  });

  it("write the same bytes in each notation", async () => {
    const { id, outs } = await create(urn("Id"), { byteLength: 9, prefix: "web-" });
    const drawn = Buffer.from(id, "base64url");
    expect(drawn).toHaveLength(9);
    expect(outs).toMatchObject({
      b64Url: `web-${id}`,
      b64Std: `web-${drawn.toString("base64")}`,
      hex: `web-${drawn.toString("hex")}`,
      dec: `web-${BigInt(`0x${drawn.toString("hex")}`)}`,
    });
    const bytes = await create(urn("Bytes"), { length: 33 });
    expect(Buffer.from(secretOf(bytes.outs.base64), "base64").toString("hex")).toBe(secretOf(bytes.outs.hex));
  });

  it("stay as they are when nothing changes, whichever defaults are written out", async () => {
    for (const [kind, inputs, same] of [
      ["Password", { length: 20 }, { length: 20, special: true, minLower: 0, number: true }],
      ["String", { length: 20, number: false }, { length: 20, numeric: false }],
      ["Id", { byteLength: 4, keepers: { a: "1", b: "2" } }, { byteLength: 4, keepers: { b: "2", a: "1" } }],
      ["Bytes", { length: 4, keepers: secret({ a: "1" }) }, { length: 4, keepers: { a: "1" } }],
      ["Uuid", {}, {}],
    ] as const) {
      const { id, outs } = await create(urn(kind), inputs);
      for (const news of [inputs, same])
        expect(await diff(id, urn(kind), outs, news), kind).toEqual({ changes: false, replaces: [] });
      expect((await read(id, urn(kind), outs)).props).toEqual(outs);
    }
  });

  it("are drawn anew for any other input, an unknown one included", async () => {
    const { id, outs } = await create(urn("Password"), { length: 20, keepers: { a: "1" } });
    for (const [property, value] of [
      ["length", 21],
      ["special", false],
      ["minLower", 1],
      ["overrideSpecial", "_"],
      ["keepers", { a: "2" }],
      ["keepers", unknownValue],
      ["keepers", undefined],
    ] as const) {
      const news = { length: 20, keepers: { a: "1" }, [property]: value };
      expect(await diff(id, urn("Password"), outs, news)).toEqual({ changes: true, replaces: [property] });
    }
  });

  it("refuse inputs that cannot be met, all at once", async () => {
    const { failures = [] } = await check(urn("Password"), {}, { length: 2.5, minUpper: -1, size: 3 });
    expect(failures.map((f) => f.property).sort()).toEqual(["length", "minUpper", "size"]);
    expect((await check(urn("Password"), {}, {})).failures).toMatchObject([{ property: "length" }]);
    expect((await check(urn("Password"), {}, { length: 3, minUpper: 4 })).failures).toMatchObject([
      { property: "length" },
    ]);
    expect((await check(urn("Id"), {}, { byteLength: 0 })).failures).toMatchObject([{ property: "byteLength" }]);
    expect((await check(urn("Password"), {}, { length: unknownValue })).failures).toEqual([]);
  });

  it("can be imported by value, and come out as if drawn", async () => {
    for (const [kind, inputs] of [
      ["String", { length: 12 }],
      ["Id", { byteLength: 6 }],
      ["Uuid", {}],
    ] as const) {
      const made = await create(urn(kind), inputs);
      const found = await read(made.id, urn(kind), {});
      expect(found.props).toEqual({ ...made.outs });
      expect(await diff(made.id, urn(kind), found.props, inputs)).toMatchObject({ changes: false });
    }
    await expect(read("not a uuid", urn("Uuid"), {})).rejects.toThrow(/want a uuid/);
  });

  it("say what is missing for a type that the stand-in lacks", async () => {
    await expect(create(urn("Pet"), {})).rejects.toThrow(/has no random:index\/randomPet:RandomPet.*official/);
  });
});
