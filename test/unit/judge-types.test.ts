import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { CLASS_SOURCES } from "../../judge/facts/classes.data.ts";
import { DECODERS } from "../../judge/facts/decoders/all.ts";
import { DEFAULTS } from "../../judge/facts/defaults.data.ts";
import { handlingOf } from "../../judge/facts/handling.ts";
import type { RawObject } from "../../judge/facts/raw.ts";
import { SDK } from "../../judge/facts/sdk.data.ts";
import { surfaceOf } from "../../judge/facts/surface.ts";
import { canonicalType } from "../../judge/facts/type-name.ts";
import { GOVERNED_PACKAGES, UNDECODED } from "../../judge/facts/types.data.ts";
import { UNKNOWN_MARKS } from "../../policy-packs/bastide/adapter/properties.ts";
import { LISTED_PROPERTIES } from "../../policy-packs/bastide/rules/evidence/listed-properties.data.ts";
import { raw } from "../harness/raw.ts";
import { readNestedInputs, readRootTokens, readSurface } from "../harness/sdk-surface.ts";

/** The judge's tables against the packages that are installed: a new type or a renamed property turns these red. */
const surface = readSurface();
const scalewayTypes = Object.keys(surface);
const nested = new Set(Object.values(readNestedInputs()).flat());
const argsOf = (type: string): readonly string[] => surface[type]?.args ?? [];

describe("types of the Scaleway package", () => {
  it("are the ones of the committed table", () => {
    const rows = Object.entries(surface).map(([type, { args: _, ...row }]) => [type, row] as const);
    expect(SDK).toEqual(Object.fromEntries(rows));
    // With the provider itself: 156.
    expect(scalewayTypes).toHaveLength(155);
  });

  it.each(scalewayTypes)("%s is decoded, harmless or refused; what is decoded is harmless never", (type) => {
    const listed = UNDECODED[type]?.judged;
    // Facts may be there before the rules that judge them: until then the type stays refused.
    expect([DECODERS.has(type) && listed !== "no", listed !== undefined].filter(Boolean)).toHaveLength(1);
  });

  it("have a canonical token behind every deprecated one", () => {
    const strange = readRootTokens().filter((token) => !(canonicalType(token) in surface));
    expect(strange).toEqual([]);
    const aliases = scalewayTypes.flatMap((type) => surface[type]?.aliases ?? []);
    expect(new Set(aliases).size).toBe(aliases.length);
    expect(aliases.length).toBeGreaterThan(100);
  });

  it("stand in no table that names a type which is gone", () => {
    const named = [
      ...DECODERS.keys(),
      ...Object.keys(UNDECODED),
      ...Object.keys(CLASS_SOURCES),
      ...Object.keys(DEFAULTS),
    ];
    const gone = named.filter((type) => type.startsWith("scaleway:") && !(type in surface));
    expect(gone).toEqual([]);
  });

  it("give a reason wherever they are not decoded", () => {
    for (const [type, handling] of Object.entries(UNDECODED)) expect(handling.reason.length, type).toBeGreaterThan(6);
  });

  it("share a class with something when they take no tags", () => {
    const judged = scalewayTypes.filter(
      (type) => UNDECODED[type]?.judged !== "no" && surface[type]?.tags === undefined,
    );
    const unclassed = judged.filter((type) => CLASS_SOURCES[type] === undefined && !argsOf(type).includes("projectId"));
    expect(unclassed).toEqual([]);
  });
});

