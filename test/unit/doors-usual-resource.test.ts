import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engineResource, rawResource } from "../../judge/doors/engine-resource.ts";
import { usualResource } from "../../judge/doors/usual-resource.ts";
import * as files from "../harness/engine-files.ts";

const BUCKET = "scaleway:object/bucket:Bucket";
const KEY = files.urn("scaleway:keymanager/key:Key", "k");

const text = fc.constantFrom<unknown>("", "fr-par/x", KEY, undefined, null, 7);
const flag = fc.constantFrom<unknown>(true, false, undefined, null, "true");
const object = fc.constantFrom<unknown>({}, { region: "fr-par" }, undefined, null, [], "x");
const texts = fc.constantFrom<unknown>([], [KEY], undefined, null, [null], [7], KEY, {});
const byName = fc.constantFrom<unknown>(
  {},
  { bucket: [KEY], region: [], zone: null },
  JSON.parse(`{"__proto__":["${KEY}"],"region":[]}`),
  undefined,
  null,
  [],
  { bucket: [7] },
  { bucket: KEY },
  { bucket: undefined },
);
const urn = fc.constantFrom<unknown>(
  files.urn(BUCKET, "b"),
  files.urn(BUCKET, "a::b"),
  files.urn(`acme:web:Site$${BUCKET}`, "b"),
  "urn:pulumi:s",
  "arn:aws:s3:::b",
  null,
);

/** Each field as it is, or as something else: mostly one or two things are unusual at once. */
const FIELDS = {
  urn,
  type: fc.constantFrom<unknown>(BUCKET, "", "acme:web:Site", null),
  custom: flag,
  delete: flag,
  protect: flag,
  retainOnDelete: flag,
  external: flag,
  id: text,
  parent: text,
  provider: text,
  sourcePosition: text,
  importID: text,
  created: text,
  modified: text,
  inputs: object,
  outputs: object,
  dependencies: texts,
  replaceOnChanges: texts,
  propertyDependencies: byName,
  another: text,
};
const strange = fc.record(FIELDS, { requiredKeys: [] });
const names = fc.subarray(Object.keys(FIELDS), { maxLength: 3 });

describe("a resource told by hand", () => {
  it("is what the schema makes of it, or left to the schema", () => {
    let [taken, left] = [0, 0];
    fc.assert(
      fc.property(strange, names, (other, changed) => {
        const fields = Object.fromEntries(Object.entries(other).filter(([name]) => changed.includes(name)));
        const wire = files.wireResource(BUCKET, "b", fields);
        const usual = usualResource(wire);
        const parsed = engineResource.safeParse(wire);
        if (usual === undefined) {
          left += 1;
          return;
        }
        taken += 1;
        expect(parsed.error).toBeUndefined();
        if (parsed.success) {
          expect(usual).toEqual(parsed.data);
          expect(rawResource(usual)).toEqual(rawResource(parsed.data));
        }
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(100);
    expect(left).toBeGreaterThan(100);
  });

  it.each([["a text"], [null], [undefined], [[]], [7]])("leaves %s to the schema", (value) =>
    expect(usualResource(value)).toBeUndefined(),
  );

  it("takes what the engine writes", () => {
    expect(usualResource(files.wireResource(BUCKET, "b"))).toBeDefined();
    expect(usualResource(files.stackRoot())).toBeDefined();
  });
});
