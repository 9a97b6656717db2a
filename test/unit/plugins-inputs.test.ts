import { unknownValue } from "@pulumi/pulumi/runtime/rpc.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apiDuration, hoursOf, parseDuration } from "../../plugins/bastide/duration.ts";
import { ALGORITHMS, checkKey } from "../../plugins/bastide/key-inputs.ts";
import { open, seal } from "../../plugins/bastide/values.ts";

const GOOD = {
  name: "records",
  region: "fr-par",
  projectId: "105bdce1-64c0-48ab-899d-868455867ecf",
  usage: "symmetric_encryption",
  algorithm: "aes_256_gcm",
  protectionLevel: "hsm",
  rotationPolicy: { rotationPeriod: "2160h" },
};
const faults = (over: Record<string, unknown>, olds: Record<string, unknown> = {}): readonly string[] =>
  checkKey(olds, { ...GOOD, ...over })
    .failures.map((f) => f.property)
    .sort();

describe("check of a key", () => {
  it("accepts the good one and fills in what may be left out", () => {
    expect(checkKey({}, GOOD)).toEqual({
      inputs: { ...GOOD, origin: "scaleway_kms", unprotected: false },
      failures: [],
    });
  });

  it("tells every fault in one go", () => {
    const found = faults({
      name: "",
      region: "fr-par-1",
      projectId: "default",
      protectionLevel: "HSM",
      algorithm: "rsa_oaep_2048_sha256",
      rotationPolicy: { rotationPeriod: "1h" },
      colour: "blue",
    });
    const expected = [
      "algorithm",
      "colour",
      "name",
      "projectId",
      "protectionLevel",
      "region",
      "rotationPolicy.rotationPeriod",
    ];
    expect(found).toEqual(expected);
  });

  it("never defaults the level", () => {
    const { protectionLevel: _, ...rest } = GOOD;
    expect(checkKey({}, rest).failures).toEqual([{ property: "protectionLevel", reason: "is required" }]);
  });

  it("knows which algorithm belongs to which usage", () => {
    const pairs = Object.entries(ALGORITHMS).flatMap(([usage, list]) =>
      list.map((algorithm) => ({ usage, algorithm })),
    );
    for (const { algorithm } of pairs)
      for (const usage of Object.keys(ALGORITHMS))
        expect(faults({ usage, algorithm, rotationPolicy: undefined }), `${usage} with ${algorithm}`).toEqual(
          pairs.some((p) => p.usage === usage && p.algorithm === algorithm) ? [] : ["algorithm"],
        );
  });

  it.each([
    ["23h", false],
    ["24h", true],
    ["1440m", true],
    ["876000h", true],
    ["876001h", false],
    ["90d", false],
    ["24.0001h", false],
    ["", false],
  ])("rotation period %s: %s", (rotationPeriod, fine) => {
    expect(faults({ rotationPolicy: { rotationPeriod } })).toEqual(fine ? [] : ["rotationPolicy.rotationPeriod"]);
  });

  it("refuses what does not go together", () => {
    expect(faults({ usage: "asymmetric_signing", algorithm: "ec_p256_sha256" })).toEqual(["rotationPolicy"]);
    expect(faults({ origin: "external" })).toEqual(["protectionLevel", "rotationPolicy"]);
    expect(faults({ origin: "external", protectionLevel: "software", rotationPolicy: undefined })).toEqual([]);
  });

  it("refuses to drop a rotation policy, unless the key is replaced anyway", () => {
    const { inputs: olds } = checkKey({}, GOOD);
    expect(faults({ rotationPolicy: undefined }, olds)).toEqual(["rotationPolicy"]);
    expect(faults({ rotationPolicy: undefined, region: "nl-ams" }, olds)).toEqual([]);
  });

  it("lets unknowns wait for the apply, whichever they are", () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(GOOD)), (unknown) => {
        expect(faults(Object.fromEntries(unknown.map((p) => [p, unknownValue])))).toEqual([]);
      }),
    );
  });
});

describe("durations", () => {
  const seconds = fc.integer({ min: 1, max: 876_000 * 3600 });
  it("survive the way to the API and back", () => {
    fc.assert(fc.property(seconds, (s) => parseDuration(apiDuration(s)) === s && parseDuration(hoursOf(s)) === s));
  });
  it("add up their units", () => {
    const parts = fc.tuple(fc.nat(9999), fc.nat(59), fc.nat(59));
    fc.assert(fc.property(parts, ([h, m, s]) => parseDuration(`${h}h${m}m${s}s`) === h * 3600 + m * 60 + s));
  });
  it("are not guessed", () => {
    for (const text of ["h", "5", "5 h", "-5h", "5h!", "1e3h"]) expect(parseDuration(text), text).toBeUndefined();
  });
});

describe("envelopes of secrets", () => {
  const value = fc.jsonValue({ maxDepth: 3 }).filter((v) => v !== null && JSON.stringify(v).includes("null") === false);
  it("go back onto exactly the properties that they came off", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.tuple(value, fc.boolean())), (given) => {
        const plain = Object.fromEntries(Object.entries(given).map(([k, [v]]) => [k, v]));
        const secrets = new Set(Object.keys(given).filter((k) => given[k]?.[1]));
        const opened = open(seal(plain, secrets));
        expect(opened.values).toEqual(plain);
        expect([...opened.secrets].sort()).toEqual([...secrets].sort());
      }),
    );
  });
});
