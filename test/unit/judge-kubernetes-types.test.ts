import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { DECODERS } from "../../judge/facts/decoders/all.ts";
import { EXPANSIONS } from "../../judge/facts/decoders/kubernetes-api/admission.ts";
import { handlingOf } from "../../judge/facts/handling.ts";
import { KINDS } from "../../judge/facts/kubernetes-kinds.data.ts";
import { type RawObject, UNKNOWN } from "../../judge/facts/raw.ts";
import { canonicalType } from "../../judge/facts/type-name.ts";
import { KUBERNETES_TYPES, UNDECODED_KINDS } from "../../judge/facts/types-kubernetes.data.ts";
import { raw } from "../harness/raw.ts";

/** The judge's tables against the installed Kubernetes SDK: a new token turns these red. */
const folder = dirname(createRequire(import.meta.url).resolve("@pulumi/kubernetes/package.json"));
const tokens = [
  ...new Set(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((f) => f.endsWith(".js") && !f.includes("node_modules"))
      .flatMap((f) =>
        [...readFileSync(join(folder, f), "utf8").matchAll(/__pulumiType = '(kubernetes:[^']+)'/g)].map(
          (m) => m[1] ?? "",
        ),
      ),
  ),
].sort();
const plain = tokens.filter((t) => !/(Patch|List)$/.test(t));
const handling = (type: string) => handlingOf(raw(type, "x"), canonicalType(type));

describe("types of @pulumi/kubernetes", () => {
  it("are seen", () => {
    expect(tokens).toHaveLength(555);
    expect(plain).toHaveLength(190);
  });

  it.each(plain)("%s is decoded, harmless or refused, and only one of them", (type) => {
    expect([DECODERS.has(type), type in KUBERNETES_TYPES].filter(Boolean)).toHaveLength(1);
    expect(handling(type)).not.toMatchObject({ reason: "no decoder knows this type" });
  });

  it("that patch or list objects are refused, or decoded as patches", () => {
    const compound = tokens.filter((t) => /(Patch|List)$/.test(t));
    const decoded = compound.filter((t) => handling(t).judged === "decoded");
    expect(decoded).toEqual(["kubernetes:core/v1:NamespacePatch", "kubernetes:core/v1:ServiceAccountPatch"]);
    for (const type of compound.filter((t) => !decoded.includes(t))) expect(handling(type).judged, type).toBe("no");
  });

  it("are decoded under every version that ever served them", () => {
    const kinds = new Set(KINDS.map((row) => row.kind));
    const served = plain.filter((t) => kinds.has(t.split(":")[2] ?? ""));
    expect(served.filter((t) => !DECODERS.has(t))).toEqual([]);
    for (const row of KINDS)
      for (const group of row.served) expect(plain, row.kind).toContain(`kubernetes:${group}:${row.kind}`);
  });

  it("stand in no table under a kind that the package has not", () => {
    const kinds = new Set(plain.map((t) => t.split(":")[2]));
    expect(Object.keys(UNDECODED_KINDS).filter((kind) => !kinds.has(kind))).toEqual([]);
    const expansions = Object.keys(EXPANSIONS).filter((t) => !tokens.includes(t));
    // Classes without a static token, and the token that a chart's alias names.
    expect(expansions).toEqual([
      "kubernetes:helm.sh/v2:Chart",
      "kubernetes:yaml:ConfigFile",
      "kubernetes:yaml:ConfigGroup",
      "kubernetes:kustomize:Directory",
    ]);
  });
});

describe("what is made is what the manifest says", () => {
  const type = "kubernetes:core/v1:ConfigMap";
  it.each<readonly [string, RawObject]>([
    ["another kind", { apiVersion: "v1", kind: "Pod" }],
    ["another group", { apiVersion: "apps/v1", kind: "ConfigMap" }],
    ["a kind that is not known", { apiVersion: "v1", kind: UNKNOWN }],
  ])("%s under the token of a harmless one is refused", (_, inputs) => {
    expect(handlingOf(raw(type, "x", inputs), type)).toMatchObject({ judged: "no" });
  });

  it("the kind of the token, or none, is judged", () => {
    expect(handlingOf(raw(type, "x", { apiVersion: "v1", kind: "ConfigMap" }), type).judged).toBe("decoded");
    expect(handlingOf(raw(type, "x"), type).judged).toBe("decoded");
  });

  it("a custom resource of the core group is the object that it names", () => {
    expect(canonicalType("kubernetes:v1:Pod")).toBe("kubernetes:core/v1:Pod");
  });

  it("a kind that nobody knows is refused", () => {
    expect(handling("kubernetes:example.org/v1:Thing").judged).toBe("no");
  });
});