describe("types of the other governed packages", () => {
  it("are known for @pulumi/random", () => {
    const folder = dirname(createRequire(import.meta.url).resolve("@pulumi/random/package.json"));
    const tokens = readdirSync(folder)
      .filter((f) => f.endsWith(".js"))
      .flatMap((f) => /__pulumiType = '(random:[^']+)'/.exec(readFileSync(join(folder, f), "utf8"))?.[1] ?? []);
    expect(tokens.length).toBeGreaterThan(5);
    expect(tokens.filter((token) => UNDECODED[token] === undefined && !DECODERS.has(token))).toEqual([]);
  });

  it("are known for the first-party plug-in, as its schema has them", () => {
    const schema: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../plugins/bastide/schema.json"), "utf8"),
    );
    const resources = objectAt(schema, "resources");
    expect(Object.keys(resources).sort()).toEqual(["bastide:audittrail:ExportJob", "bastide:keymanager:Key"]);
    for (const [type, resource] of Object.entries(resources)) {
      expect(DECODERS.has(type), type).toBe(true);
      expect(surfaceOf(type)?.required, type).toEqual([...textsAt(resource, "requiredInputs")].sort());
    }
  });

  it("are refused when nobody knows them, package by package", () => {
    for (const name of GOVERNED_PACKAGES) {
      const type = `${name}:novelty/thing:Thing`;
      expect(handlingOf(raw(type, "x"), type)).toMatchObject({ judged: "no" });
    }
    expect(handlingOf(raw("aws:s3/bucket:Bucket", "x"), "aws:s3/bucket:Bucket")).toEqual({ judged: "foreign" });
  });
});

describe("properties", () => {
  /** Inputs that note every name which is asked of them. */
  const noting = (asked: Set<string>): RawObject =>
    new Proxy<RawObject>(
      {},
      {
        get: (_, name) => {
          if (typeof name === "string") asked.add(name);
          return undefined;
        },
        has: () => false,
      },
    );

  it.each([...DECODERS.keys()].filter((type) => type.startsWith("scaleway:")))(
    "that the decoder of %s reads are inputs of its class",
    (type) => {
      const asked = new Set<string>();
      DECODERS.get(type)?.decode({ ...raw(type, "x"), inputs: noting(asked) }, "wish");
      expect([...asked].filter((name) => !argsOf(type).includes(name))).toEqual([]);
    },
  );

  it("with a default exist, and say where the default is from", () => {
    for (const [type, defaults] of Object.entries(DEFAULTS)) {
      for (const [path, { source }] of Object.entries(defaults)) {
        const [top = "", ...inner] = path.split(".");
        if (type.startsWith("scaleway:")) expect(argsOf(type), `${type} ${path}`).toContain(top);
        if (type.startsWith("scaleway:"))
          expect(
            inner.every((name) => nested.has(name)),
            `${type} ${path}`,
          ).toBe(true);
        expect(source).toMatch(/^\[(S|G|C|K8S)\] /);
      }
    }
  });

  it("that must be known, or that lead to a class, exist", () => {
    const listed = Object.entries(LISTED_PROPERTIES).filter(([type]) => type.startsWith("scaleway:"));
    const sources = Object.entries(CLASS_SOURCES).map(([type, s]) => [type, "from" in s ? s.from : []] as const);
    const strange = [...listed, ...sources].flatMap(([type, names]) =>
      names.filter((name) => !argsOf(type).includes(name)).map((name) => `${type} ${name}`),
    );
    expect(strange).toEqual([]);
  });

  it("that are unknown carry the policy SDK's own marks", () => {
    const proxy: Record<string, unknown> = createRequire(import.meta.url)("@pulumi/policy/proxy.js");
    const marks = Object.entries(proxy).flatMap(([name, v]) =>
      /^unknown\w+Value$/.test(name) && typeof v === "string" ? [v] : [],
    );
    expect(marks).toHaveLength(7);
    expect(new Set(marks)).toEqual(UNKNOWN_MARKS);
  });
});

function objectAt(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const found = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  if (typeof found !== "object" || found === null) throw new Error(`no ${name}`);
  return Object.fromEntries(Object.entries(found));
}

function textsAt(value: unknown, name: string): readonly string[] {
  return Object.values(objectAt(value, name)).flatMap((v) => (typeof v === "string" ? [v] : []));
}
